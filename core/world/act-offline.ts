import { AppError } from "../lib/errors.ts";
import type { WorldId } from "../lib/ids.ts";
import type { Leases } from "../ports/leases.ts";
import type { Planets } from "../ports/planets.ts";
import type { Clock } from "../ports/system.ts";
import type { WorldLog } from "../ports/world-log.ts";
import type { Worlds } from "../ports/worlds.ts";
import type { WorldInput } from "../protocol/world-input.ts";
import { advance } from "./advance.ts";
import type { WorldClock } from "./clock.ts";
import { readTerrain } from "./open-world.ts";
import { someWorld } from "./own-world.ts";
import { stateAt } from "./state-at.ts";
import { toStored } from "./stored.ts";

export type OfflineContext = {
  readonly worlds: Worlds;
  readonly planets: Planets;
  readonly worldLog: WorldLog;
  readonly leases: Leases;
  readonly clock: Clock;
};

const leaseMs = 30_000;
const owner = "offline";

/**
 * One input of a world that nobody runs, where there is nobody to ask: as its owner, for one turn. What the turn would tell is told to nobody;
 * what it has to send to other worlds goes out with the next owner. Throws UNAVAILABLE where a worker owns the world.
 */
export async function actOffline(
  ctx: OfflineContext,
  worldId: WorldId,
  input: WorldInput,
): Promise<{ readonly version: number; readonly clock: WorldClock }> {
  const fence = (await ctx.leases.acquire(owner, [worldId], leaseMs)).get(worldId);
  if (fence === undefined) throw new AppError("UNAVAILABLE", "A worker runs this world. Ask it, over NATS_URL.");
  try {
    const record = await someWorld(ctx, worldId);
    const { id, name, spec } = record;
    const world = await stateAt(ctx.worldLog, id, {});
    const expectedVersion = world.state.version;
    const nowMs = Math.max(world.state.atMs, ctx.clock.nowMs());
    const place = { id, name, spec, terrain: await readTerrain(ctx, record) };
    const { events, characters } = advance(world, place, [{ input, facts: {} }], nowMs);
    const commit = { worldId: id, fence, expectedVersion, events: events.map(toStored), characters };
    const result = await ctx.worldLog.commit(commit);
    if (result !== "committed") throw new AppError("UNAVAILABLE", `This world has another owner (${result}).`);
    const { version, clock, ending } = world.state;
    const status = ending === "deleted" ? ending : clock.isPaused ? "paused" : "active";
    await ctx.worlds.follow(id, { version, status, clock });
    return { version, clock };
  } finally {
    await ctx.leases.release(owner, [worldId]);
  }
}
