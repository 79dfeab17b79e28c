import { expect, test } from "vitest";
import { memoryTables } from "#adapters/memory/tables.ts";
import { memoryWorldLog } from "#adapters/memory/world-log.ts";
import { worldId } from "#tests/support/records.ts";
import { loadWorld } from "#workers/world/load-world.ts";
import { gameTimeMs, tickNumber } from "./clock.ts";
import { replayWorld } from "./replay.ts";
import { hashOf, stateSchemaVersion, toSnapshot } from "./stored.ts";

// As the first release wrote them: clocks without ticks, rates or nanoseconds, and a snapshot that names no schema.

const oldClock = { sinceRealMs: 1_900_000_000_000, sinceGameMs: 30_240_000, dilation: 2, isPaused: false };
const body = {
  id: "c0000000-0000-4000-8000-000000000001",
  userId: "a0000000-0000-4000-8000-000000000001",
  homeWorldId: worldId(1),
  travels: 0,
  name: "Ana",
  role: "player",
  species: "Human",
  appearance: null,
  description: null,
  attributes: null,
  position: { x: 5, y: 2, z: 0 },
  orientation: { x: 0, y: 1, z: 0 },
  isFlying: false,
  gait: "walk",
  stamina: { value: 500, atGameMs: 30_240_000 },
  linkLostAtMs: null,
  replyTo: null,
  recentCommandIds: [],
};
const events = [
  { type: "began", schemaVersion: 1, payload: { clock: oldClock }, metadata: { atMs: 1_900_000_000_000 } },
  {
    type: "entered",
    schemaVersion: 1,
    payload: { body, isFirstTime: true },
    metadata: { atMs: 1_900_000_000_500, inputId: "in-1" },
  },
];
const snapshot = {
  version: 2,
  // What the first release's `hashOf` made of this state.
  hash: "9c6f92617594a9bb",
  state: { atMs: 1_900_000_000_500, clock: oldClock, bodies: [body], outbound: [], applied: ["in-1"] },
};

async function setup(options: { hasSnapshot: boolean }) {
  const tables = memoryTables();
  const worldLog = memoryWorldLog(tables);
  tables.leases.set(worldId(1), { owner: "owner", fence: 1, expiresAtMs: 0 });
  await worldLog.commit({ worldId: worldId(1), fence: 1, expectedVersion: 0, events, characters: [] });
  if (options.hasSnapshot) await worldLog.saveSnapshot(worldId(1), snapshot);
  return worldLog;
}

test.each([true, false])(
  "a world of the first release loads, and its time goes on (from a snapshot: %s)",
  async (hasSnapshot) => {
    const worldLog = await setup({ hasSnapshot });
    const lines: string[] = [];
    const say = (_fields: object, message: string) => void lines.push(message);
    const log = { debug: say, info: say, warn: say, error: say };
    const { state } = await loadWorld({ worldLog, log }, worldId(1));
    expect(state.clock).toEqual({ ...oldClock, sinceGameNs: 0, sinceTick: 0, stretch: 1, ticksPerSecond: 10 });
    expect(gameTimeMs(state.clock, oldClock.sinceRealMs + 60_000)).toBe(30_360_000);
    expect(tickNumber(state.clock, oldClock.sinceRealMs + 60_000)).toBe(600);
    expect(lines).toEqual([]);
    expect(toSnapshot(state).state).toMatchObject({ schemaVersion: stateSchemaVersion });
  },
);

test("its replay agrees with the snapshots of then, and tells where they were forged", async () => {
  const worldLog = await setup({ hasSnapshot: true });
  const { checks, hash, world } = await replayWorld(worldLog, worldId(1));
  expect(checks).toEqual([{ version: 2, stored: snapshot.hash, replayed: snapshot.hash }]);
  expect(hash).toBe(hashOf(world.state));
  expect(hash).not.toBe(snapshot.hash);
  const forged = { ...worldLog, snapshotHashes: async () => [{ version: 2, hash: "0123456789abcdef" }] };
  const { checks: wrong } = await replayWorld(forged, worldId(1));
  expect(wrong.map(({ stored, replayed }) => stored === replayed)).toEqual([false]);
});
