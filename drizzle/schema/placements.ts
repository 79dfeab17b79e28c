import { sql } from "drizzle-orm";
import { check, doublePrecision, index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { WorldId } from "../../core/lib/ids.ts";
import { pointZ } from "./columns.ts";
import { worlds } from "./worlds.ts";

/** Who and what is where, as the owner of each world wrote it last: a projection of its state, for questions about places. */
export const placements = pgTable(
  "placements",
  {
    worldId: uuid("world_id")
      .notNull()
      .$type<WorldId>()
      .references(() => worlds.id, { onDelete: "cascade" }),
    kind: text({ enum: ["character", "inhabitant", "thing"] }).notNull(),
    id: text().notNull(),
    name: text().notNull(),
    x: doublePrecision().notNull(),
    y: doublePrecision().notNull(),
    z: doublePrecision().notNull(),
    /** In space: x, y, z on a flat world, from the centre on a sphere, so that the nearest across a pole or the antimeridian are near. */
    point: pointZ().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.worldId, table.kind, table.id] }),
    index("placements_point").using("gist", table.point.asc().op("gist_geometry_ops_nd")),
    check("placements_kind_known", sql`${table.kind} in ('character', 'inhabitant', 'thing')`),
  ],
);
