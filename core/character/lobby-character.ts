import type { Principal } from "../account/model.ts";
import { assert } from "../lib/assert.ts";
import { type CharacterId, lobbyWorldId } from "../lib/ids.ts";
import type { Characters } from "../ports/characters.ts";
import type { Clock, Entropy } from "../ports/system.ts";
import type { Worlds } from "../ports/worlds.ts";
import { templateOf } from "./attributes.ts";
import { bornAt } from "./born-at.ts";
import type { CharacterRecord } from "./model.ts";

type Ctx = { characters: Characters; worlds: Worlds; clock: Clock; entropy: Entropy };

/** Whoever comes without a character of their own choosing walks the lobby as this one. Made on demand, once. */
export async function lobbyCharacter(
  ctx: Ctx,
  principal: Pick<Principal, "userId" | "username">,
): Promise<CharacterRecord> {
  const existing = await ctx.characters.ofHome(principal.userId, lobbyWorldId);
  if (existing !== null) return existing;

  const lobby = await ctx.worlds.get(lobbyWorldId);
  assert(lobby !== null, "the lobby is there from the first start");
  const character: CharacterRecord = {
    ...bornAt(lobby),
    id: ctx.entropy.uuid() as CharacterId,
    userId: principal.userId,
    name: principal.username,
    role: "player",
    species: "Human",
    attributes: templateOf("Human"),
    appearance: null,
    description: null,
    occupation: null,
    createdAtMs: ctx.clock.nowMs(),
  };
  if ((await ctx.characters.create(character)) === "created") return character;
  const winner = await ctx.characters.ofHome(principal.userId, lobbyWorldId);
  assert(winner !== null, "whoever won the race is there");
  return winner;
}
