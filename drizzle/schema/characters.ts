import { sql } from "drizzle-orm";
import { boolean, check, doublePrecision, index, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { CharacterId, NpcId, UserId, WorldId } from "../../core/lib/ids.ts";
import { accounts } from "./accounts.ts";
import { exactJson, instant } from "./columns.ts";
import { worlds } from "./worlds.ts";

export const characters = pgTable(
  "characters",
  {
    id: uuid().primaryKey().$type<CharacterId>(),
    userId: uuid("user_id")
      .notNull()
      .$type<UserId>()
      .references(() => accounts.id),
    homeWorldId: uuid("home_world_id")
      .notNull()
      .$type<WorldId>()
      .references(() => worlds.id),
    worldId: uuid("world_id")
      .notNull()
      .$type<WorldId>()
      .references(() => worlds.id),
    travels: integer().notNull(),
    hasArrived: boolean("has_arrived").notNull(),
    name: text().notNull(),
    role: text({ enum: ["player", "watcher", "admin"] }).notNull(),
    species: text().notNull(),
    appearance: text(),
    description: text(),
    occupation: text(),
    attributes: exactJson(),
    positionX: doublePrecision("position_x").notNull(),
    positionY: doublePrecision("position_y").notNull(),
    positionZ: doublePrecision("position_z").notNull(),
    orientationX: doublePrecision("orientation_x").notNull(),
    orientationY: doublePrecision("orientation_y").notNull(),
    orientationZ: doublePrecision("orientation_z").notNull(),
    isFlying: boolean("is_flying").notNull(),
    stamina: doublePrecision(),
    health: doublePrecision(),
    life: exactJson(),
    /** Whom of those who live in its home it is; null for a newcomer. */
    npcId: uuid("npc_id").$type<NpcId>(),
    createdAt: instant("created_at").notNull(),
    lastPlayedAt: instant("last_played_at"),
    /** How many events its stream has. Whoever appends to that counts here first, and so waits for whoever else does. */
    logVersion: integer("log_version").notNull().default(0),
  },
  (table) => [
    uniqueIndex("characters_user_home_unique").on(table.userId, table.homeWorldId),
    uniqueIndex("characters_npc_unique").on(table.homeWorldId, table.npcId),
    index("characters_world").on(table.worldId),
    check("characters_role_known", sql`${table.role} in ('player', 'watcher', 'admin')`),
    check("characters_travels_counted", sql`${table.travels} >= 0`),
    check("characters_stamina_not_negative", sql`${table.stamina} >= 0`),
    check("characters_health_not_negative", sql`${table.health} >= 0`),
    check("characters_log_version_counted", sql`${table.logVersion} >= 0`),
  ],
);
