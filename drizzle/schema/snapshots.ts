import { sql } from "drizzle-orm";
import { check, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { WorldId } from "../../core/lib/ids.ts";
import { exactJson, instant } from "./columns.ts";
import { worlds } from "./worlds.ts";

export const snapshots = pgTable(
  "snapshots",
  {
    worldId: uuid("world_id")
      .notNull()
      .$type<WorldId>()
      .references(() => worlds.id),
    version: integer().notNull(),
    hash: text().notNull(),
    state: exactJson().notNull(),
    recordedAt: instant("recorded_at")
      .notNull()
      .default(sql`now()`),
  },
  (table) => [
    primaryKey({ columns: [table.worldId, table.version] }),
    check("snapshots_version_counted", sql`${table.version} >= 0`),
  ],
);
