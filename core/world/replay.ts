import type { WorldId } from "../lib/ids.ts";
import type { WorldLog } from "../ports/world-log.ts";
import { type LiveWorld, liveWorld } from "./evolve.ts";
import { pagesAfter } from "./read-log.ts";
import { gameTimeMs } from "./clock.ts";
import { fromStored, hashOf, hashOfV1 } from "./stored.ts";

export type ReplayUntil = {
  /** Up to and with this version. */
  readonly version?: number;
  /** Up to and with what happened at this wall time, by the clock of the world's owner. */
  readonly atMs?: number;
  /** Up to and with what happened at this time of the world's own. */
  readonly gameMs?: number;
};

export type Replayed = {
  readonly world: LiveWorld;
  /** The world's own time at the moment that was asked for, or at its last event. */
  readonly gameMs: number;
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
    if (stored === undefined) return;
    const today = hashOf(world.state);
    const replayed = stored !== today && stored === hashOfV1(world.state) ? stored : today;
    checks.push({ version: world.state.version, stored, replayed });
  };

  check();
  reading: for await (const page of pagesAfter(worldLog, worldId, 0)) {
    for (const { event, metadata } of page.map(fromStored)) {
      if (isBeyond(world, metadata.atMs, until)) break reading;
      world.apply(event, metadata);
      check();
    }
  }
  return { world, gameMs: gameTimeReached(world, until), hash: hashOf(world.state), checks };
}

function isBeyond({ state }: LiveWorld, atMs: number, until: ReplayUntil): boolean {
  if (state.version >= (until.version ?? Infinity) || atMs > (until.atMs ?? Infinity)) return true;
  return until.gameMs !== undefined && gameTimeMs(state.clock, atMs) > until.gameMs;
}

/** Between two events time goes on by the clock alone. */
function gameTimeReached({ state }: LiveWorld, { version = Infinity, atMs = -Infinity, gameMs }: ReplayUntil): number {
  const last = gameTimeMs(state.clock, state.atMs);
  if (state.version >= version) return last;
  if (gameMs !== undefined && gameMs < Infinity) return Math.max(last, gameMs);
  return atMs < Infinity ? gameTimeMs(state.clock, Math.max(state.atMs, atMs)) : last;
}
