import type { WorldId } from "#core/lib/ids.ts";
import type { Log } from "#core/ports/system.ts";
import type { StoredSnapshot, WorldLog } from "#core/ports/world-log.ts";
import { type LiveWorld, liveWorld } from "#core/world/evolve.ts";
import { pagesAfter } from "#core/world/read-log.ts";
import { fromSnapshot, fromStored, isIntact } from "#core/world/stored.ts";

/** The state of a world as its log tells it: the latest snapshot, and what came after. The log alone will do, where the snapshot is damaged. */
export async function loadWorld(
  { worldLog, log }: { worldLog: WorldLog; log: Log },
  worldId: WorldId,
): Promise<LiveWorld> {
  const world = begin(await worldLog.latestSnapshot(worldId), worldId, log);
  for await (const page of pagesAfter(worldLog, worldId, world.state.version)) {
    for (const { event, metadata } of page.map(fromStored)) world.apply(event, metadata);
  }
  return world;
}

function begin(snapshot: StoredSnapshot | null, worldId: WorldId, log: Log): LiveWorld {
  if (snapshot === null) return liveWorld();
  if (isIntact(snapshot)) return liveWorld(fromSnapshot(snapshot));
  log.error({ worldId, version: snapshot.version }, "a snapshot is damaged: the world is replayed from its beginning");
  return liveWorld();
}
