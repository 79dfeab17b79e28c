import { AppError } from "../lib/errors.ts";
import type { WorldId } from "../lib/ids.ts";
import type { Worlds } from "../ports/worlds.ts";
import type { Wish } from "../world/act-on-world.ts";
import { someWorld } from "../world/own-world.ts";
import type { WorldVerbs } from "../world/service.ts";

type Ctx = { readonly worlds: Worlds; readonly worldVerbs: Pick<WorldVerbs, "delete"> };

/** Ends the world whose name was said with its id. Throws NOT_FOUND, CONFLICT where it has another name, and what `deleteWorld` does. */
export async function deleteByName(
  ctx: Ctx,
  { name, ...wish }: Wish & { readonly name: string },
): Promise<{ readonly worldId: WorldId }> {
  const world = await someWorld(ctx, wish.worldId);
  if (world.name !== name)
    throw new AppError("CONFLICT", "This world has another name. Say the name of the one to delete.");
  return ctx.worldVerbs.delete(wish);
}
