import { expect, test } from "vitest";
import { memoryLeases } from "#adapters/memory/leases.ts";
import { memoryTables } from "#adapters/memory/tables.ts";
import { rng } from "#core/sim/rng.ts";
import { worldId, worldRecord } from "#tests/support/records.ts";
import { leaseTable } from "./lease-table.ts";

test.each(Array.from({ length: 20 }, (_, seed) => seed))(
  "answers as the memory's leases do, whatever is asked of both: seed %i",
  async (seed) => {
    const random = rng(seed, "leases");
    const clock = { at: 1_000_000, nowMs: () => clock.at };
    const tables = memoryTables();
    const ids = Array.from({ length: 12 }, (_, i) => worldId(i + 1));
    for (const [i, id] of ids.entries()) tables.worlds.set(id, { ...worldRecord(i + 1), id });
    const twin = memoryLeases(tables, clock);
    const { table } = leaseTable(ids, clock);
    const both = async <Answer>(ask: (leases: typeof table) => Promise<Answer>): Promise<void> => {
      expect(await ask(table)).toEqual(await ask(twin));
    };
    for (let step = 0; step < 400; step++) {
      clock.at += random.int(3_000);
      const owner = `worker-${random.int(4)}`;
      const some = ids.filter(() => random.int(3) === 0);
      const what = random.int(8);
      if (what < 2) await both((leases) => leases.acquire(owner, some, 5_000));
      else if (what < 5) await both((leases) => leases.renew(owner, 5_000));
      else if (what === 5) await both((leases) => leases.release(owner, some));
      else if (what === 6) await both((leases) => leases.leave(owner));
      await both((leases) => leases.look(owner));
      const free = async (leases: typeof table) => (await leases.unowned(100)).toSorted();
      await both(free);
    }
  },
);
