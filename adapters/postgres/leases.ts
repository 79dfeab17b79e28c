import { assert } from "#core/lib/assert.ts";
import type { WorldId } from "#core/lib/ids.ts";
import type { Leases } from "#core/ports.ts";
import type { Postgres } from "./postgres.ts";

// Rows are locked in one order everywhere, so that two workers cannot wait for each other. Time is the database's, read after the wait.

const acquire = `
  insert into leases (world_id, owner, fence, expires_at)
  select id, $1, 1, clock_timestamp() + $3 * interval '1 millisecond' from worlds where id = any($2::uuid[]) order by id
  on conflict (world_id) do update
  set owner = excluded.owner, fence = leases.fence + 1, expires_at = clock_timestamp() + $3 * interval '1 millisecond'
  where leases.owner is null or leases.owner = excluded.owner or leases.expires_at <= clock_timestamp()
  returning world_id, fence`;

const renew = `
  with held as (
    select world_id from leases where owner = $1 and expires_at > clock_timestamp() order by world_id for no key update
  )
  update leases set expires_at = clock_timestamp() + $2 * interval '1 millisecond'
  from held where leases.world_id = held.world_id returning leases.world_id`;

const release = `
  with held as (
    select world_id from leases where owner = $1 and world_id = any($2::uuid[]) order by world_id for no key update
  )
  update leases set owner = null, expires_at = clock_timestamp() from held where leases.world_id = held.world_id`;

export function postgresLeases(postgres: Postgres): Leases {
  return {
    async acquire(owner, worldIds, leaseMs) {
      if (worldIds.length === 0) return new Map();
      const rows = await postgres.statement("leases_acquire", acquire, [owner, worldIds, leaseMs]);
      return new Map(rows.map((row) => [row["world_id"] as WorldId, fenceOf(row["fence"])]));
    },

    async renew(owner, leaseMs) {
      const rows = await postgres.statement("leases_renew", renew, [owner, leaseMs]);
      return new Set(rows.map((row) => row["world_id"] as WorldId));
    },

    async release(owner, worldIds) {
      if (worldIds.length === 0) return;
      await postgres.statement("leases_release", release, [owner, worldIds]);
    },
  };
}

// int8 comes as text.
function fenceOf(value: unknown): number {
  const fence = Number(value);
  assert(Number.isSafeInteger(fence), `fence out of range: ${String(value)}`);
  return fence;
}
