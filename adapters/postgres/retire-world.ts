import { sql } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import type { WorldId } from "#core/lib/ids.ts";
import type { WorldLife } from "#core/world/spec.ts";

export type Transaction = Parameters<Parameters<NodePgDatabase["transaction"]>[0]>[0];

/** The world is no more; what happened in it stays. */
export async function retireWorld(tx: Transaction, id: WorldId, { version, clock }: WorldLife): Promise<void> {
  await tx.execute(sql`
    update worlds set deleted_at = now(), name_key = null, log_version = ${version}, clock = ${JSON.stringify(clock)}::json
    where id = ${id} and deleted_at is null`);
  await sendGuestsHome(tx, id);
  await tx.execute(sql`delete from characters where home_world_id = ${id}`);
  // Its row stays, and with it the fence: whoever owned it last can still not be mistaken for somebody else.
  await tx.execute(sql`update leases set owner = null, expires_at = clock_timestamp() where world_id = ${id}`);
}

/** Whoever is in the world, or on the way to it, and at home elsewhere. */
export async function sendGuestsHome(tx: Transaction, id: WorldId): Promise<void> {
  // As core/character/biography/stored.ts writes `sentHome` of schema version 1.
  await tx.execute(sql`
    with sent as (
    update characters as guest
    set world_id = home.id, travels = travels + 1, has_arrived = true, is_flying = false, log_version = guest.log_version + 1,
      position_x = (home.spec #>> '{spawn,position,x}')::float8, position_y = (home.spec #>> '{spawn,position,y}')::float8,
      position_z = (home.spec #>> '{spawn,position,z}')::float8, orientation_x = (home.spec #>> '{spawn,orientation,x}')::float8,
      orientation_y = (home.spec #>> '{spawn,orientation,y}')::float8, orientation_z = (home.spec #>> '{spawn,orientation,z}')::float8
    from worlds as home where guest.world_id = ${id} and guest.home_world_id <> ${id} and home.id = guest.home_world_id
    returning guest.*
    )
    insert into character_events (character_id, version, type, schema_version, payload, metadata, at)
    select id, log_version, 'sentHome', 1,
      json_build_object('worldId', world_id, 'fromWorldId', ${id}::uuid, 'travels', travels,
        'position', json_build_object('x', position_x, 'y', position_y, 'z', position_z)),
      json_build_object('atMs', floor(extract(epoch from now()) * 1000)::bigint), now()
    from sent`);
}
