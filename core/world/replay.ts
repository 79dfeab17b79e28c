import type { WorldId } from "../lib/ids.ts";
import type { WorldLog } from "../ports.ts";
import { type LiveWorld, liveWorld } from "./evolve.ts";
import { pagesAfter } from "./read-log.ts";
import { fromStored, hashOf } from "./stored.ts";

export type ReplayUntil = {
  /** Up to and with this version. */
  readonly version?: number;
  /** Up to and with what happened at this wall time, by the clock of the world's owner. */
  readonly atMs?: number;
};

export type Replayed = {
  readonly world: LiveWorld;
  readonly hash: string;
  /** Of the snapshots that are kept up to here: what was stored, and what the replay had at that version. */
  readonly checks: readonly { readonly version: number; readonly stored: string; readonly replayed: string }[];
};

/** The state of a world at any point, from its first event and from nothing but its events. */
export async function replayWorld(worldLog: WorldLog, worldId: WorldId, until: ReplayUntil = {}): Promise<Replayed> {
  const snapshots = new Map((await worldLog.snapshotHashes(worldId)).map(({ version, hash }) => [version, hash]));
  const world = liveWorld();
  const checks: Replayed["checks"][number][] = [];
  const check = (): void => {
    const stored = snapshots.get(world.state.version);
    if (stored !== undefined) checks.push({ version: world.state.version, stored, replayed: hashOf(world.state) });
  };

  check();
  reading: for await (const page of pagesAfter(worldLog, worldId, 0)) {
    for (const { event, metadata } of page.map(fromStored)) {
      if (world.state.version >= (until.version ?? Infinity) || metadata.atMs > (until.atMs ?? Infinity)) break reading;
      world.apply(event, metadata);
      check();
    }
  }
  return { world, hash: hashOf(world.state), checks };
}
