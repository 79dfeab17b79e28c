import { exp, log } from "../elementary.ts";
import { meltingK } from "./planet.ts";

// Snow that the wind takes up from the ground, and how far one still sees in it: pure functions, the same bits on every engine.
// Threshold of dry snow: Li & Pomeroy 1997. Profile of what is in the air, and sight by its flux: Takeuchi & Fukuzawa 1976; Matsuzawa &
// Takeuchi 2002, whose constants are written down from memory here.

/** Loose snow that there must be, kg/m²; with less the ground is swept clean at once. */
export const looseLeast = 1;

/** m/s at 10 m from which dry snow is taken up. */
export function snowThresholdMps(airK: number): number {
  const celsius = Math.max(-25, Math.min(0, airK - meltingK));
  return 9.43 + 0.18 * celsius + 0.0033 * celsius * celsius;
}

/** Where falling snow ends and the layer of leaping grains begins: g/m³ at 0.15 m. */
const [leapingGm3, leapingM] = [30, 0.15];
/** Of the wind's friction to the wind at 10 m, over flat snow; how fast blown grains fall, m/s; von Kármán. */
const [frictionShare, fallMps, karman] = [0.036, 0.35, 0.4];
const eyesM = 1.5;
/** Of the wind at the height of the eyes to that at 10 m: over snow, roughness 0.2 mm. */
const atEyes = 0.82;

/** How far one sees through snow that is blown off the ground, in metres; Infinity where none is. Wind at 10 m. */
export function blownVisibilityM(windMps: number, airK: number, looseMm: number): number {
  if (looseMm < looseLeast || airK > meltingK || windMps < snowThresholdMps(airK)) return Infinity;
  const steepness = fallMps / (karman * frictionShare * windMps);
  const gramsM3 = leapingGm3 * exp(-steepness * log(eyesM / leapingM));
  const flux = gramsM3 * atEyes * windMps;
  // log₁₀ V = 2.845 − 0.773 log₁₀ flux.
  return 700 * exp(-0.773 * log(Math.max(1e-9, flux)));
}

/** Extinction of falling snow per km, by mm of water an hour (order of size: Rasmussen et al. 1999). */
export function fallingExtinction(mmPerHour: number): number {
  return mmPerHour <= 0 ? 0 : 2.8 * exp(0.8 * log(mmPerHour));
}
