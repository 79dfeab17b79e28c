import type { Placed, Placements } from "#core/ports/placements.ts";
import { inSpace, lineM } from "#core/world/in-space.ts";
import { distanceM } from "#core/world/space.ts";
import type { Postgres } from "./postgres.ts";

/*
 * One statement, whatever the number. The lock on the lease makes a change of hands wait for it, as in world-log.ts. A row that is placed again and
 * was among those that are gone would be met twice, so whoever is placed is not gone.
 */
export const placementsWriteText = `
  with lease as materialized (select 1 from leases where world_id = $1::uuid and fence = $2::bigint for share),
  new as materialized (
    select * from json_to_recordset($3::json) as new (
      kind text, id text, name text, x double precision, y double precision, z double precision,
      sx double precision, sy double precision, sz double precision)
  ),
  gone as (
    delete from placements as old using lease
    where old.world_id = $1::uuid and ($5::boolean or (old.kind, old.id) in (select * from json_to_recordset($4::json) as gone (kind text, id text)))
      and not exists (select from new where new.kind = old.kind and new.id = old.id)
  )
  insert into placements as kept (world_id, kind, id, name, x, y, z, point)
  select $1::uuid, kind, id, name, x, y, z, st_makepoint(sx, sy, sz) from new, lease
  on conflict (world_id, kind, id) do update
    set name = excluded.name, x = excluded.x, y = excluded.y, z = excluded.z, point = excluded.point`;

/** A little more than asked for, along a straight line: what is truly near is told by `distanceM`. */
export const nearbyText = `
  select kind, id, name, x, y, z from placements
  where world_id = $1::uuid and st_3ddwithin(point, st_makepoint($2::float8, $3::float8, $4::float8), $5::float8)
  order by st_3ddistance(point, st_makepoint($2::float8, $3::float8, $4::float8)), kind, id
  limit $6::integer`;

export function postgresPlacements(postgres: Postgres): Placements {
  return {
    async write({ worldId, fence, space, placed, gone, isWhole }) {
      const rows = placed.map(({ kind, id, name, position }) => {
        const { x: sx, y: sy, z: sz } = inSpace(space, position);
        return { kind, id, name, ...position, sx, sy, sz };
      });
      const values = [worldId, fence, JSON.stringify(rows), JSON.stringify(gone), isWhole];
      await postgres.statement("placements_write", placementsWriteText, values);
    },

    async nearby({ id, space }, { position, radiusM, limit }) {
      const { x, y, z } = inSpace(space, position);
      const values = [id, x, y, z, lineM(space, position, radiusM), limit];
      const rows = (await postgres.statement("placements_nearby", nearbyText, values)) as Row[];
      return rows
        .map((row) => ({ kind: row.kind, id: row.id, name: row.name, position: { x: row.x, y: row.y, z: row.z } }))
        .map((placed) => ({ ...placed, distanceM: distanceM(space, position, placed.position) }))
        .filter((placed) => placed.distanceM <= radiusM)
        .toSorted((one, other) => one.distanceM - other.distanceM);
    },
  };
}

type Row = Pick<Placed, "kind" | "id" | "name"> & { readonly x: number; readonly y: number; readonly z: number };
