import { cos, exp, log } from "../elementary.ts";

// Wind, pressure and rain around the middle of a tropical cyclone, by distance: pure functions. Winds are sustained, at 10 m over the sea.
// Profile: Holland 1980. Inner radius: Willoughby & Rahn 2004. Rain: R-CLIPER, Tuleya, DeMaria & Kuligowski 2007.

export type CycloneShape = {
  readonly maxMps: number;
  /** Of the strongest wind. */
  readonly innerM: number;
  /** 2 Ω sin φ without its sign, 1/s. */
  readonly coriolis: number;
  /** Of all lengths against the Earth's: see `cycloneScale`. */
  readonly scale: number;
};

export const stormFromMps = 17.5;
export const hurricaneFromMps = 33;

const airDensity = 1.15;
/** Of the wind at 10 m to that above the friction of the sea (Powell 1980). */
const nearSurface = 0.9;
const mmPerInchDay = 25.4 / 24;

/** On worlds smaller than half the Earth storms are smaller too, so that none goes round a whole hemisphere. */
export const cycloneScale = (radiusM: number): number => Math.min(1, radiusM / 3.2e6);

/** Beyond it there is nothing of a cyclone. */
export const reachM = (scale: number): number => 800_000 * scale;

/** Smaller the stronger, larger the farther from the equator. */
export function innerRadiusM(maxMps: number, latitudeRad: number, scale: number): number {
  const degrees = Math.min(45, (Math.abs(latitudeRad) * 180) / Math.PI);
  return 46_400 * scale * exp(-0.0155 * maxMps + 0.0169 * degrees);
}

/** Holland's B: 1.2 of a weak storm to 1.8 of the strongest, within his 1 … 2.5. */
export const peakedness = (maxMps: number): number => Math.min(2.5, 1.1 + maxMps / 110);

/** How much lower the middle is than the air around, Pa: V² = B Δp / (ρ e). */
export function pressureDropPa(maxMps: number): number {
  const above = maxMps / nearSurface;
  return (airDensity * Math.E * above * above) / peakedness(maxMps);
}

/** m/s. √(V² (R/r)^B e^(1 − (R/r)^B) + (r f/2)²) − r f/2. */
export function windAt({ maxMps, innerM, coriolis }: CycloneShape, distanceM: number): number {
  if (distanceM < 0.02 * innerM) return 0;
  const ratio = power(innerM / distanceM, peakedness(maxMps));
  const turning = 0.5 * distanceM * coriolis;
  return Math.sqrt(maxMps * maxMps * ratio * exp(1 - ratio) + turning * turning) - turning;
}

/** Pa below the air around, at the sea. */
export function pressureDropAt({ maxMps, innerM }: CycloneShape, distanceM: number): number {
  const ratio = distanceM < 0.02 * innerM ? 700 : power(innerM / distanceM, peakedness(maxMps));
  return pressureDropPa(maxMps) * (1 - exp(-Math.min(700, ratio)));
}

/** mm an hour. The middle is drier than its wall. */
export function rainAt({ maxMps, scale }: CycloneShape, distanceM: number): number {
  const knots = Math.min(140, maxMps * 1.9438);
  const strength = 1 + (knots - 35) / 33;
  const middle = Math.max(0, -1.1 + 3.96 * strength);
  const wall = Math.max(0, -1.6 + 4.8 * strength);
  const wallM = Math.max(20_000, 64_500 - 13_000 * strength) * scale;
  const fadeM = Math.max(70_000, 150_000 - 16_000 * strength) * scale;
  const inches =
    distanceM < wallM ? middle + ((wall - middle) * distanceM) / wallM : wall * exp((wallM - distanceM) / fadeM);
  return inches * mmPerInchDay;
}

/** 1 near the middle, 0 from the reach on, smooth between. */
export function presence(distanceM: number, scale: number): number {
  const along = Math.min(1, Math.max(0, 2 * (distanceM / reachM(scale)) - 1));
  return 0.5 + 0.5 * cos(Math.PI * along);
}

const power = (base: number, exponent: number): number => exp(exponent * log(base));
