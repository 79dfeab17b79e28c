import { index, pgTable, uuid } from "drizzle-orm/pg-core";
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
  },
  (table) => [index("sessions_user").on(table.userId)],
);
