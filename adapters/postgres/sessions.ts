import { and, eq, lte } from "drizzle-orm";
import type { Sessions } from "#core/ports.ts";
import { sessions } from "#drizzle/schema/sessions.ts";
import type { Postgres } from "./postgres.ts";

export function postgresSessions(postgres: Postgres): Sessions {
  return {
    async create({ id, userId, createdAtMs, expiresAtMs }) {
      await postgres.run(async (db) => {
        // Whoever comes back sweeps up after themselves: otherwise the dead sessions of years stay.
        const swept = db.$with("swept").as(
          db
            .delete(sessions)
            .where(and(eq(sessions.userId, userId), lte(sessions.expiresAt, createdAtMs)))
            .returning({ id: sessions.id }),
        );
        await db.with(swept).insert(sessions).values({ id, userId, createdAt: createdAtMs, expiresAt: expiresAtMs });
      });
    },

    async get(id, nowMs) {
      const [row] = await postgres.run((db) => db.select().from(sessions).where(eq(sessions.id, id)));
      if (row === undefined || row.expiresAt <= nowMs) return null;
      return { id: row.id, userId: row.userId, createdAtMs: row.createdAt, expiresAtMs: row.expiresAt };
    },

    async revoke(id) {
      await postgres.run((db) => db.delete(sessions).where(eq(sessions.id, id)));
    },
  };
}
