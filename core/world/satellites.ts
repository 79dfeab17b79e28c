import type { WorldMap } from "../protocol/world-map.ts";
import { moonsOf } from "./sky.ts";
import type { WorldSpec } from "./spec.ts";

const earthRadiusM = 6_371_000;
const earthGravityMs2 = 9.80665;
/** The Moon's (NASA's fact sheet), and how large it is in the sky against its distance. */
const moonDensity = 3_344;
const moonSize = 1_737_400 / 384_400_000;

/**
 * The moons in the sky as bodies. Where the planet knows a moon's mass and distance, those; else as far away as its period makes it (Kepler's third law)
 * and as large in the sky as Earth's.
 */
export function satellitesOf(spec: WorldSpec): WorldMap["satellites"] {
  const planet = spec.generator?.planet;
  const gravityRadius2 = (planet?.gravityMs2 ?? earthGravityMs2) * (spec.radiusM ?? earthRadiusM) ** 2;
  return moonsOf(spec).map(({ name, periodDays }, index) => {
    const known = planet?.moons[index];
    const aroundS = periodDays * spec.sky.dayLengthS;
    const distance = known?.distanceM ?? Math.cbrt(gravityRadius2 * (aroundS / (2 * Math.PI)) ** 2);
    const volume = (radius: number) => (4 / 3) * Math.PI * radius ** 3;
    const radius =
      known === undefined ? moonSize * distance : Math.cbrt(known.massKg / moonDensity / ((4 / 3) * Math.PI));
    const mass = known?.massKg ?? moonDensity * volume(radius);
    return { id: `moon-${index + 1}`, name, mass, distance, period: periodDays, radius };
  });
}
