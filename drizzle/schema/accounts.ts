import { sql } from "drizzle-orm";
import { check, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { UserId, WorldId } from "../../core/lib/ids.ts";
import { instant } from "./columns.ts";
import { worlds } from "./worlds.ts";

export const accounts = pgTable(
  "accounts",
  {
    id: uuid().primaryKey().$type<UserId>(),
    email: text().notNull(),
    username: text().notNull(),
    passwordHash: text("password_hash").notNull(),
    role: text({ enum: ["user", "admin"] })
      .notNull()
      .default("user"),
    createdAt: instant("created_at").notNull(),
    lastLoginAt: instant("last_login_at"),
    /** null: not banned. */
    bannedAt: instant("banned_at"),
    lastWorldId: uuid("last_world_id")
      .$type<WorldId>()
      .references(() => worlds.id, { onDelete: "set null" }),
  },
  (table) => [
    uniqueIndex("accounts_email_unique").on(sql`lower(${table.email})`),
    uniqueIndex("accounts_username_unique").on(sql`lower(${table.username})`),
    check("accounts_role_known", sql`${table.role} in ('user', 'admin')`),
  ],
);
