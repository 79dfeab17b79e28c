import { AppError } from "../lib/errors.ts";
import type { WorldId } from "../lib/ids.ts";
import type { StoredSnapshot, WorldLog } from "../ports/world-log.ts";
import { type LiveWorld, liveWorld } from "./evolve.ts";
import { pagesAfter } from "./read-log.ts";
import { fromSnapshot, fromStored, isIntact } from "./stored.ts";

export type Then = {
  /** Up to and with this version. */
  readonly version?: number;
  /** Up to and with what happened at this wall time, by the clock of the world's owner. */
  readonly atMs?: number;
};

/** Events that are replayed for one question: a second or two of a core. */
export const eventsReplayedMax = 200_000;

/** The state of a world at any point of its log, from the nearest snapshot before. Throws UNAVAILABLE where that is too long ago. */
export async function stateAt(worldLog: WorldLog, worldId: WorldId, then: Then): Promise<LiveWorld> {
  const version = then.version ?? (then.atMs === undefined ? Infinity : await versionAt(worldLog, worldId, then.atMs));
  const world = begin(await worldLog.snapshotAt(worldId, version));
  let left = eventsReplayedMax;
  if (world.state.version >= version) return world;
  for await (const page of pagesAfter(worldLog, worldId, world.state.version)) {
    for (const { event, metadata } of page.map(fromStored)) {
      if (world.state.version >= version) return world;
      if (left-- === 0) throw new AppError("UNAVAILABLE", "Too much has happened between then and what is kept.");
      world.apply(event, metadata);
    }
  }
  return world;
}

/** Of the last event at or before a moment, by halving: a world's events are in the order of their times. 0 before the first. */
export async function versionAt(worldLog: WorldLog, worldId: WorldId, atMs: number): Promise<number> {
  const timeOf = async (version: number): Promise<number> => {
    const [stored] = await worldLog.read(worldId, version - 1, 1);
    return stored === undefined ? Infinity : (stored.metadata as { atMs: number }).atMs;
  };
  let [low, high] = [0, 1];
  while ((await timeOf(high)) <= atMs) [low, high] = [high, high * 2];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if ((await timeOf(middle)) <= atMs) low = middle;
    else high = middle;
  }
  return low;
}

function begin(snapshot: StoredSnapshot | null): LiveWorld {
  return snapshot !== null && isIntact(snapshot) ? liveWorld(fromSnapshot(snapshot)) : liveWorld();
}
