import { check, customType, pgTable, uuid } from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";
import type { WorldId } from "../../core/lib/ids.ts";
import { instant } from "./columns.ts";
import { worlds } from "./worlds.ts";

const bytes = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });

/** Written once and never changed: the ground that players stand on. */
export const planets = pgTable(
  "planets",
  {
    worldId: uuid("world_id")
      .primaryKey()
      .$type<WorldId>()
      .references(() => worlds.id),
    planet: bytes().notNull(),
    madeAt: instant("made_at")
      .notNull()
      .default(sql`now()`),
  },
  (table) => [check("planets_bounded", sql`length(${table.planet}) between 1 and 16777216`)],
);
