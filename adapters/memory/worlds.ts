import { lobbyWorldId } from "#core/lib/ids.ts";
import type { Worlds } from "#core/ports.ts";
import type { WorldRecord } from "#core/world/spec.ts";
import type { MemoryTables } from "./tables.ts";

export function memoryWorlds({ worlds }: Pick<MemoryTables, "worlds">): Worlds {
  return {
    async createIfAbsent(world) {
      if (!worlds.has(world.id)) worlds.set(world.id, structuredClone(world));
    },

    async get(id) {
      return structuredClone(worlds.get(id) ?? null);
    },

    async list() {
      return structuredClone([...worlds.values()].toSorted(lobbyThenOldest));
    },
  };
}

function lobbyThenOldest(one: WorldRecord, other: WorldRecord): number {
  if (one.id === lobbyWorldId || other.id === lobbyWorldId) return one.id === lobbyWorldId ? -1 : 1;
  return one.createdAtMs - other.createdAtMs || (one.id < other.id ? -1 : 1);
}
