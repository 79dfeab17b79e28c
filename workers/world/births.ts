import type { Principal } from "#core/account/model.ts";
import { createCharacter } from "#core/character/create-character.ts";
import type { CharacterRecord } from "#core/character/model.ts";
import { AppError } from "#core/lib/errors.ts";
import type { SessionId } from "#core/lib/ids.ts";
import { bornBy, identityOf, thenId } from "#core/world/input-id.ts";
import { type BirthWish, telling } from "#core/world/scene.ts";
import { withArticle } from "#core/world/words.ts";
import type { MessengerParts } from "./messenger.ts";

type Parts = Pick<MessengerParts, "ctx" | "place" | "teller">;

/**
 * Makes somebody for a player, as `POST /game/characters` does, and tells him. Who is to watch goes there at once, by the same command again. Done
 * again in doubt it makes nobody twice. Rejects with what may be gone the next time.
 */
export async function bear(parts: Parts, wish: BirthWish): Promise<void> {
  const { characterId, world, role } = wish;
  try {
    const character = await made(parts, wish);
    if (role === "watcher") return await goOn(parts, wish);
    parts.teller.tell([
      telling(
        characterId,
        "system",
        `${character.name}, ${withArticle(character.species.toLowerCase())}, is in ${world.name} now. \`enter ${world.name}\` goes on as ${character.name}.`,
        { character_id: character.id, world_id: world.id },
      ),
    ]);
  } catch (error) {
    if (!(error instanceof AppError) || passing.has(error.code)) throw error;
    parts.teller.tell([telling(characterId, "error", error.message)]);
  }
}

const passing: ReadonlySet<string> = new Set(["UNAVAILABLE", "TIMEOUT", "INTERNAL"]);

async function made({ ctx }: Parts, wish: BirthWish): Promise<CharacterRecord> {
  const { inputId, userId, world, name, species, role } = wish;
  // Whose it is was checked when the socket was opened.
  const principal: Principal = { userId, sessionId: "" as SessionId, username: name, role: "user" };
  const request = { world_id: world.id, name, species, role };
  const { character } = await createCharacter(ctx, { principal, request, requestId: bornBy(inputId) });
  return character;
}

async function goOn({ ctx, place }: Parts, { inputId, characterId, world }: BirthWish): Promise<void> {
  const [connection] = await ctx.connections.ofCharacters([characterId]);
  if (connection?.worldId !== place.id) return;
  const id = thenId(identityOf(inputId));
  const text = `watcher ${world.name}`;
  await ctx.inputs.append(place.id, { type: "command", id, connectionId: connection.id, characterId, number: 0, text });
}
