import type { WorldSpecification } from "../protocol/world-specification.ts";
import { rng } from "../sim/rng.ts";
import type { MoonSpec, WorldSpec } from "../world/spec.ts";
import { findSpawn, terrainOf } from "../world/terrain.ts";
import { monthDays, planetSpecOf } from "./planet-of.ts";

const stepM = 5;
/** Far from the equator and from the ice. */
const spawnLatitudeRad = (40 * Math.PI) / 180;

/**
 * The world that players walk in. It is asked where one can stand, which costs some 50 ms: for making worlds, not for turns. The specification
 * goes with it, for whoever needs more than the game's own fields: `planetSpecOf(world.spec.specification)` is what its planet is generated from.
 */
export function worldSpecOf(specification: WorldSpecification): WorldSpec {
  const planet = planetSpecOf(specification);
  const draw = rng(specification.seed, "sky");
  const moons: MoonSpec[] = planet.moons.map((moon, index) => ({
    name: specification.planet.moons[index]!.name,
    periodDays: monthDays(planet, moon),
    phaseAtStart: draw.float(),
  }));
  const spec: WorldSpec = {
    version: 1,
    seed: specification.seed,
    shape: "spherical",
    radiusM: planet.radiusM,
    bounds: null,
    stepM,
    ground: "land",
    theme: specification.theme,
    spawn: { position: { x: 0, y: planet.radiusM * spawnLatitudeRad, z: 0 }, orientation: { x: 0, y: 1, z: 0 } },
    sky: {
      dayLengthS: planet.dayLengthS,
      daysPerYear: planet.yearDays,
      axialTiltRad: planet.axialTiltRad,
      latitudeRad: spawnLatitudeRad,
      moons,
    },
    dilation: 1,
    features: [],
    specification,
  };
  const position = findSpawn(terrainOf(spec), spec, spec.spawn.position);
  return { ...spec, spawn: { ...spec.spawn, position } };
}
