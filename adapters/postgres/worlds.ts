import { and, asc, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import { lobbyWorldId, type UserId, type WorldId } from "#core/lib/ids.ts";
import type { NewEvent } from "#core/ports/world-log.ts";
import type { Worlds } from "#core/ports/worlds.ts";
import type { WorldClock } from "#core/world/clock.ts";
import type { WorldFault, WorldRecord, WorldSpec } from "#core/world/spec.ts";
import { nameKeyOf } from "#core/world/world-name.ts";
import { worlds } from "#drizzle/schema/worlds.ts";
import { brokenUnique } from "./errors.ts";
import type { Postgres } from "./postgres.ts";
import { retireWorld } from "./retire-world.ts";

export function postgresWorlds(postgres: Postgres): Worlds {
  return {
    async createIfAbsent(world) {
      // Not under the name of another: that one had it first.
      await postgres.statement("", createIfAbsent, valuesOf(world));
    },

    create: (world, firstEvents) => create(postgres, world, firstEvents),

    async get(id) {
      const [row] = await postgres.run((db) =>
        db
          .select(columns)
          .from(worlds)
          .where(and(eq(worlds.id, id), living)),
      );
      return row === undefined ? null : recordOf(row);
    },

    async getMany(ids) {
      if (ids.length === 0) return [];
      const rows = await postgres.run((db) =>
        db
          .select(columns)
          .from(worlds)
          .where(and(inArray(worlds.id, [...ids]), living)),
      );
      return rows.map(recordOf);
    },

    async list() {
      const rows = await postgres.run((db) =>
        db
          .select(columns)
          .from(worlds)
          .where(living)
          .orderBy(...inOrder),
      );
      return rows.map(recordOf);
    },

    newestOf: (owner, limit) => newestOf(postgres, owner, limit),

    async page(after, limit) {
      const isAfter = after === null ? sql`true` : sql`${place} > ${placeOf(after)}`;
      const rows = await postgres.run((db) =>
        db
          .select(columns)
          .from(worlds)
          .where(and(living, isAfter))
          .orderBy(...inOrder)
          .limit(limit),
      );
      return rows.map(recordOf);
    },

    async follow(id, life) {
      const values = [id, life.version, life.status === "paused" ? "paused" : "active", JSON.stringify(life.clock)];
      if (life.status !== "deleted") await postgres.statement("worlds_follow", follow, values);
      else await postgres.run((db) => db.transaction((tx) => retireWorld(tx, id, life)));
    },

    async setFault(id, fault) {
      await postgres.run((db) =>
        db
          .update(worlds)
          .set({ fault: fault ?? sql`null`, isQuarantined: fault?.isQuarantined ?? false })
          .where(eq(worlds.id, id)),
      );
    },
  };
}

const { id, name, ownerId, status, spec, createdAt, clock, fault } = worlds;
const columns = { id, name, ownerId, status, spec, createdAt, clock, fault };
const living = isNull(worlds.deletedAt);
const isLobbyLast = sql`(${worlds.id} <> ${lobbyWorldId})`;
const inOrder = [isLobbyLast, asc(worlds.createdAt), asc(worlds.id)];
const place = sql`(${worlds.id} <> ${lobbyWorldId}, ${worlds.createdAt}, ${worlds.id})`;
const placeOf = (at: { id: WorldId; createdAtMs: number }) =>
  sql`(${at.id}::uuid <> ${lobbyWorldId}::uuid, ${new Date(at.createdAtMs).toISOString()}::timestamptz, ${at.id}::uuid)`;

const createIfAbsent = `
  insert into worlds (id, name, name_key, owner_id, status, spec, created_at)
  select $1::uuid, $2, case when exists (select from worlds where name_key = $3) then null else $3 end, $4::uuid, $5, $6::json, $7::timestamptz
  on conflict (id) do nothing`;

// One transaction: a world without its first events, or events without a world, would be neither.
const createText = `
  with made as (
    insert into worlds (id, name, name_key, owner_id, status, spec, created_at, is_asleep)
    values ($1::uuid, $2, $3, $4::uuid, $5, $6::json, $7::timestamptz, $5 <> 'generating')
    on conflict (id) do nothing returning id
  ),
  begun as (
    insert into events (stream, version, type, schema_version, payload, metadata)
    select made.id, number, type, schema_version, payload::json, metadata::json
    from made, unnest($8::text[], $9::integer[], $10::text[], $11::text[])
      with ordinality as given (type, schema_version, payload, metadata, number) order by number
  )
  select id from made`;

const follow = `
  update worlds set log_version = $2, status = $3, clock = $4::json
  where id = $1::uuid and log_version < $2 and deleted_at is null`;

function valuesOf(world: WorldRecord): unknown[] {
  const { id: worldId, name: called, ownerId: owner, status: now, spec: made, createdAtMs } = world;
  return [worldId, called, nameKeyOf(called), owner, now, JSON.stringify(made), new Date(createdAtMs).toISOString()];
}

async function newestOf(postgres: Postgres, owner: UserId, limit: number): Promise<WorldRecord[]> {
  const rows = await postgres.run((db) =>
    db
      .select(columns)
      .from(worlds)
      .where(and(eq(worlds.ownerId, owner), living))
      .orderBy(desc(worlds.createdAt), desc(worlds.id))
      .limit(limit),
  );
  return rows.map(recordOf);
}

async function create(
  postgres: Postgres,
  world: WorldRecord,
  events: readonly NewEvent[],
): ReturnType<Worlds["create"]> {
  const values = [
    ...valuesOf(world),
    events.map(({ type }) => type),
    events.map(({ schemaVersion }) => schemaVersion),
    events.map(({ payload }) => JSON.stringify(payload)),
    events.map(({ metadata }) => JSON.stringify(metadata)),
  ];
  try {
    return (await postgres.statement("worlds_create", createText, values)).length === 1 ? "created" : "exists";
  } catch (error) {
    if (brokenUnique(error) === "worlds_name_key_unique") return "name-taken";
    throw error;
  }
}

type Row = Pick<typeof worlds.$inferSelect, keyof typeof columns>;

function recordOf({ createdAt: createdAtMs, spec: made, clock: time, fault: wrong, ...same }: Row): WorldRecord {
  return {
    ...same,
    spec: made as WorldSpec,
    createdAtMs,
    ...(time !== null && { clock: time as WorldClock }),
    ...(wrong !== null && { fault: wrong as WorldFault }),
  };
}
