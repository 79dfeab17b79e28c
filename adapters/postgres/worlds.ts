import { asc, eq, sql } from "drizzle-orm";
import { lobbyWorldId } from "#core/lib/ids.ts";
import type { Worlds } from "#core/ports.ts";
import type { WorldRecord, WorldSpec } from "#core/world/spec.ts";
import { worlds } from "#drizzle/schema/worlds.ts";
import type { Postgres } from "./postgres.ts";

export function postgresWorlds(postgres: Postgres): Worlds {
  return {
    async createIfAbsent({ createdAtMs, ...world }) {
      await postgres.run((db) =>
        db
          .insert(worlds)
          .values({ ...world, createdAt: createdAtMs })
          .onConflictDoNothing({ target: worlds.id }),
      );
    },

    async get(id) {
      const [row] = await postgres.run((db) => db.select().from(worlds).where(eq(worlds.id, id)));
      return row === undefined ? null : recordOf(row);
    },

    async list() {
      const rows = await postgres.run((db) =>
        db
          .select()
          .from(worlds)
          .orderBy(sql`${worlds.id} = ${lobbyWorldId} desc`, asc(worlds.createdAt), asc(worlds.id)),
      );
      return rows.map(recordOf);
    },
  };
}

function recordOf({ createdAt, spec, ...same }: typeof worlds.$inferSelect): WorldRecord {
  return { ...same, spec: spec as WorldSpec, createdAtMs: createdAt };
}
