import { sql } from "drizzle-orm";
import { bigint, check, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { WorldId } from "../../core/lib/ids.ts";
import { instant } from "./columns.ts";
import { worlds } from "./worlds.ts";

/** A row is never deleted while its world is there: its fence must never return. */
export const leases = pgTable(
  "leases",
  {
    worldId: uuid("world_id")
      .primaryKey()
      .$type<WorldId>()
      .references(() => worlds.id),
    /** null: free. */
    owner: text(),
    fence: bigint({ mode: "number" }).notNull(),
    expiresAt: instant("expires_at").notNull(),
  },
  (table) => [check("leases_fence_counted", sql`${table.fence} >= 1`)],
);
