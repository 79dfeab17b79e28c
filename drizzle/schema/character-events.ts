import { sql } from "drizzle-orm";
import { check, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { CharacterId } from "../../core/lib/ids.ts";
import { characters } from "./characters.ts";
import { exactJson, instant } from "./columns.ts";

/** Append-only, and gone with its character: a life is whose it is. */
export const characterEvents = pgTable(
  "character_events",
  {
    characterId: uuid("character_id")
      .notNull()
      .$type<CharacterId>()
      .references(() => characters.id, { onDelete: "cascade" }),
    version: integer().notNull(),
    type: text().notNull(),
    schemaVersion: integer("schema_version").notNull(),
    payload: exactJson().notNull(),
    metadata: exactJson().notNull(),
    /** By the clock of whoever wrote it, as the metadata has it. */
    at: instant("at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.characterId, table.version] }),
    check("character_events_version_counted", sql`${table.version} >= 1`),
    check("character_events_schema_version_counted", sql`${table.schemaVersion} >= 1`),
  ],
);

/** What may be forgotten: it follows from the events up to its version. */
export const characterSnapshots = pgTable(
  "character_snapshots",
  {
    characterId: uuid("character_id")
      .notNull()
      .$type<CharacterId>()
      .references(() => characters.id, { onDelete: "cascade" }),
    version: integer().notNull(),
    hash: text().notNull(),
    state: exactJson().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.characterId, table.version] }),
    check("character_snapshots_version_counted", sql`${table.version} >= 1`),
  ],
);
