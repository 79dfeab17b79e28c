import { and, desc, eq, gt, lte, ne, sql } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { lastsUntilMs, type Session } from "#core/account/model.ts";
import { present } from "#core/account/refresh-family.ts";
import type { Refreshed, Sessions } from "#core/ports/sessions.ts";
import { sessions } from "#drizzle/schema/sessions.ts";
import type { Postgres } from "./postgres.ts";

export function postgresSessions(postgres: Postgres): Sessions {
  return {
    async create({ id, userId, createdAtMs, expiresAtMs }, refreshHash) {
      await postgres.run(async (db) => {
        // Whoever comes back sweeps up after themselves: otherwise the dead sessions of years stay.
        const swept = db.$with("swept").as(
          db
            .delete(sessions)
            .where(and(eq(sessions.userId, userId), lte(sessions.expiresAt, createdAtMs)))
            .returning({ id: sessions.id }),
        );
        const times = { createdAt: createdAtMs, expiresAt: expiresAtMs };
        await db
          .with(swept)
          .insert(sessions)
          .values({ id, userId, ...times, refreshHash });
      });
    },

    async get(id, nowMs) {
      const [row] = await postgres.run((db) => db.select().from(sessions).where(eq(sessions.id, id)));
      if (row === undefined || row.expiresAt <= nowMs) return null;
      return sessionOf(row);
    },

    async touch(id, nowMs, { idleMs, absoluteMs }) {
      const [idleEnd, life] = [new Date(nowMs + idleMs).toISOString(), `${absoluteMs} milliseconds`];
      await postgres.run((db) =>
        db
          .update(sessions)
          .set({
            expiresAt: sql`greatest(${sessions.expiresAt}, least(${idleEnd}, ${sessions.createdAt} + ${life}::interval))`,
          })
          .where(and(eq(sessions.id, id), gt(sessions.expiresAt, nowMs))),
      );
    },

    refresh: (...asked) => postgres.run((db) => db.transaction((tx) => refreshIn(tx, ...asked))),

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

    async revokeAll(userId, except) {
      const others = except === undefined ? undefined : ne(sessions.id, except);
      const ended = await postgres.run((db) =>
        db
          .delete(sessions)
          .where(and(eq(sessions.userId, userId), others))
          .returning({ id: sessions.id }),
      );
      return ended.map(({ id }) => id);
    },
  };
}

type Transaction = Parameters<Parameters<NodePgDatabase["transaction"]>[0]>[0];

async function refreshIn(
  tx: Transaction,
  ...[id, presented, nowMs, lifetime]: Parameters<Sessions["refresh"]>
): Promise<Refreshed> {
  const [row] = await tx
    .select()
    .from(sessions)
    .where(and(eq(sessions.id, id), gt(sessions.expiresAt, nowMs)))
    .for("update");
  if (row === undefined || row.refreshHash === null) return { outcome: "unknown" };
  const { refreshHash: hash, refreshGeneration: generation, refreshRotatedAt: rotatedAtMs } = row;
  const family = present({ hash, generation, rotatedAtMs }, presented, nowMs);
  if (family === "unknown") return { outcome: "unknown" };
  if (family === "reused") {
    await tx.delete(sessions).where(eq(sessions.id, id));
    return { outcome: "reused", userId: row.userId };
  }
  const session = sessionOf(row);
  const expiresAtMs = lastsUntilMs(session, nowMs, lifetime);
  await tx
    .update(sessions)
    .set({ expiresAt: expiresAtMs, refreshGeneration: family.generation, refreshRotatedAt: [...family.rotatedAtMs] })
    .where(eq(sessions.id, id));
  return { outcome: "refreshed", session: { ...session, expiresAtMs }, generation: family.generation };
}

function sessionOf(row: typeof sessions.$inferSelect): Session {
  return { id: row.id, userId: row.userId, createdAtMs: row.createdAt, expiresAtMs: row.expiresAt };
}
