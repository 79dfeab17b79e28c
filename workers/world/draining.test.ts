import { expect, test } from "vitest";
import { manualClock } from "#adapters/memory/clock.ts";
import { memoryLeases } from "#adapters/memory/leases.ts";
import { noMetrics } from "#adapters/memory/metrics.ts";
import { memoryTables } from "#adapters/memory/tables.ts";
import type { WorldId } from "#core/lib/ids.ts";
import { worldId, worldRecord } from "#tests/support/records.ts";
import { drainMsMax, Fleet, type FleetContext } from "./fleet.ts";
import { unguarded } from "./guard.ts";

const leaseMs = 60_000;
const all = [1, 2, 3].map(worldId);

/** A worker with three worlds, each of which stops as it is told here. */
async function setup(stops: Readonly<Record<WorldId, () => Promise<void>>>) {
  const clock = manualClock();
  const tables = memoryTables();
  for (const number of [1, 2, 3]) tables.worlds.set(worldId(number), worldRecord(number));
  const leases = memoryLeases(tables, clock);
  const freed: string[] = [];
  const errors: string[] = [];
  const ctx: FleetContext = {
    bus: { publish: (_, message) => void freed.push((message as { worldId: string }).worldId) },
    clock,
    inputs: { waiting: async () => [] },
    leases,
    log: { debug() {}, info() {}, warn() {}, error: (_, message) => void errors.push(message) },
    metrics: noMetrics,
    worlds: { getMany: async (ids) => ids.map((id) => tables.worlds.get(id)!), setFault: async () => {} },
  };
  const options = { owner: "leaving", leaseMs, sleepAfterMs: leaseMs, guard: unguarded };
  const fleet = new Fleet(ctx, options, async ({ id }) => ({
    runner: { ended: new Promise(() => {}), stop: () => stops[id]?.() ?? Promise.resolve() },
    stopServing: async () => {},
  }));
  await fleet.round();
  await fleet.settled();
  expect(fleet.owned).toEqual(new Set(all));
  fleet.stop();
  return { clock, fleet, leases, freed, errors };
}

test("worlds that stop are free at once", async () => {
  const { fleet, leases, freed, errors } = await setup({});
  await fleet.giveUpAll();
  expect(await leases.unowned(10)).toHaveLength(3);
  expect(freed.toSorted()).toEqual(all.toSorted());
  expect(errors).toEqual([]);
});

test("one that cannot be stopped keeps no other from its next owner", async () => {
  const { fleet, leases, freed, errors } = await setup({ [worldId(2)]: () => Promise.reject(new Error("no")) });
  await fleet.giveUpAll();
  expect(await leases.unowned(10)).toHaveLength(3);
  expect(freed.toSorted()).toEqual(all.toSorted());
  expect(errors).toEqual(["a world could not be given up in order"]);
});

test("one that never stops is waited for until there is just time to leave", async () => {
  const { clock, fleet, leases, freed, errors } = await setup({ [worldId(2)]: () => new Promise(() => {}) });
  const given = fleet.giveUpAll();
  await clock.advance(drainMsMax - 1);
  expect(await leases.unowned(10)).toEqual([]);
  await clock.advance(1);
  await given;
  expect(await leases.unowned(10)).toHaveLength(3);
  expect(freed.toSorted()).toEqual(all.toSorted());
  expect(errors).toEqual(["some worlds do not stop: they are left to their next owners"]);
});
