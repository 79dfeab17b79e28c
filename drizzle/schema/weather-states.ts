import { bigint, customType, integer, pgTable, uuid } from "drizzle-orm/pg-core";
import type { WorldId } from "../../core/lib/ids.ts";
import { worlds } from "./worlds.ts";

const bytes = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });

/** The newest state of each world's weather, deflated. Without it the weather is computed again. */
export const weatherStates = pgTable("weather_states", {
  worldId: uuid("world_id")
    .primaryKey()
    .$type<WorldId>()
    .references(() => worlds.id, { onDelete: "cascade" }),
  fence: bigint({ mode: "number" }).notNull(),
  step: integer().notNull(),
  originStep: integer("origin_step").notNull(),
  pushCount: integer("push_count").notNull(),
  state: bytes().notNull(),
});
