import type { Principal } from "../account/model.ts";
import { AppError } from "../lib/errors.ts";
import type { WorldId } from "../lib/ids.ts";
import type { Nearby, Placements } from "../ports/placements.ts";
import type { Worlds } from "../ports/worlds.ts";
import type { CharacterRecord } from "../character/model.ts";
import type { Position } from "./space.ts";

export const nearbyRadiusMaxM = 1_000;
export const nearbyMax = 200;

type Ctx = {
  readonly worlds: Worlds;
  readonly placements: Placements;
  readonly players: { list(principal: Principal): Promise<readonly Pick<CharacterRecord, "worldId" | "hasArrived">[]> };
};

/**
 * Who and what is around a place, the nearest first, as it was a second or two ago; where nobody is awake, as it was then. For those who have somebody in the world, whoever made it, and
 * admins; to all others FORBIDDEN.
 */
export async function nearbyIn(
  ctx: Ctx,
  input: { principal: Principal; worldId: WorldId; position: Position; radiusM: number },
): Promise<Nearby[]> {
  const { principal, worldId, position, radiusM } = input;
  const world = await ctx.worlds.get(worldId);
  if (world === null) throw new AppError("NOT_FOUND", "There is no such world.");
  const mayLook =
    principal.role === "admin" || world.ownerId === principal.userId || (await isIn(ctx, principal, worldId));
  if (!mayLook) throw new AppError("FORBIDDEN", "You have nobody in this world.");
  return ctx.placements.nearby({ id: worldId, space: world.spec }, { position, radiusM, limit: nearbyMax });
}

async function isIn(ctx: Ctx, principal: Principal, worldId: WorldId): Promise<boolean> {
  const characters = await ctx.players.list(principal);
  return characters.some((each) => each.worldId === worldId && each.hasArrived);
}
