import type { Placed, Placements } from "#core/ports/placements.ts";
import { distanceM } from "#core/world/space.ts";
import type { MemoryTables } from "./tables.ts";

const keyOf = ({ kind, id }: Pick<Placed, "kind" | "id">): string => `${kind} ${id}`;

export function memoryPlacements({ placements, leases }: Pick<MemoryTables, "placements" | "leases">): Placements {
  return {
    async write({ worldId, fence, placed, gone, isWhole }) {
      if (leases.get(worldId)?.fence !== fence) return;
      const kept = new Map(isWhole ? [] : placements.get(worldId));
      for (const each of gone) kept.delete(keyOf(each));
      for (const each of placed) kept.set(keyOf(each), structuredClone(each));
      placements.set(worldId, kept);
    },

    async nearby({ id, space }, { position, radiusM, limit }) {
      return [...(placements.get(id)?.values() ?? [])]
        .map((placed) => ({ ...structuredClone(placed), distanceM: distanceM(space, position, placed.position) }))
        .filter((placed) => placed.distanceM <= radiusM)
        .toSorted((one, other) => one.distanceM - other.distanceM)
        .slice(0, limit);
    },
  };
}
