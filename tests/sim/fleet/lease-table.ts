import type { WorldId } from "#core/lib/ids.ts";
import type { FleetView, Leases } from "#core/ports/leases.ts";
import type { Scheduler } from "../scheduler.ts";

type Lease = { owner: string | null; fence: number; expiresAtMs: number };

/** What the database has had to do, and in the busiest second of all. */
export type Work = { statements: number; rowsWritten: number; statementsPerSMost: number };

/**
 * `adapters/memory/leases.ts` for hundreds of thousands of worlds: what an owner holds, and what nobody does, are found without a look at all.
 * `tests/sim/fleet/lease-table.test.ts` holds it to the other.
 */
export function leaseTable(worlds: Iterable<WorldId>, { nowMs }: Pick<Scheduler, "nowMs">) {
  const leases = new Map<WorldId, Lease>();
  /** Those without an owner, longest first. */
  const free = new Map<WorldId, Lease>();
  const heldBy = new Map<string, Set<WorldId>>();
  /** By owner: none of his leases ends before this. */
  const safeUntilMs = new Map<string, number>();
  const workers = new Map<string, number>();
  const work: Work = { statements: 0, rowsWritten: 0, statementsPerSMost: 0 };
  let second = { at: 0, statements: 0 };
  let alive: ReadonlySet<string> = new Set();
  for (const id of worlds) {
    const lease: Lease = { owner: null, fence: 0, expiresAtMs: -Infinity };
    leases.set(id, lease);
    free.set(id, lease);
  }

  const wrote = (rows: number): void => {
    const at = Math.floor(nowMs() / 1000);
    second = { at, statements: second.at === at ? second.statements + 1 : 1 };
    work.statementsPerSMost = Math.max(work.statementsPerSMost, second.statements);
    work.statements += 1;
    work.rowsWritten += rows;
  };
  const isOver = (lease: Lease): boolean => lease.expiresAtMs <= nowMs();
  const held = (owner: string): Set<WorldId> => {
    const all = heldBy.get(owner);
    if (all === undefined) return new Set();
    return new Set([...all].filter((id) => !isOver(leases.get(id)!)));
  };
  /** The same set until somebody comes or goes. */
  const living = (): ReadonlySet<string> => {
    const isSame = alive.size === workers.size && [...alive].every((name) => workers.get(name)! > nowMs());
    if (isSame) return alive;
    for (const [name, expiresAtMs] of workers) if (expiresAtMs <= nowMs()) workers.delete(name);
    return (alive = new Set(workers.keys()));
  };
  /** Leases that ran out are as good as given up. */
  const sweep = (): void => {
    for (const [owner, ids] of heldBy) {
      if ((safeUntilMs.get(owner) ?? -Infinity) > nowMs()) continue;
      for (const id of ids) if (isOver(leases.get(id)!)) loosen(id);
    }
  };
  const loosen = (id: WorldId): void => {
    const lease = leases.get(id)!;
    heldBy.get(lease.owner!)?.delete(id);
    free.set(id, lease);
  };
  const give = (owner: string, id: WorldId): void => {
    const lease = leases.get(id);
    if (lease?.owner !== owner || heldBy.get(owner)?.has(id) !== true) return;
    loosen(id);
    Object.assign(lease, { owner: null, expiresAtMs: nowMs() });
  };
  const view = (owner: string): FleetView => ({ held: held(owner), alive: living() });

  const table: Leases = {
    async acquire(owner, ids, leaseMs) {
      sweep();
      const taken = new Map<WorldId, number>();
      const mine = heldBy.get(owner) ?? new Set();
      heldBy.set(owner, mine);
      const untilMs = nowMs() + leaseMs;
      safeUntilMs.set(owner, mine.size === 0 ? untilMs : Math.min(untilMs, safeUntilMs.get(owner) ?? -Infinity));
      for (const id of new Set(ids)) {
        const lease = leases.get(id);
        if (lease === undefined || !(lease.owner === null || lease.owner === owner || isOver(lease))) continue;
        free.delete(id);
        mine.add(id);
        Object.assign(lease, { owner, fence: lease.fence + 1, expiresAtMs: untilMs });
        taken.set(id, lease.fence);
      }
      wrote(taken.size);
      return taken;
    },
    async renew(owner, leaseMs) {
      const own = held(owner);
      for (const id of own) leases.get(id)!.expiresAtMs = nowMs() + leaseMs;
      workers.set(owner, nowMs() + leaseMs);
      // What ran out before is not renewed, and is to be found.
      if (own.size === (heldBy.get(owner)?.size ?? 0)) safeUntilMs.set(owner, nowMs() + leaseMs);
      wrote(own.size + 1);
      return view(owner);
    },
    async look(owner) {
      wrote(0);
      return view(owner);
    },
    async release(owner, ids) {
      for (const id of ids) give(owner, id);
      wrote(ids.length);
    },
    async sleep(owner, id) {
      give(owner, id);
      wrote(2);
    },
    async unowned(limit) {
      wrote(0);
      sweep();
      const found: WorldId[] = [];
      for (const id of free.keys()) {
        if (found.length === limit) break;
        found.push(id);
      }
      return found;
    },
    async leave(owner) {
      const all = [...(heldBy.get(owner) ?? [])];
      workers.delete(owner);
      for (const id of all) give(owner, id);
      wrote(all.length + 1);
    },
  };
  return { table, work, leaseOf: (id: WorldId): Readonly<Lease> => leases.get(id)! };
}
