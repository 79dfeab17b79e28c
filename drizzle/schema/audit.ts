import { bigint, index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { SessionId, UserId } from "../../core/lib/ids.ts";
import { instant } from "./columns.ts";

/** Append-only. No foreign keys: what happened to an account outlives it. */
export const auditEvents = pgTable(
  "audit_events",
  {
    number: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    type: text().notNull(),
    at: instant("at").notNull(),
    userId: uuid("user_id").$type<UserId>(),
    sessionId: uuid("session_id").$type<SessionId>(),
    address: text(),
  },
  (table) => [index("audit_events_user").on(table.userId, table.number)],
);
