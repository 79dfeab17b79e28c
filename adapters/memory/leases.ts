import type { WorldId } from "#core/lib/ids.ts";
import type { Leases } from "#core/ports/leases.ts";
import type { Clock } from "#core/ports/system.ts";
import type { MemoryTables, WorldRow } from "./tables.ts";

export function memoryLeases(
  { leases, worlds, workers }: Pick<MemoryTables, "leases" | "worlds" | "workers">,
  clock: Pick<Clock, "nowMs">,
): Leases {
  const isOver = ({ expiresAtMs }: { readonly expiresAtMs: number }) => expiresAtMs <= clock.nowMs();
  const heldBy = (owner: string): Set<WorldId> =>
    new Set([...leases].filter(([, lease]) => lease.owner === owner && !isOver(lease)).map(([id]) => id));
  const alive = (): Set<string> =>
    new Set([...workers].filter(([, expiresAtMs]) => !isOver({ expiresAtMs })).map(([name]) => name));
  return {
    async acquire(owner, worldIds, leaseMs) {
      const taken = new Map<(typeof worldIds)[number], number>();
      for (const id of new Set(worldIds)) {
        const lease = leases.get(id);
        const isFree = lease === undefined || lease.owner === null || lease.expiresAtMs <= clock.nowMs();
        const world = worlds.get(id);
        if (!isAlive(world) || (!isFree && lease.owner !== owner)) continue;
        if (world.isAsleep === true) worlds.set(id, { ...world, isAsleep: false });
        const fence = (lease?.fence ?? 0) + 1;
        leases.set(id, { owner, fence, expiresAtMs: clock.nowMs() + leaseMs });
        taken.set(id, fence);
      }
      return taken;
    },

    async renew(owner, leaseMs) {
      for (const id of heldBy(owner)) leases.set(id, { ...leases.get(id)!, expiresAtMs: clock.nowMs() + leaseMs });
      workers.set(owner, clock.nowMs() + leaseMs);
      return { held: heldBy(owner), alive: alive() };
    },

    look: async (owner) => ({ held: heldBy(owner), alive: alive() }),

    async release(owner, worldIds) {
      for (const id of worldIds) {
        const lease = leases.get(id);
        if (lease?.owner === owner) leases.set(id, { ...lease, owner: null, expiresAtMs: clock.nowMs() });
      }
    },

    async sleep(owner, worldId, fence) {
      const lease = leases.get(worldId);
      const world = worlds.get(worldId);
      if (lease?.owner !== owner || lease.fence !== fence || world === undefined) return;
      leases.set(worldId, { ...lease, owner: null, expiresAtMs: clock.nowMs() });
      worlds.set(worldId, { ...world, isAsleep: true });
    },

    async unowned(limit) {
      const expiresAtMs = (id: WorldId) => leases.get(id)?.expiresAtMs ?? -Infinity;
      return [...worlds.values()]
        .filter((world) => isAlive(world) && world.isAsleep !== true)
        .map(({ id }) => id)
        .filter((id) => (leases.get(id)?.owner ?? null) === null || expiresAtMs(id) <= clock.nowMs())
        .toSorted((one, other) => expiresAtMs(one) - expiresAtMs(other) || (one < other ? -1 : 1))
        .slice(0, limit);
    },

    async leave(owner) {
      workers.delete(owner);
      for (const [id, lease] of leases) {
        if (lease.owner === owner) leases.set(id, { ...lease, owner: null, expiresAtMs: clock.nowMs() });
      }
    },
  };
}

function isAlive(world: WorldRow | undefined): world is WorldRow {
  return world !== undefined && world.deletedAtMs === undefined && world.fault?.isQuarantined !== true;
}
