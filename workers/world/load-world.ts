import type { WorldId } from "#core/lib/ids.ts";
import type { WorldLog } from "#core/ports.ts";
import { type LiveWorld, liveWorld } from "#core/world/evolve.ts";
import { fromSnapshot, fromStored } from "#core/world/stored.ts";

const eventsPerReadMax = 1000;

/** The state of a world as its log tells it: the latest snapshot, and what came after. */
export async function loadWorld(worldLog: WorldLog, worldId: WorldId): Promise<LiveWorld> {
  const snapshot = await worldLog.latestSnapshot(worldId);
  const world = liveWorld(snapshot ? fromSnapshot(snapshot) : undefined);
  for (;;) {
    const stored = await worldLog.read(worldId, world.state.version, eventsPerReadMax);
    for (const { event, metadata } of stored.map(fromStored)) world.apply(event, metadata);
    if (stored.length < eventsPerReadMax) return world;
  }
}
