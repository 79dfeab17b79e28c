import type { Place } from "../scene.ts";
import type { WorldSpec } from "../spec.ts";
import type { Terrain } from "../terrain.ts";

/** Something that is remembered of the land of a world, for as long as the land is: whoever opens the world again on the same land finds it. */
export function landMemory<T>(make: () => T): (place: Pick<Place, "terrain" | "spec">) => T {
  const known = new WeakMap<Terrain, WeakMap<WorldSpec, T>>();
  return ({ terrain, spec }) => {
    let worlds = known.get(terrain);
    if (worlds === undefined) known.set(terrain, (worlds = new WeakMap()));
    let memory = worlds.get(spec);
    if (memory === undefined) worlds.set(spec, (memory = make()));
    return memory;
  };
}
