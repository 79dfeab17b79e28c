import { assert } from "#core/lib/assert.ts";
import { planetBytesMax, type Planets } from "#core/ports/planets.ts";
import type { MemoryTables } from "./tables.ts";

export function memoryPlanets({ planets, worlds }: Pick<MemoryTables, "planets" | "worlds">): Planets {
  return {
    async get(id) {
      return planets.get(id)?.slice() ?? null;
    },

    async keep(id, planet, spawn) {
      assert(planet.length <= planetBytesMax, `a planet of ${planet.length} bytes`);
      const world = worlds.get(id);
      assert(world !== undefined, `a planet for ${id}, which is no world`);
      if (planets.has(id)) return false;
      planets.set(id, planet.slice());
      if (world.status === "generating") {
        const spec = { ...world.spec, spawn: { ...world.spec.spawn, position: { ...spawn } } };
        worlds.set(id, { ...world, status: "active", spec });
      }
      return true;
    },
  };
}
