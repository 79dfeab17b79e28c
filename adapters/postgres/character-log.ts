import { and, asc, desc, eq, gt, lt, lte, sql } from "drizzle-orm";
import type { CharacterLog } from "#core/ports/character-log.ts";
import { characterEvents, characterSnapshots } from "#drizzle/schema/character-events.ts";
import type { Postgres } from "./postgres.ts";

const integerMax = 2 ** 31 - 1;

export function postgresCharacterLog(postgres: Postgres): CharacterLog {
  return {
    async read(id, afterVersion, limit) {
      return postgres.run((db) =>
        db
          .select(columns)
          .from(characterEvents)
          .where(and(eq(characterEvents.characterId, id), gt(characterEvents.version, afterVersion)))
          .orderBy(asc(characterEvents.version))
          .limit(limit),
      );
    },

    async readBack(id, beforeVersion, limit) {
      return postgres.run((db) =>
        db
          .select(columns)
          .from(characterEvents)
          .where(and(eq(characterEvents.characterId, id), lt(characterEvents.version, within(beforeVersion))))
          .orderBy(desc(characterEvents.version))
          .limit(limit),
      );
    },

    async versionAt(id, atMs) {
      const [row] = await postgres.run((db) =>
        db
          .select({ version: sql<number>`coalesce(max(${characterEvents.version}), 0)::integer` })
          .from(characterEvents)
          .where(and(eq(characterEvents.characterId, id), lte(characterEvents.at, atMs))),
      );
      return row?.version ?? 0;
    },

    async snapshotAt(id, version) {
      const [row] = await postgres.run((db) =>
        db
          .select({
            version: characterSnapshots.version,
            hash: characterSnapshots.hash,
            state: characterSnapshots.state,
          })
          .from(characterSnapshots)
          .where(and(eq(characterSnapshots.characterId, id), lte(characterSnapshots.version, within(version))))
          .orderBy(desc(characterSnapshots.version))
          .limit(1),
      );
      return row ?? null;
    },

    async saveSnapshot(id, { version, hash, state }) {
      await postgres.statement(
        "character_log_snapshot",
        `insert into character_snapshots (character_id, version, hash, state)
         select id, $2::integer, $3, $4::json from characters where id = $1::uuid
         on conflict (character_id, version) do update set hash = excluded.hash, state = excluded.state`,
        [id, version, hash, JSON.stringify(state)],
      );
    },
  };
}

const columns = {
  version: characterEvents.version,
  type: characterEvents.type,
  schemaVersion: characterEvents.schemaVersion,
  payload: characterEvents.payload,
  metadata: characterEvents.metadata,
};

const within = (version: number): number => Math.min(version, integerMax);
