import { sql } from "drizzle-orm";
import { bigint, check, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import type { WorldId } from "../../core/lib/ids.ts";
import { exactJson, instant } from "./columns.ts";

/** Append-only. No foreign key: an append is fenced by the world's lease, which has one. */
export const events = pgTable(
  "events",
  {
    position: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    stream: uuid().notNull().$type<WorldId>(),
    version: integer().notNull(),
    type: text().notNull(),
    schemaVersion: integer("schema_version").notNull(),
    payload: exactJson().notNull(),
    metadata: exactJson().notNull(),
    recordedAt: instant("recorded_at")
      .notNull()
      .default(sql`now()`),
  },
  (table) => [
    unique("events_stream_version_unique").on(table.stream, table.version),
    check("events_version_counted", sql`${table.version} >= 1`),
    check("events_schema_version_counted", sql`${table.schemaVersion} >= 1`),
  ],
);
