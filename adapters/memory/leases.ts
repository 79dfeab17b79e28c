import type { Clock, Leases } from "#core/ports.ts";
import type { MemoryTables } from "./tables.ts";

export function memoryLeases(
  { leases, worlds, workers }: Pick<MemoryTables, "leases" | "worlds" | "workers">,
  clock: Pick<Clock, "nowMs">,
): Leases {
  return {
    async acquire(owner, worldIds, leaseMs) {
      const taken = new Map<(typeof worldIds)[number], number>();
      for (const id of new Set(worldIds)) {
        const lease = leases.get(id);
        const isFree = lease === undefined || lease.owner === null || lease.expiresAtMs <= clock.nowMs();
        if (!worlds.has(id) || (!isFree && lease.owner !== owner)) continue;
        const fence = (lease?.fence ?? 0) + 1;
        leases.set(id, { owner, fence, expiresAtMs: clock.nowMs() + leaseMs });
        taken.set(id, fence);
      }
      return taken;
    },

    async renew(owner, leaseMs) {
      const held = [...leases].filter(([, lease]) => lease.owner === owner && lease.expiresAtMs > clock.nowMs());
      for (const [id, lease] of held) leases.set(id, { ...lease, expiresAtMs: clock.nowMs() + leaseMs });
      workers.set(owner, clock.nowMs() + leaseMs);
      const alive = [...workers].filter(([, expiresAtMs]) => expiresAtMs > clock.nowMs());
      return { held: new Set(held.map(([id]) => id)), alive: new Set(alive.map(([name]) => name)) };
    },

    async release(owner, worldIds) {
      for (const id of worldIds) {
        const lease = leases.get(id);
        if (lease?.owner === owner) leases.set(id, { ...lease, owner: null, expiresAtMs: clock.nowMs() });
      }
    },

    async leave(owner) {
      workers.delete(owner);
      for (const [id, lease] of leases) {
        if (lease.owner === owner) leases.set(id, { ...lease, owner: null, expiresAtMs: clock.nowMs() });
      }
    },
  };
}
