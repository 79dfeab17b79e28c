import { sql } from "drizzle-orm";
import type { WorldId } from "#core/lib/ids.ts";
import { type LeaseRow, type Oversight, oversightMax, type UserRow, type WorldRow } from "#core/ports/oversight.ts";
import type { Postgres } from "./postgres.ts";
import { sendGuestsHome, type Transaction } from "./retire-world.ts";

export type PopulationRow = {
  readonly id: WorldId;
  readonly name: string;
  /** Characters that began there, and that are there or on the way; of those, in sight of others just now. */
  readonly atHome: number;
  readonly here: number;
  readonly awake: number;
  readonly things: number;
  /** Metres from east to west and from south to north between the outermost of who and what is placed. */
  readonly extentM: string | null;
};

export type Counts = {
  readonly users: number;
  readonly sessions: number;
  readonly characters: number;
  readonly worlds: number;
  readonly events: number;
  readonly snapshots: number;
};

/** What operators do to the database that no player and no worker does. */
export type Administration = Oversight & {
  users(limit: number): Promise<UserRow[]>;
  /** By id, e-mail address or username, without regard to case. */
  user(text: string): Promise<UserRow | null>;
  worlds(): Promise<WorldRow[]>;
  /** Most awake first. */
  population(): Promise<PopulationRow[]>;
  leases(): Promise<LeaseRow[]>;
  /** What `wipe` would delete. */
  count(systemWorlds: readonly WorldId[]): Promise<Counts>;
  /**
   * All users with what is theirs, every world but the given ones, and what happened in those: their logs are full of users. Whoever owns one
   * of them loses it, and finds it as it was at first. All or nothing.
   */
  wipe(systemWorlds: readonly WorldId[]): Promise<Counts>;
  /** With its log and the characters that are at home there; guests find themselves at home. False where there is no such world. */
  deleteWorld(id: WorldId): Promise<boolean>;
};

export function postgresAdministration(postgres: Postgres): Administration {
  return {
    ...postgresOversight(postgres),
    users: (limit) =>
      rowsOf<UserRow>(postgres, `${usersText} order by accounts.created_at, accounts.id limit $1`, [limit]),

    population: () => rowsOf<PopulationRow>(postgres, populationText),

    async count(systemWorlds) {
      const [counts] = await rowsOf<Counts>(postgres, countsText, [systemWorlds]);
      return counts as Counts;
    },

    wipe: (systemWorlds) => postgres.run((db) => db.transaction((tx) => wipe(tx, systemWorlds))),
    deleteWorld: (id) => postgres.run((db) => db.transaction((tx) => deleteWorld(tx, id))),
  };
}

export function postgresOversight(postgres: Postgres): Oversight {
  return {
    async user(text) {
      const found = await rowsOf<UserRow>(
        postgres,
        `${usersText} where lower(accounts.username) = lower($1) or lower(accounts.email) = lower($1) or accounts.id::text = lower($1)`,
        [text],
      );
      return found[0] ?? null;
    },

    worlds: () => rowsOf<WorldRow>(postgres, worldsText, [oversightMax]),
    leases: () => rowsOf<LeaseRow>(postgres, leasesText, [oversightMax]),
  };
}

const instant = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

const usersText = `
  select accounts.id, username, email, role, (select count(*)::integer from characters where user_id = accounts.id) as characters,
    ${instant("created_at")} as "createdAt", ${instant("last_login_at")} as "lastLoginAt", ${instant("banned_at")} as "bannedAt"
  from accounts`;

const worldsText = `
  select worlds.id, name,
    case when deleted_at is not null then 'deleted' when is_quarantined then 'quarantined' when fault is not null then 'faulted'
      when is_asleep and status = 'active' then 'asleep' else status end as status, fault ->> 'reason' as fault,
    accounts.username as owner, coalesce((select max(version) from events where stream = worlds.id), 0) as events,
    (select count(*)::integer from characters where world_id = worlds.id) as characters, ${instant("worlds.created_at")} as "createdAt"
  from worlds left join accounts on accounts.id = owner_id order by worlds.created_at, worlds.id limit $1`;

const populationText = `
  select worlds.id, name, coalesce(home.many, 0) as "atHome", coalesce(here.many, 0) as here, coalesce(placed.characters, 0) as awake,
    coalesce(placed.things, 0) as things, placed.extent as "extentM"
  from worlds
  left join (select home_world_id, count(*)::integer as many from characters group by 1) as home on home.home_world_id = worlds.id
  left join (select world_id, count(*)::integer as many from characters group by 1) as here on here.world_id = worlds.id
  left join (
    select world_id, (count(*) filter (where kind = 'character'))::integer as characters, (count(*) filter (where kind = 'thing'))::integer as things,
      round(max(x) - min(x)) || ' x ' || round(max(y) - min(y)) as extent
    from placements where kind <> 'inhabitant' group by 1
  ) as placed on placed.world_id = worlds.id
  where deleted_at is null order by awake desc, here desc, worlds.created_at, worlds.id`;

const leasesText = `
  select world_id as "worldId", name as world, owner, fence::float8 as fence,
    case when owner is not null then round(extract(epoch from expires_at - clock_timestamp()) * 1000)::float8 end as "remainingMs"
  from leases join worlds on worlds.id = world_id order by name, world_id limit $1`;

const countsText = `
  select (select count(*)::integer from accounts) as users, (select count(*)::integer from sessions) as sessions,
    (select count(*)::integer from characters) as characters,
    (select count(*)::integer from worlds where id <> all($1::uuid[])) as worlds,
    (select count(*)::float8 from events) as events, (select count(*)::integer from snapshots) as snapshots`;

async function wipe(tx: Transaction, systemWorlds: readonly WorldId[]): Promise<Counts> {
  const kept = sql`array[${sql.join(
    systemWorlds.map((id) => sql`${id}`),
    sql`, `,
  )}]::uuid[]`;
  // Whoever writes is waited for; whoever comes finds another fence, or nothing.
  await tx.execute(sql`lock table leases, worlds, accounts, sessions, characters, events, snapshots in exclusive mode`);
  const gone = async (statement: ReturnType<typeof sql>) => (await tx.execute(statement)).rowCount ?? 0;
  await gone(sql`delete from projections`);
  await gone(sql`delete from placements`);
  const events = await gone(sql`delete from events`);
  const snapshots = await gone(sql`delete from snapshots`);
  const sessions = await gone(sql`delete from sessions`);
  await gone(sql`delete from audit_events`);
  await gone(sql`delete from letters`);
  const characters = await gone(sql`delete from characters`);
  await gone(sql`delete from leases where world_id <> all(${kept})`);
  await gone(sql`update leases set owner = null, fence = fence + 1, expires_at = clock_timestamp()`);
  const worlds = await gone(sql`delete from worlds where id <> all(${kept})`);
  await gone(sql`update worlds set owner_id = null`);
  const users = await gone(sql`delete from accounts`);
  return { users, sessions, characters, worlds, events, snapshots };
}

async function deleteWorld(tx: Transaction, id: WorldId): Promise<boolean> {
  // Nobody may take it meanwhile; without its lease nobody can append any more.
  await tx.execute(sql`select from worlds where id = ${id} for update`);
  await tx.execute(sql`delete from leases where world_id = ${id}`);
  await sendGuestsHome(tx, id);
  await tx.execute(sql`delete from characters where home_world_id = ${id}`);
  await tx.execute(sql`delete from events where stream = ${id}`);
  await tx.execute(sql`delete from snapshots where world_id = ${id}`);
  return (await tx.execute(sql`delete from worlds where id = ${id}`)).rowCount === 1;
}

async function rowsOf<Row>(postgres: Postgres, text: string, values: readonly unknown[] = []): Promise<Row[]> {
  return (await postgres.statement("", text, values)) as Row[];
}
