import type { Planets } from "#core/ports/planets.ts";
import type { Worlds } from "#core/ports/worlds.ts";

/** Worlds whose planets are there as soon as they are created, for tests that have no owner of worlds. */
export function madeAtOnce(worlds: Worlds, planets: Planets): Worlds {
  return {
    ...worlds,
    async create(world, firstEvents) {
      const outcome = await worlds.create(world, firstEvents);
      if (outcome === "created" && world.status === "generating")
        await planets.keep(world.id, new Uint8Array(1), world.spec.spawn.position);
      return outcome;
    },
  };
}
