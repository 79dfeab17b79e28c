import { and, asc, desc, eq, lte, sql } from "drizzle-orm";
import { type CharacterChange, type Commit, eventsPerMilestone, type WorldLog } from "#core/ports/world-log.ts";
import { snapshots } from "#drizzle/schema/snapshots.ts";
import { furthestChanges } from "../furthest-changes.ts";
import { brokenUnique, isDeadlock } from "./errors.ts";
import type { Postgres } from "./postgres.ts";

/** Older ones are dropped as newer ones are saved. */
export const snapshotsKeptMax = 3;

const integerMax = 2 ** 31 - 1;

// Two worlds that commit the same two travellers in opposite order.
const deadlockRetriesMax = 3;

/*
 * One statement, hence one round trip and one transaction. The lock on the lease makes a change of hands wait for this append, and this
 * append for a change of hands under way: then it reads the new fence. `head` may miss an append of the same owner that is not committed
 * yet; the unique (stream, version) does not. Locking the lease also gives the transaction its number before any position is drawn, which
 * the event feed relies on. Versions in the streams of characters are counted on their rows, which are locked by then: whoever appends to one
 * waits for whoever else does.
 */
const commitText = `
  with lease as materialized (select fence from leases where world_id = $1 for share),
  head as (select coalesce(max(version), 0) as version from events where stream = $1),
  verdict as materialized (
    select case
      when (select fence from lease) is distinct from $2::bigint then 'stale-fence'
      when version <> $3::integer then 'wrong-version'
      else 'committed' end as verdict
    from head
  ),
  appended as (
    insert into events (stream, version, type, schema_version, payload, metadata)
    select $1, $3::integer + number, type, schema_version, payload::json, metadata::json
    from verdict, unnest($4::text[], $5::integer[], $6::text[], $7::text[])
      with ordinality as given (type, schema_version, payload, metadata, number)
    where verdict = 'committed' order by number
  ),
  moved as (
    update characters as kept
    set world_id = new.world_id, travels = new.travels, has_arrived = new.has_arrived, is_flying = new.is_flying,
      position_x = new.x, position_y = new.y, position_z = new.z,
      orientation_x = new.orientation_x, orientation_y = new.orientation_y, orientation_z = new.orientation_z,
      stamina = new.stamina, health = new.health, last_played_at = new.last_played_at, life = coalesce(new.life, kept.life),
      log_version = kept.log_version + new.events
    from verdict, json_to_recordset($8::json) as new (
      id uuid, world_id uuid, travels integer, has_arrived boolean, is_flying boolean,
      x double precision, y double precision, z double precision,
      orientation_x double precision, orientation_y double precision, orientation_z double precision,
      stamina double precision, health double precision, last_played_at timestamptz, life json, events integer
    )
    where verdict = 'committed' and kept.id = new.id and new.travels >= kept.travels
    returning kept.id, kept.log_version - new.events as version
  ),
  told as (
    insert into character_events (character_id, version, type, schema_version, payload, metadata, at)
    select id, version + number, type, schema_version, payload::json, metadata::json,
      to_timestamp((metadata::json ->> 'atMs')::float8 / 1000)
    from moved join unnest($9::uuid[], $10::integer[], $11::text[], $12::integer[], $13::text[], $14::text[])
      as given (id, number, type, schema_version, payload, metadata) using (id)
  )
  select verdict from verdict`;

/*
 * One text a page: rows of their own would cost more than what is in them. The upper bound says what a `limit` would, since versions have no gaps;
 * but with a limit a planner that has not counted a young table yet reads all that is left of the stream, sorts it, and drops the rest.
 */
const readText = `
  select '[' || string_agg(
    '[' || version || ',' || to_json(type) || ',' || schema_version || ',' || payload || ',' || metadata || ']', ','
  ) || ']' as page
  from (
    select version, type, schema_version, payload, metadata from events
    where stream = $1 and version > $2::integer and version <= $2::integer + $3::integer order by version
  ) as read`;

type Row = readonly [version: number, type: string, schemaVersion: number, payload: unknown, metadata: unknown];

export function postgresWorldLog(postgres: Postgres): WorldLog {
  return {
    commit: (commit) => commitWithRetries(postgres, commit),

    async read(worldId, afterVersion, limit) {
      const [row] = await postgres.statement("world_log_read", readText, [worldId, afterVersion, limit]);
      const page = row?.["page"];
      if (typeof page !== "string") return [];
      return (JSON.parse(page) as Row[]).map(([version, type, schemaVersion, payload, metadata]) => ({
        version,
        type,
        schemaVersion,
        payload,
        metadata,
      }));
    },

    async latestSnapshot(worldId) {
      const [row] = await postgres.run((db) =>
        db
          .select({ version: snapshots.version, hash: snapshots.hash, state: snapshots.state })
          .from(snapshots)
          .where(eq(snapshots.worldId, worldId))
          .orderBy(desc(snapshots.version))
          .limit(1),
      );
      return row ?? null;
    },

    async snapshotAt(worldId, version) {
      const [row] = await postgres.run((db) =>
        db
          .select({ version: snapshots.version, hash: snapshots.hash, state: snapshots.state })
          .from(snapshots)
          .where(and(eq(snapshots.worldId, worldId), lte(snapshots.version, Math.min(version, integerMax))))
          .orderBy(desc(snapshots.version))
          .limit(1),
      );
      return row ?? null;
    },

    async snapshotHashes(worldId) {
      return postgres.run((db) =>
        db
          .select({ version: snapshots.version, hash: snapshots.hash })
          .from(snapshots)
          .where(eq(snapshots.worldId, worldId))
          .orderBy(asc(snapshots.version)),
      );
    },

    async saveSnapshot(worldId, { version, hash, state }) {
      await postgres.run(async (db) => {
        await db
          .insert(snapshots)
          .values({ worldId, version, hash, state })
          .onConflictDoUpdate({ target: [snapshots.worldId, snapshots.version], set: { hash, state } });
        await db.delete(snapshots).where(
          and(
            eq(snapshots.worldId, worldId),
            sql`${snapshots.version} < (
              select min(version) from (
                select version from ${snapshots} where world_id = ${worldId} order by version desc limit ${snapshotsKeptMax}
              ) as kept)`,
            // The first of its share of versions stays.
            sql`(version < ${eventsPerMilestone} or exists (
              select from ${snapshots} as other where other.world_id = ${worldId} and other.version < ${snapshots}.version
                and other.version / ${eventsPerMilestone}::integer = ${snapshots}.version / ${eventsPerMilestone}::integer))`,
          ),
        );
      });
    },
  };
}

async function commitWithRetries(postgres: Postgres, commit: Commit): ReturnType<WorldLog["commit"]> {
  const characters = furthestChanges(commit.characters);
  const biography = characters.flatMap(({ id, biography: events = [] }) =>
    events.map((event, index) => ({ id, number: index + 1, event })),
  );
  const values = [
    commit.worldId,
    commit.fence,
    commit.expectedVersion,
    commit.events.map(({ type }) => type),
    commit.events.map(({ schemaVersion }) => schemaVersion),
    commit.events.map(({ payload }) => JSON.stringify(payload)),
    commit.events.map(({ metadata }) => JSON.stringify(metadata)),
    JSON.stringify(characters.map(rowOf)),
    biography.map(({ id }) => id),
    biography.map(({ number }) => number),
    biography.map(({ event }) => event.type),
    biography.map(({ event }) => event.schemaVersion),
    biography.map(({ event }) => JSON.stringify(event.payload)),
    biography.map(({ event }) => JSON.stringify(event.metadata)),
  ];
  for (let attempt = 0; ; attempt++) {
    try {
      const [row] = await postgres.statement("world_log_commit", commitText, values);
      return row?.["verdict"] as Awaited<ReturnType<WorldLog["commit"]>>;
    } catch (error) {
      if (brokenUnique(error) === "events_stream_version_unique") return "wrong-version";
      if (!isDeadlock(error) || attempt >= deadlockRetriesMax) throw error;
    }
  }
}

function rowOf(change: CharacterChange) {
  return {
    id: change.id,
    world_id: change.worldId,
    travels: change.travels,
    has_arrived: change.hasArrived,
    is_flying: change.isFlying,
    x: change.position.x,
    y: change.position.y,
    z: change.position.z,
    orientation_x: change.orientation.x,
    orientation_y: change.orientation.y,
    orientation_z: change.orientation.z,
    stamina: change.stamina,
    health: change.health,
    life: change.life,
    last_played_at: new Date(change.lastPlayedAtMs).toISOString(),
    events: change.biography?.length ?? 0,
  };
}
