import { sql } from "drizzle-orm";
import { type AnyPgColumn, check, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { UserId, WorldId } from "../../core/lib/ids.ts";
import { accounts } from "./accounts.ts";
import { exactJson, instant } from "./columns.ts";

export const worlds = pgTable(
  "worlds",
  {
    id: uuid().primaryKey().$type<WorldId>(),
    name: text().notNull(),
    ownerId: uuid("owner_id")
      .$type<UserId>()
      .references((): AnyPgColumn => accounts.id),
    status: text({ enum: ["active", "paused", "generating"] }).notNull(),
    spec: exactJson().notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [check("worlds_status_known", sql`${table.status} in ('active', 'paused', 'generating')`)],
);
