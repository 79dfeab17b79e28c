import { sql } from "drizzle-orm";
import { check, index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { UserId, WorldId } from "../../core/lib/ids.ts";
import { instant } from "./columns.ts";
import { worlds } from "./worlds.ts";

export const accounts = pgTable(
  "accounts",
  {
    id: uuid().primaryKey().$type<UserId>(),
    email: text().notNull(),
    /** null: nobody has shown that mail to it is read. */
    emailVerifiedAt: instant("email_verified_at"),
    username: text().notNull(),
    passwordHash: text("password_hash").notNull(),
    role: text({ enum: ["user", "admin"] })
      .notNull()
      .default("user"),
    createdAt: instant("created_at").notNull(),
    lastLoginAt: instant("last_login_at"),
    /** null: not banned. */
    bannedAt: instant("banned_at"),
    /** Its owner has asked for it: nobody finds it any more, and what is left of it is on its way out. */
    deletionBegunAt: instant("deletion_begun_at"),
    lastWorldId: uuid("last_world_id")
      .$type<WorldId>()
      .references(() => worlds.id, { onDelete: "set null" }),
  },
  (table) => [
    uniqueIndex("accounts_email_unique").on(sql`lower(${table.email})`),
    uniqueIndex("accounts_username_unique").on(sql`lower(${table.username})`),
    index("accounts_deletions")
      .on(table.deletionBegunAt)
      .where(sql`${table.deletionBegunAt} is not null`),
    check("accounts_role_known", sql`${table.role} in ('user', 'admin')`),
  ],
);
