import { AppError } from "../lib/errors.ts";
import { lobbyWorldId, sphereWorldId, valleyWorldId, type WorldId } from "../lib/ids.ts";
import { actId, type ActContext, actOnWorld, changerOf, type Wish } from "./act-on-world.ts";
import { ownWorld } from "./own-world.ts";

const systemWorlds: ReadonlySet<WorldId> = new Set([lobbyWorldId, valleyWorldId, sphereWorldId]);

/**
 * Ends a world: resolves once it takes nobody in any more. Whoever is there is sent to the lobby; when the last has left, its log ends with
 * `deleted` and it is in no list any more. Throws NOT_FOUND for one that is gone already.
 */
export async function deleteWorld(ctx: ActContext, wish: Wish): Promise<{ readonly worldId: WorldId }> {
  const { principal, requestId, worldId } = wish;
  const record = await ownWorld(ctx, wish);
  if (systemWorlds.has(worldId)) throw new AppError("FORBIDDEN", `${record.name} is the system's and stays.`);
  const id = actId("delete", requestId);
  await actOnWorld(ctx, record, { type: "delete", id, by: changerOf(principal) });
  return { worldId };
}
