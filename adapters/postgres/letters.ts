import { asc, eq, inArray, lte, sql } from "drizzle-orm";
import type { LetterKind } from "#core/account/letter.ts";
import { letterTakenMs, type Letters } from "#core/ports/mail.ts";
import { letters } from "#drizzle/schema/mail.ts";
import type { Postgres } from "./postgres.ts";

export function postgresLetters(postgres: Postgres): Letters {
  return {
    async put({ id, kind, to, userId, atMs }) {
      await postgres.run((db) =>
        db
          .insert(letters)
          .values({ id, kind, to, userId, at: atMs, dueAt: atMs })
          .onConflictDoUpdate({
            target: [letters.kind, letters.to],
            set: { dueAt: sql`least(letters.due_at, excluded.due_at + ${`${letterTakenMs} milliseconds`}::interval)` },
          }),
      );
    },

    async take(nowMs, limit) {
      const rows = await postgres.run((db) => {
        const due = db
          .select({ id: letters.id })
          .from(letters)
          .where(lte(letters.dueAt, nowMs))
          .orderBy(asc(letters.dueAt))
          .limit(limit)
          .for("update", { skipLocked: true });
        return db
          .update(letters)
          .set({ dueAt: nowMs + letterTakenMs, attempts: sql`${letters.attempts} + 1` })
          .where(inArray(letters.id, due))
          .returning();
      });
      return rows.map(({ id, kind, to, userId, at, attempts }) => ({
        id,
        kind: kind as LetterKind,
        to,
        userId,
        atMs: at,
        attempts,
      }));
    },

    async postpone(id, dueAtMs) {
      await postgres.run((db) => db.update(letters).set({ dueAt: dueAtMs }).where(eq(letters.id, id)));
    },

    async remove(id) {
      await postgres.run((db) => db.delete(letters).where(eq(letters.id, id)));
    },
  };
}
