import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  check,
  index,
  integer,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { UserId, WorldId } from "../../core/lib/ids.ts";
import { accounts } from "./accounts.ts";
import { exactJson, instant } from "./columns.ts";

export const worlds = pgTable(
  "worlds",
  {
    id: uuid().primaryKey().$type<WorldId>(),
    name: text().notNull(),
    /** Unique among the living. Null for one that is deleted, and for one that was called like another before names were unique. */
    nameKey: text("name_key"),
    ownerId: uuid("owner_id")
      .$type<UserId>()
      .references((): AnyPgColumn => accounts.id),
    status: text({ enum: ["active", "paused", "generating"] }).notNull(),
    spec: exactJson().notNull(),
    createdAt: instant("created_at").notNull(),
    /** What the log says, up to `logVersion`. */
    clock: exactJson(),
    logVersion: integer("log_version").notNull().default(0),
    isAsleep: boolean("is_asleep").notNull().default(false),
    fault: exactJson(),
    isQuarantined: boolean("is_quarantined").notNull().default(false),
    deletedAt: instant("deleted_at"),
  },
  (table) => [
    check("worlds_status_known", sql`${table.status} in ('active', 'paused', 'generating')`),
    uniqueIndex("worlds_name_key_unique").on(table.nameKey),
    index("worlds_awake")
      .on(table.id)
      .where(sql`not is_asleep and not is_quarantined and deleted_at is null`),
    index("worlds_created").on(table.createdAt, table.id),
    index("worlds_owner").on(table.ownerId, table.createdAt),
  ],
);
