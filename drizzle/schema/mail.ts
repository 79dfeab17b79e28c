import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { UserId } from "../../core/lib/ids.ts";
import { accounts } from "./accounts.ts";
import { instant } from "./columns.ts";

/** What was mailed to somebody to be shown again, as a hash: the newest of each purpose. */
export const mailTokens = pgTable(
  "mail_tokens",
  {
    userId: uuid("user_id")
      .notNull()
      .$type<UserId>()
      .references(() => accounts.id, { onDelete: "cascade" }),
    purpose: text({ enum: ["verify", "reset"] }).notNull(),
    hash: text().notNull(),
    /** To which it was mailed. */
    email: text().notNull(),
    expiresAt: instant("expires_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.purpose] }),
    uniqueIndex("mail_tokens_hash").on(table.hash),
    check("mail_tokens_purpose_known", sql`${table.purpose} in ('verify', 'reset')`),
  ],
);

/** Mail that is still to be sent. No foreign key: some is for addresses that nobody here has, or had until just now. */
export const letters = pgTable(
  "letters",
  {
    id: uuid().primaryKey(),
    kind: text().notNull(),
    to: text().notNull(),
    userId: uuid("user_id").$type<UserId>(),
    at: instant("at").notNull(),
    dueAt: instant("due_at").notNull(),
    attempts: integer().notNull().default(0),
  },
  (table) => [uniqueIndex("letters_kind_to").on(table.kind, table.to), index("letters_due").on(table.dueAt)],
);
