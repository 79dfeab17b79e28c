import type { WorldSpecification } from "../protocol/world-specification.ts";
import { rng } from "../sim/rng.ts";
import type { MoonSpec, WorldSpec } from "../world/spec.ts";
import type { InterviewPolicy } from "./context.ts";
import { monthDays, planetSpecOf } from "./planet-of.ts";

const stepM = 5;
/** Far from the equator and from the ice. */
const spawnLatitudeRad = (40 * Math.PI) / 180;

/**
 * The world that players walk in. Its planet is made by whoever owns it first (open-world.ts), who also finds where one can stand near the
 * wished spawn. The specification goes with it, for whoever needs more than the game's own fields.
 */
export function worldSpecOf(
  specification: WorldSpecification,
  climate: InterviewPolicy["planetClimate"] = "provisional",
): WorldSpec {
  const planet = planetSpecOf(specification);
  const draw = rng(specification.seed, "sky");
  const moons: MoonSpec[] = planet.moons.map((moon, index) => ({
    name: specification.planet.moons[index]!.name,
    periodDays: monthDays(planet, moon),
    phaseAtStart: draw.float(),
  }));
  return {
    version: 1,
    seed: specification.seed,
    shape: "spherical",
    radiusM: planet.radiusM,
    bounds: null,
    stepM,
    ground: "planet",
    generator: { kind: "planet", version: 1, planet, ...(climate === "settled" && { climate }) },
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
    ...(specification.fights === "free" && { isLawless: true }),
    features: [],
    specification,
  };
}
