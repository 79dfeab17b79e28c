import { atan2, cos, sin } from "../elementary.ts";
import type { Planet } from "./planet.ts";

// Where the sun stands, as core/sim/astronomy.ts has it (Meeus ch. 30), from + − × ÷ √ and core/sim/elementary.ts: it belongs to stored
// state. Time begins at midnight at longitude 0, at the northern spring. Kepler's equation by a fixed number of Newton steps.

const newtonSteps = 12;

/** Writes the sun's direction in the turning frame of the grid (a unit vector), then the W/m² of a square that faces it. */
export function putSun(out: Float64Array, planet: Planet, timeS: number): void {
  const days = timeS / planet.dayLengthS;
  const years = days / planet.daysPerYear;
  const turn = 2 * Math.PI * (years - Math.floor(years));
  let even = turn;
  let seen = turn;
  let closeness = 1;
  const e = planet.eccentricity;
  if (e > 0) {
    const springMean = meanAnomaly(-planet.perihelionRad, e);
    even = springMean + turn + planet.perihelionRad;
    const eccentric = eccentricAnomaly(springMean + turn, e);
    closeness = 1 / (1 - e * cos(eccentric));
    seen = planet.perihelionRad + atan2(Math.sqrt(1 - e * e) * sin(eccentric), cos(eccentric) - e);
  }
  const x = cos(seen);
  const y = sin(seen) * cos(planet.axialTiltRad);
  const hour = 2 * Math.PI * (days - Math.floor(days)) - Math.PI;
  const turned = planet.isRetrograde ? even - hour : even + hour;
  const c = cos(turned);
  const s = sin(turned);
  out[0] = c * x + s * y;
  out[1] = c * y - s * x;
  out[2] = sin(seen) * sin(planet.axialTiltRad);
  out[3] = planet.sunlight * closeness * closeness;
}

function meanAnomaly(trueAnomaly: number, e: number): number {
  const eccentric = atan2(Math.sqrt(1 - e * e) * sin(trueAnomaly), e + cos(trueAnomaly));
  return eccentric - e * sin(eccentric);
}

function eccentricAnomaly(anomaly: number, e: number): number {
  const mean = anomaly - 2 * Math.PI * Math.floor(anomaly / (2 * Math.PI) + 0.5);
  let eccentric = e > 0.5 ? (mean < 0 ? -Math.PI : Math.PI) : mean;
  for (let step = 0; step < newtonSteps; step++) {
    eccentric -= (eccentric - e * sin(eccentric) - mean) / (1 - e * cos(eccentric));
  }
  return eccentric;
}
