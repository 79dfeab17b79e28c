import { expect, test } from "vitest";
import { memoryTables } from "#adapters/memory/tables.ts";
import { memoryWorldLog } from "#adapters/memory/world-log.ts";
import { startMs, worldId } from "#tests/support/records.ts";
import { firstClock } from "./clock.ts";
import { liveWorld } from "./evolve.ts";
import { replayWorld } from "./replay.ts";
import { hashOf, toSnapshot, toStored, type RecordedEvent } from "./stored.ts";

const events = 2500;
const recorded = (number: number): RecordedEvent => ({
  event: { type: "began", clock: firstClock(number, { gameMs: number, dilation: 1, ticksPerSecond: 10 }) },
  metadata: { atMs: startMs + number },
});

/** A log longer than one read, with snapshots before it, in its middle and at its end. */
async function setup() {
  const tables = memoryTables();
  const worldLog = memoryWorldLog(tables);
  tables.leases.set(worldId(1), { owner: "owner", fence: 1, expiresAtMs: 0 });
  const log = Array.from({ length: events }, (_, index) => recorded(index + 1));
  const stored = log.map(toStored);
  await worldLog.commit({ worldId: worldId(1), fence: 1, expectedVersion: 0, events: stored, characters: [] });
  const world = liveWorld();
  const hashes = [hashOf(world.state)];
  await worldLog.saveSnapshot(worldId(1), toSnapshot(world.state));
  for (const { event, metadata } of log) {
    world.apply(event, metadata);
    hashes.push(hashOf(world.state));
    if ([1200, events].includes(world.state.version)) await worldLog.saveSnapshot(worldId(1), toSnapshot(world.state));
  }
  return { worldLog, tables, hashes };
}

test("a replay of everything reaches every snapshot's hash", async () => {
  const { worldLog, hashes } = await setup();
  const { world, hash, checks } = await replayWorld(worldLog, worldId(1));
  expect([world.state.version, hash]).toEqual([events, hashes[events]]);
  expect(checks).toEqual(
    [0, 1200, events].map((version) => ({ version, stored: hashes[version], replayed: hashes[version] })),
  );
});

test.each([
  ["version 0", { version: 0 }, 0],
  ["the end of the first read", { version: 1000 }, 1000],
  ["a version", { version: 1203 }, 1203],
  ["a version beyond the last", { version: 9999 }, events],
  ["a moment before the first", { atMs: startMs }, 0],
  ["a moment", { atMs: startMs + 77 }, 77],
  ["whichever is first", { version: 5, atMs: startMs + 9 }, 5],
])("a replay stops at %s", async (_, until, version) => {
  const { worldLog, hashes } = await setup();
  const replayed = await replayWorld(worldLog, worldId(1), until);
  expect([replayed.world.state.version, replayed.hash]).toEqual([version, hashes[version]]);
  expect(replayed.checks.map((check) => check.version)).toEqual([0, 1200, events].filter((each) => each <= version));
});

test("an event that was tampered with shows at the next snapshot and at none before it", async () => {
  const { worldLog, tables } = await setup();
  const stream = tables.events.get(worldId(1))!;
  stream[1999] = { ...stream[1999]!, metadata: { atMs: 1, inputId: "forged" } };
  const { checks } = await replayWorld(worldLog, worldId(1));
  expect(checks.map(({ version, stored, replayed }) => [version, stored === replayed])).toEqual([
    [0, true],
    [1200, true],
    [events, false],
  ]);
});

test("a world without a log is as it was at first", async () => {
  const { world } = await replayWorld(memoryWorldLog(memoryTables()), worldId(2));
  expect(world.state.version).toBe(0);
});
