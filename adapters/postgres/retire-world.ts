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
  await tx.execute(sql`
    update characters as guest
    set world_id = home.id, travels = travels + 1, has_arrived = true, is_flying = false,
      position_x = (home.spec #>> '{spawn,position,x}')::float8, position_y = (home.spec #>> '{spawn,position,y}')::float8,
      position_z = (home.spec #>> '{spawn,position,z}')::float8, orientation_x = (home.spec #>> '{spawn,orientation,x}')::float8,
      orientation_y = (home.spec #>> '{spawn,orientation,y}')::float8, orientation_z = (home.spec #>> '{spawn,orientation,z}')::float8
    from worlds as home where guest.world_id = ${id} and guest.home_world_id <> ${id} and home.id = guest.home_world_id`);
}
