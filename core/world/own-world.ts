import type { Principal } from "../account/model.ts";
import { AppError } from "../lib/errors.ts";
import type { WorldId } from "../lib/ids.ts";
import type { Worlds } from "../ports/worlds.ts";
import type { WorldRecord } from "./spec.ts";

type Of = { readonly principal: Principal; readonly worldId: WorldId };

/** Throws NOT_FOUND where it is not there, and FORBIDDEN for anyone but its owner and administrators. */
export async function ownWorld(ctx: { worlds: Worlds }, { principal, worldId }: Of): Promise<WorldRecord> {
  const world = await someWorld(ctx, worldId);
  if (principal.role !== "admin" && world.ownerId !== principal.userId)
    throw new AppError("FORBIDDEN", "Only its owner may do this to a world.");
  return world;
}

export async function someWorld(ctx: { worlds: Worlds }, id: WorldId): Promise<WorldRecord> {
  const world = await ctx.worlds.get(id);
  if (world === null) throw new AppError("NOT_FOUND", "There is no such world.");
  return world;
}
