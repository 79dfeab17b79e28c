import { asc, desc, eq, sql } from "drizzle-orm";
import type { AuditEvent } from "#core/account/audit.ts";
import type { Audit } from "#core/ports/audit.ts";
import type { Log } from "#core/ports/system.ts";
import { auditEvents } from "#drizzle/schema/audit.ts";
import type { Postgres } from "./postgres.ts";

export function postgresAudit(postgres: Postgres, log: Log): Audit {
  return {
    async record({ type, atMs, userId, sessionId, address }) {
      try {
        await postgres.run((db) => db.insert(auditEvents).values({ type, at: atMs, userId, sessionId, address }));
      } catch (error) {
        log.error({ type, atMs, userId, sessionId, error }, "an event of the audit could not be kept");
      }
    },

    async list({ userId, limit }) {
      const rows = await postgres.run((db) =>
        db
          .select()
          .from(auditEvents)
          .where(userId === null ? undefined : eq(auditEvents.userId, userId))
          .orderBy(desc(auditEvents.number))
          .limit(limit),
      );
      return rows.map(({ at, type, ...rest }) => ({ ...rest, type: type as AuditEvent["type"], atMs: at }));
    },

    async deleteBefore(beforeMs, limit) {
      // The first in order of their numbers, which is that of time but for the clocks of several processes: no index on the time is needed.
      const deleted = await postgres.run((db) => {
        const oldest = db
          .$with("oldest")
          .as(
            db.select({ number: auditEvents.number }).from(auditEvents).orderBy(asc(auditEvents.number)).limit(limit),
          );
        return db
          .with(oldest)
          .delete(auditEvents)
          .where(
            sql`${auditEvents.number} in (select number from oldest) and ${auditEvents.at} < ${new Date(beforeMs).toISOString()}`,
          )
          .returning({ number: auditEvents.number });
      });
      return deleted.length;
    },
  };
}
