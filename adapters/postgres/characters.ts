import { and, desc, eq, inArray, sql } from "drizzle-orm";
import type { Attributes, CharacterRecord } from "#core/character/model.ts";
import type { Life } from "#core/protocol/life.ts";
import type { Characters } from "#core/ports/characters.ts";
import { accounts } from "#drizzle/schema/accounts.ts";
import { characters } from "#drizzle/schema/characters.ts";
import { brokenUnique } from "./errors.ts";
import type { Postgres } from "./postgres.ts";

export function postgresCharacters(postgres: Postgres): Characters {
  return {
    async create(character) {
      return postgres.run(async (db) => {
        try {
          await db.insert(characters).values(rowOf(character));
          return "created";
        } catch (error) {
          if (brokenUnique(error) === "characters_user_home_unique") return "exists";
          throw error;
        }
      });
    },

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

// Everything but the point, which only the database reads.
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
  health: characters.health,
  life: characters.life,
  createdAt: characters.createdAt,
  lastPlayedAt: characters.lastPlayedAt,
};

type Row = Omit<typeof characters.$inferSelect, "point">;

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
    ...same
  } = row;
  return {
    ...same,
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
