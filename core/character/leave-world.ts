import type { Principal } from "../account/model.ts";
import { AppError } from "../lib/errors.ts";
import type { CharacterId, ConnectionId } from "../lib/ids.ts";
import type { Bus } from "../ports/bus.ts";
import type { CharacterLog } from "../ports/character-log.ts";
import type { Characters } from "../ports/characters.ts";
import type { Connections } from "../ports/connections.ts";
import type { Clock } from "../ports/system.ts";
import type { Worlds } from "../ports/worlds.ts";
import { actId, actOnWorld } from "../world/act-on-world.ts";
import { readBiography } from "./biography/read-biography.ts";
import type { CharacterRecord } from "./model.ts";
import { ownCharacter } from "./own-character.ts";

type Ctx = {
  characters: Characters;
  characterLog: CharacterLog;
  connections: Pick<Connections, "ofCharacters">;
  worlds: Worlds;
  bus: Bus;
  clock: Clock;
};

/**
 * As a goodbye on the character's socket: it falls asleep where it is, and others see it leave. Resolves when that has happened; the same request
 * again, and one for who sleeps already, does nothing. Whoever types on at the socket comes back. Throws UNAVAILABLE where that is so already.
 */
export async function leaveWorld(
  ctx: Ctx,
  input: { principal: Principal; characterId: CharacterId; requestId: string },
): Promise<CharacterRecord> {
  const character = await ownCharacter(ctx, input);
  const life = await readBiography(ctx.characterLog, character.id);
  const world = await ctx.worlds.get(character.worldId);
  if (life?.whereabouts !== "awake" || world === null) return character;

  const [connection] = await ctx.connections.ofCharacters([character.id]);
  await actOnWorld(ctx, world, {
    type: "disconnected",
    id: actId("leave", input.requestId),
    connectionId: connection?.id ?? (`none:${character.id}` as ConnectionId),
    characterId: character.id,
    mayReturn: false,
  });
  const after = await readBiography(ctx.characterLog, character.id);
  if (after?.whereabouts === "awake")
    throw new AppError("UNAVAILABLE", "Somebody plays this character just now. Try again.", { retryAfterS: 1 });
  return (await ctx.characters.get(character.id)) ?? character;
}
