import { pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

/** Who is alive and may own worlds. A name is written again with every renewal of its leases. */
export const workers = pgTable("workers", {
  name: text().primaryKey(),
  expiresAt: instant("expires_at").notNull(),
});
