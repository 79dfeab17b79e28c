import { eq } from "drizzle-orm";
import type { WorldNames } from "#core/ports/worlds.ts";
import { nameKeyOf } from "#core/world/world-name.ts";
import { worlds } from "#drizzle/schema/worlds.ts";
import type { Postgres } from "./postgres.ts";

export function postgresWorldNames(postgres: Postgres): WorldNames {
  return {
    async isFree(called) {
      const found = await postgres.run((db) =>
        db
          .select({ id: worlds.id })
          .from(worlds)
          .where(eq(worlds.nameKey, nameKeyOf(called)))
          .limit(1),
      );
      return found.length === 0;
    },
  };
}
