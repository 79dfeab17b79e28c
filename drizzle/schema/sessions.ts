import { bigint, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { SessionId, UserId } from "../../core/lib/ids.ts";
import { accounts } from "./accounts.ts";
import { instant } from "./columns.ts";

export const sessions = pgTable(
  "sessions",
  {
    id: uuid().primaryKey().$type<SessionId>(),
    userId: uuid("user_id")
      .notNull()
      .$type<UserId>()
      .references(() => accounts.id, { onDelete: "cascade" }),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    /** Of the secret in its refresh tokens; null: it has none. */
    refreshHash: text("refresh_hash"),
    refreshGeneration: integer("refresh_generation").notNull().default(0),
    /** Milliseconds since 1970. */
    refreshRotatedAt: bigint("refresh_rotated_at", { mode: "number" }).array().notNull().default([]),
  },
  (table) => [index("sessions_user").on(table.userId)],
);
