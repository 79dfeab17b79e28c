import type { WorldId } from "../lib/ids.ts";
import type { Connections } from "../ports/connections.ts";

/** Beyond so many the count is a lower bound: it is a number for a list, not a fact of the game. */
const countedMax = 10_000;

/** How many are connected, by world. */
export async function countPresent(ctx: { connections: Connections }): Promise<ReadonlyMap<WorldId, number>> {
  const counts = new Map<WorldId, number>();
  for (const { worldId } of await ctx.connections.online(countedMax))
    counts.set(worldId, (counts.get(worldId) ?? 0) + 1);
  return counts;
}
