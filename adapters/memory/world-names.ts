import type { WorldNames } from "#core/ports/worlds.ts";
import { nameKeyOf } from "#core/world/world-name.ts";
import type { MemoryTables } from "./tables.ts";

export function memoryWorldNames({ worlds }: Pick<MemoryTables, "worlds">): WorldNames {
  return {
    async isFree(called) {
      const key = nameKeyOf(called);
      return ![...worlds.values()].some((row) => row.deletedAtMs === undefined && nameKeyOf(row.name) === key);
    },
  };
}
