import type { Principal } from "../account/model.ts";
import { AppError } from "../lib/errors.ts";
import type { WorldId } from "../lib/ids.ts";
import type { Characters } from "../ports/characters.ts";
import type { Worlds } from "../ports/worlds.ts";

export type EntryOptions = { readonly canEnterAsWatcher: boolean; readonly canCreateCustom: boolean };

/** In which ways this user may come to the world. Nobody lives in any world yet whom a newcomer could inhabit. */
export async function entryOptions(
  ctx: { characters: Characters; worlds: Worlds },
  input: { principal: Principal; worldId: WorldId },
): Promise<EntryOptions> {
  const world = await ctx.worlds.get(input.worldId);
  if (world === null) throw new AppError("NOT_FOUND", "There is no such world.");
  const existing = await ctx.characters.ofHome(input.principal.userId, world.id);
  return {
    canEnterAsWatcher: existing === null || existing.role === "watcher",
    canCreateCustom: existing === null,
  };
}
