import { acos } from "./powers.ts";
import type { Moon, PlanetSpec } from "./spec.ts";

// Moons and the tides they raise, by the equilibrium theory (Newton; Pugh & Woodworth 2014, "Sea-Level Science", ch. 3): the sea as the surface of
// equal potential under the body, H (3 cos²θ − 1)/2 with H = (m/M) R (R/d)³, M = g R²/G. Orbits are circles in the plane of the equator, which
// Kepler's third law times. The range from low to high is 3H/2: 0.54 m of Earth's Moon and 0.25 m of its Sun, as Pugh has them.

const gravitation = 6.6743e-11;
/** Sun's mass, kg (IAU 2015 nominal GM over G). */
const sunKg = 1.98841e30;

export type Tide = {
  /** Metres between low and high water at the equator, were the sea everywhere and at rest. */
  readonly rangeM: number;
  /** Of the orbit, seconds. */
  readonly periodS: number;
  /** Between high waters, seconds; Infinity where the body stands still in the sky. */
  readonly highWaterEveryS: number;
};

export type Tides = {
  readonly moons: readonly Tide[];
  readonly sun: Tide;
  /** All bodies in line, and the largest two (with the others left out) at right angles. */
  readonly springRangeM: number;
  readonly neapRangeM: number;
};

export function tidesOf(spec: PlanetSpec): Tides {
  const planetKg = (spec.gravityMs2 * spec.radiusM * spec.radiusM) / gravitation;
  const moons = spec.moons.map((moon) => tide(spec, planetKg, moon, moon.massKg + planetKg));
  const yearS = spec.yearDays * spec.dayLengthS;
  const distanceM = Math.cbrt((gravitation * sunKg * yearS * yearS) / (4 * Math.PI * Math.PI));
  const sun = tide(spec, planetKg, { massKg: sunKg, distanceM }, sunKg);
  const ranges = [...moons, sun].map(({ rangeM }) => rangeM).toSorted((a, b) => b - a);
  return {
    moons,
    sun,
    springRangeM: ranges.reduce((sum, range) => sum + range, 0),
    neapRangeM: ranges[0]! - (ranges[1] ?? 0),
  };
}

/** Height of the equilibrium tide of one body, metres, where it stands at that angle from the zenith. Mean over the globe: 0. */
export function tideHeight(rangeM: number, zenithAngleCos: number): number {
  return (rangeM / 1.5) * (1.5 * zenithAngleCos * zenithAngleCos - 0.5);
}

/** Angle that a moon is across in the sky, radians, from its radius. */
export function angularSize(radiusM: number, distanceM: number): number {
  const s = Math.min(1, radiusM / distanceM);
  return 2 * acos(Math.sqrt(1 - s * s));
}

/**
 * Ranges at coasts are more than at open sea, as the wave is slowed: Green's law, (deep / shelf)^¼, with the shelf's depth held at 20 m or more.
 * A factor of 1 … 4 (Pugh & Woodworth 2014, ch. 5).
 */
export function shelfFactor(depthM: number): number {
  return Math.min(4, Math.max(1, Math.sqrt(Math.sqrt(3700 / Math.max(20, depthM)))));
}

function tide(spec: PlanetSpec, planetKg: number, body: Moon, totalKg: number): Tide {
  const near = spec.radiusM / body.distanceM;
  const h = (body.massKg / planetKg) * spec.radiusM * near * near * near;
  const d = body.distanceM;
  const periodS = 2 * Math.PI * Math.sqrt((d * d * d) / (gravitation * totalKg));
  const yearS = spec.yearDays * spec.dayLengthS;
  // The spec's day is from noon to noon: the stars turn once more in a year.
  const turns = 1 / spec.dayLengthS + 1 / yearS;
  const seenTurns = Math.abs(turns - 1 / periodS);
  return { rangeM: 1.5 * h, periodS, highWaterEveryS: seenTurns === 0 ? Infinity : 1 / (2 * seenTurns) };
}
