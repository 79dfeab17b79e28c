import { sql } from "drizzle-orm";
import { bigint, check, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { exactJson } from "./columns.ts";

/** How far each projection has come in the feed of all events. */
export const projections = pgTable(
  "projections",
  { name: text().primaryKey(), position: bigint({ mode: "number" }).notNull() },
  (table) => [check("projections_position_counted", sql`${table.position} >= 0`)],
);

export const projectionDocuments = pgTable(
  "projection_documents",
  {
    projection: text()
      .notNull()
      .references(() => projections.name, { onDelete: "cascade" }),
    key: text().notNull(),
    document: exactJson().notNull(),
  },
  (table) => [primaryKey({ columns: [table.projection, table.key] })],
);
