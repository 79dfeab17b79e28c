import { and, desc, eq, gt, lte } from "drizzle-orm";
import type { Session } from "#core/account/model.ts";
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
      return sessionOf(row);
    },

    async revoke(id) {
      await postgres.run((db) => db.delete(sessions).where(eq(sessions.id, id)));
    },

    async ofUser(userId, nowMs) {
      const rows = await postgres.run((db) =>
        db
          .select()
          .from(sessions)
          .where(and(eq(sessions.userId, userId), gt(sessions.expiresAt, nowMs)))
          .orderBy(desc(sessions.createdAt), sessions.id),
      );
      return rows.map(sessionOf);
    },

    async revokeAll(userId) {
      const ended = await postgres.run((db) =>
        db.delete(sessions).where(eq(sessions.userId, userId)).returning({ id: sessions.id }),
      );
      return ended.map(({ id }) => id);
    },
  };
}

function sessionOf(row: typeof sessions.$inferSelect): Session {
  return { id: row.id, userId: row.userId, createdAtMs: row.createdAt, expiresAtMs: row.expiresAt };
}
