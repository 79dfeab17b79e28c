import { assert } from "#core/lib/assert.ts";
import type { WorldId } from "#core/lib/ids.ts";
import type { FleetView, Leases } from "#core/ports/leases.ts";
import type { Postgres } from "./postgres.ts";

// Rows are locked in one order everywhere, so that two workers cannot wait for each other. Time is the database's, read after the wait.

const acquire = `
  with taken as (
    insert into leases (world_id, owner, fence, expires_at)
    select id, $1, 1, clock_timestamp() + $3 * interval '1 millisecond' from worlds
    where id = any($2::uuid[]) and deleted_at is null and not is_quarantined order by id
    on conflict (world_id) do update
    set owner = excluded.owner, fence = leases.fence + 1, expires_at = clock_timestamp() + $3 * interval '1 millisecond'
    where leases.owner is null or leases.owner = excluded.owner or leases.expires_at <= clock_timestamp()
    returning world_id, fence
  ),
  woken as (update worlds set is_asleep = false from taken where id = world_id and is_asleep)
  select world_id, fence from taken`;

// The lease first, as when it is taken: whoever takes the world meanwhile waits, and finds it asleep, or under a newer fence.
const sleep = `
  with freed as (
    update leases set owner = null, expires_at = clock_timestamp()
    where world_id = $2::uuid and owner = $1 and fence = $3::bigint returning world_id
  )
  update worlds set is_asleep = true from freed where id = world_id`;

const unowned = `
  select id from worlds left join leases on world_id = id
  where not is_asleep and not is_quarantined and deleted_at is null
    and (owner is null or leases.expires_at <= clock_timestamp())
  order by leases.expires_at nulls first, id limit $1`;

// The one row of a worker is its own; what others see of it is as old as this statement's beginning.
const renew = `
  with alive as (
    insert into workers (name, expires_at) values ($1, clock_timestamp() + $2 * interval '1 millisecond')
    on conflict (name) do update set expires_at = excluded.expires_at
    returning name
  ),
  held as (
    select world_id from leases where owner = $1 and expires_at > clock_timestamp() order by world_id for no key update
  ),
  renewed as (
    update leases set expires_at = clock_timestamp() + $2 * interval '1 millisecond'
    from held where leases.world_id = held.world_id returning leases.world_id
  )
  select world_id::text as held, null as alive from renewed
  union all select null, name from alive
  union all select null, name from workers where name <> $1 and expires_at > clock_timestamp()`;

const look = `
  select world_id::text as held, null as alive from leases where owner = $1 and expires_at > clock_timestamp()
  union all select null, name from workers where expires_at > clock_timestamp()`;

const leave = `
  with gone as (delete from workers where name = $1),
  held as (select world_id from leases where owner = $1 order by world_id for no key update)
  update leases set owner = null, expires_at = clock_timestamp() from held where leases.world_id = held.world_id`;

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
      return viewOf(await postgres.statement("leases_renew", renew, [owner, leaseMs]));
    },

    async look(owner) {
      return viewOf(await postgres.statement("leases_look", look, [owner]));
    },

    async release(owner, worldIds) {
      if (worldIds.length === 0) return;
      await postgres.statement("leases_release", release, [owner, worldIds]);
    },

    async sleep(owner, worldId, fence) {
      await postgres.statement("leases_sleep", sleep, [owner, worldId, fence]);
    },

    async unowned(limit) {
      const rows = await postgres.statement("leases_unowned", unowned, [limit]);
      return rows.map((row) => row["id"] as WorldId);
    },

    async leave(owner) {
      await postgres.statement("leases_leave", leave, [owner]);
    },
  };
}

function viewOf(rows: readonly Readonly<Record<string, unknown>>[]): FleetView {
  const named = (column: string) => rows.flatMap((row) => (row[column] === null ? [] : [row[column] as string]));
  return { held: new Set(named("held") as WorldId[]), alive: new Set(named("alive")) };
}

// int8 comes as text.
function fenceOf(value: unknown): number {
  const fence = Number(value);
  assert(Number.isSafeInteger(fence), `fence out of range: ${String(value)}`);
  return fence;
}
