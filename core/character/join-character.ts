import type { Principal } from "../account/model.ts";
import { AppError } from "../lib/errors.ts";
import type { CharacterId } from "../lib/ids.ts";
import type { Bus } from "../ports/bus.ts";
import type { Characters } from "../ports/characters.ts";
import type { Clock } from "../ports/system.ts";
import type { Worlds } from "../ports/worlds.ts";
import { worldLook } from "../protocol/subjects.ts";
import { askOwner } from "../world/ask-owner.ts";
import type { CharacterRecord } from "./model.ts";
import { ownCharacter } from "./own-character.ts";

type Ctx = { characters: Characters; worlds: Worlds; bus: Bus; clock: Clock };

export const lookTimeoutMs = 2_000;

/** The greeting holds what there is to see, as far as the world, which may be asleep, can tell in time. */
export async function joinCharacter(
  ctx: Ctx,
  input: { principal: Principal; characterId: CharacterId },
): Promise<{ character: CharacterRecord; message: string }> {
  const character = await ownCharacter(ctx, input);
  const world = await ctx.worlds.get(character.worldId);
  if (world === null) throw new AppError("NOT_FOUND", "The world of this character is no more.");

  const nowMs = ctx.clock.nowMs();
  await ctx.characters.recordJoin(character.id, nowMs);
  const look = await lookAround(ctx, character);
  return {
    character: { ...character, lastPlayedAtMs: nowMs },
    message: [greeting(character, world.name), look].filter((part) => part !== null).join("\n\n"),
  };
}

function greeting(character: CharacterRecord, worldName: string): string {
  if (character.role === "watcher") return `You watch over ${worldName}, seen by nobody.`;
  if (character.lastPlayedAtMs === null) return `Welcome to ${worldName}, ${character.name}.`;
  return `Welcome back to ${worldName}, ${character.name}.`;
}

async function lookAround(ctx: Ctx, character: CharacterRecord): Promise<string | null> {
  try {
    const look = worldLook(character.worldId);
    const input = () => ({ characterId: character.id });
    return (await askOwner(ctx, character.worldId, look, { input, timeoutMs: lookTimeoutMs })).text;
  } catch (error) {
    if (error instanceof AppError && (error.code === "UNAVAILABLE" || error.code === "TIMEOUT")) return null;
    throw error;
  }
}
