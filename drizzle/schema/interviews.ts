import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { UserId, WorldId } from "../../core/lib/ids.ts";
import { accounts } from "./accounts.ts";
import { exactJson, instant } from "./columns.ts";

/** What follows from its events and is asked for: whose it is, whether it is open, and how far it is. */
export const interviews = pgTable(
  "interviews",
  {
    id: uuid().primaryKey(),
    userId: uuid("user_id")
      .notNull()
      .$type<UserId>()
      .references(() => accounts.id, { onDelete: "cascade" }),
    status: text({ enum: ["open", "completed", "abandoned"] }).notNull(),
    version: integer().notNull(),
    startedAt: instant("started_at").notNull(),
    changedAt: instant("changed_at").notNull(),
    /** The world that it is making just now. It may not be there yet, or never be. */
    makesWorldId: uuid("makes_world_id").$type<WorldId>(),
  },
  (table) => [
    check("interviews_status_known", sql`${table.status} in ('open', 'completed', 'abandoned')`),
    uniqueIndex("interviews_open_unique")
      .on(table.userId)
      .where(sql`status = 'open'`),
    index("interviews_of_user").on(table.userId, table.startedAt),
    index("interviews_making")
      .on(table.changedAt)
      .where(sql`makes_world_id is not null`),
  ],
);

/** Append-only, and gone with its interview: what somebody said is his. */
export const interviewEvents = pgTable(
  "interview_events",
  {
    interviewId: uuid("interview_id")
      .notNull()
      .references(() => interviews.id, { onDelete: "cascade" }),
    version: integer().notNull(),
    type: text().notNull(),
    schemaVersion: integer("schema_version").notNull(),
    payload: exactJson().notNull(),
    metadata: exactJson().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.interviewId, table.version] }),
    check("interview_events_version_counted", sql`${table.version} >= 1`),
  ],
);
