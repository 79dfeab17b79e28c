import { and, desc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { beginningOf } from "#core/character/biography/stored.ts";
import { type Birth, notRolled } from "#core/character/biography/model.ts";
import type { Attributes, CharacterRecord } from "#core/character/model.ts";
import type { Life } from "#core/protocol/life.ts";
import type { NpcId, WorldId } from "#core/lib/ids.ts";
import type { Characters } from "#core/ports/characters.ts";
import { accounts } from "#drizzle/schema/accounts.ts";
import { characters } from "#drizzle/schema/characters.ts";
import { brokenUnique } from "./errors.ts";
import type { Postgres } from "./postgres.ts";

export function postgresCharacters(postgres: Postgres): Characters {
  return {
    create: (character, birth = notRolled) => create(postgres, character, birth),

    async get(id) {
      const [row] = await postgres.run((db) => db.select(columns).from(characters).where(eq(characters.id, id)));
      return row === undefined ? null : recordOf(row);
    },

    async getMany(ids) {
      if (ids.length === 0) return [];
      const rows = await postgres.run((db) =>
        db
          .select(columns)
          .from(characters)
          .where(inArray(characters.id, [...ids])),
      );
      return rows.map(recordOf);
    },

    async ofUser(userId) {
      const rows = await postgres.run((db) =>
        db
          .select(columns)
          .from(characters)
          .where(eq(characters.userId, userId))
          .orderBy(sql`${characters.lastPlayedAt} desc nulls last`, desc(characters.createdAt), characters.id),
      );
      return rows.map(recordOf);
    },

    async ofHome(userId, homeWorldId) {
      const [row] = await postgres.run((db) =>
        db
          .select(columns)
          .from(characters)
          .where(and(eq(characters.userId, userId), eq(characters.homeWorldId, homeWorldId))),
      );
      return row === undefined ? null : recordOf(row);
    },

    inhabited: (homeWorldId) => inhabited(postgres, homeWorldId),

    async recordJoin(id, atMs) {
      await postgres.run(async (db) => {
        const joined = db
          .$with("joined")
          .as(
            db
              .update(characters)
              .set({ lastPlayedAt: atMs })
              .where(eq(characters.id, id))
              .returning({ userId: characters.userId, worldId: characters.worldId }),
          );
        await db
          .with(joined)
          .update(accounts)
          .set({ lastWorldId: sql`${joined.worldId}` })
          .from(joined)
          .where(eq(accounts.id, joined.userId));
      });
    },
  };
}

async function create(postgres: Postgres, character: CharacterRecord, birth: Birth): ReturnType<Characters["create"]> {
  const { type, schemaVersion, payload, metadata } = beginningOf(character, birth);
  return postgres.run(async (db) => {
    const made = db
      .insert(characters)
      .values({ ...rowOf(character), logVersion: 1 })
      .returning({ id: characters.id });
    try {
      // One statement: no character is there without the beginning of its stream.
      await db.execute(sql`
        with made as ${made}
        insert into character_events (character_id, version, type, schema_version, payload, metadata, at)
        select id, 1, ${type}, ${schemaVersion}::integer, ${JSON.stringify(payload)}::json, ${JSON.stringify(metadata)}::json,
          ${new Date(character.createdAtMs).toISOString()}::timestamptz
        from made`);
      return "created";
    } catch (error) {
      const broken = brokenUnique(error);
      if (broken === "characters_npc_unique") return "npc-taken";
      if (standsInTheWay.has(broken ?? "")) return "exists";
      throw error;
    }
  });
}

const standsInTheWay: ReadonlySet<string> = new Set(["characters_user_home_unique", "characters_pkey"]);

async function inhabited(postgres: Postgres, homeWorldId: WorldId): Promise<ReadonlySet<NpcId>> {
  const isPlayed = and(eq(characters.homeWorldId, homeWorldId), isNotNull(characters.npcId));
  const rows = await postgres.run((db) => db.select({ npcId: characters.npcId }).from(characters).where(isPlayed));
  return new Set(rows.flatMap(({ npcId }) => npcId ?? []));
}

// Everything but the count of its events, which only who appends to them needs.
const columns = {
  id: characters.id,
  userId: characters.userId,
  homeWorldId: characters.homeWorldId,
  worldId: characters.worldId,
  travels: characters.travels,
  hasArrived: characters.hasArrived,
  name: characters.name,
  role: characters.role,
  species: characters.species,
  appearance: characters.appearance,
  description: characters.description,
  occupation: characters.occupation,
  attributes: characters.attributes,
  positionX: characters.positionX,
  positionY: characters.positionY,
  positionZ: characters.positionZ,
  orientationX: characters.orientationX,
  orientationY: characters.orientationY,
  orientationZ: characters.orientationZ,
  isFlying: characters.isFlying,
  stamina: characters.stamina,
  npcId: characters.npcId,
  health: characters.health,
  life: characters.life,
  createdAt: characters.createdAt,
  lastPlayedAt: characters.lastPlayedAt,
};

type Row = Omit<typeof characters.$inferSelect, "logVersion">;

function recordOf(row: Row): CharacterRecord {
  const {
    positionX,
    positionY,
    positionZ,
    orientationX,
    orientationY,
    orientationZ,
    createdAt,
    lastPlayedAt,
    npcId,
    ...same
  } = row;
  return {
    ...same,
    ...(npcId !== null && { npcId }),
    attributes: row.attributes as Attributes | null,
    life: row.life as Life | null,
    position: { x: positionX, y: positionY, z: positionZ },
    orientation: { x: orientationX, y: orientationY, z: orientationZ },
    createdAtMs: createdAt,
    lastPlayedAtMs: lastPlayedAt,
  };
}

function rowOf(record: CharacterRecord): typeof characters.$inferInsert {
  const { position, orientation, createdAtMs, lastPlayedAtMs, ...same } = record;
  return {
    ...same,
    positionX: position.x,
    positionY: position.y,
    positionZ: position.z,
    orientationX: orientation.x,
    orientationY: orientation.y,
    orientationZ: orientation.z,
    createdAt: createdAtMs,
    lastPlayedAt: lastPlayedAtMs,
  };
}
