import { fbm, smoothstep } from "./noise.ts";
import type { Structure } from "./relief.ts";
import { seedOf } from "./rng.ts";

// Annual means for land that has no simulated climate yet.
//   T(μ, h) = 14.9 °C − 28 K · k · P2(μ) − 6.5 K/km · h,  μ = sin latitude, P2 = (3μ² − 1)/2
// The two-mode form of energy balance models (North 1975; the numbers are Earth's northern hemisphere). k is the annual sunlight's
// second mode against Earth's, P2(cos tilt)/P2(cos 23.44°) (North & Coakley 1979): beyond 54.7° of tilt the poles are the warm places.
// Rain: belts at the equator and at 50°, dry between, drier inland, more and less by noise.

export type Climate = {
  readonly scaleM: number;
  /** k above. */
  readonly contrast: number;
  /** How far regions depart from their latitude's mean. */
  readonly regionalK: number;
  readonly seeds: { readonly warmth: number; readonly rain: number; readonly patch: number };
};

export type ClimateAt = { readonly seaLevelC: number; readonly temperatureC: number; readonly rainMmPerYear: number };

export function createClimate(
  seed: number,
  options: { readonly scaleM: number; readonly axialTiltCos: number; readonly regionalK: number },
): Climate {
  return {
    scaleM: options.scaleM,
    contrast: legendre2(options.axialTiltCos) / 0.7626,
    regionalK: options.regionalK,
    seeds: {
      warmth: seedOf(seed, "climate", "warmth"),
      rain: seedOf(seed, "climate", "rain"),
      patch: seedOf(seed, "climate", "patch"),
    },
  };
}

/** Of a point in metres at this sine of latitude. */
export function climateAt(
  climate: Climate,
  at: { readonly x: number; readonly y: number; readonly z: number; readonly latitudeSin: number },
  structure: Structure,
  elevationM: number,
): ClimateAt {
  const { seeds, scaleM } = climate;
  const u = at.x / scaleM;
  const v = at.y / scaleM;
  const w = at.z / scaleM;
  const seaLevelC =
    14.9 -
    28 * climate.contrast * legendre2(at.latitudeSin) +
    climate.regionalK * 2 * fbm(seeds.warmth, 2.5 * u, 2.5 * v, 2.5 * w, 5, 0.5);
  const latitude = Math.abs(at.latitudeSin);
  const zonalMm = 130 + 1900 * bump(latitude / 0.24) + 850 * bump((latitude - 0.766) / 0.2);
  const regional = 1 + 0.9 * fbm(seeds.rain, 3 * u, 3 * v, 3 * w, 6, 0.5);
  const inland = 1.15 - 0.45 * smoothstep(0, 1.2, structure.shore);
  return {
    seaLevelC,
    temperatureC: seaLevelC - 0.0065 * Math.max(0, elevationM),
    rainMmPerYear: zonalMm * regional * inland,
  };
}

/** −1 … 1, from 3 km down to 50 m: what one clearing has that the wood around it lacks (soil, shade, fires). */
export function patchAt(climate: Climate, x: number, y: number, z: number): number {
  return fbm(climate.seeds.patch, x / 3000, y / 3000, z / 3000, 7, 0.75) * 1.8;
}

function legendre2(x: number): number {
  return (3 * x * x - 1) / 2;
}

/** 1 at 0, falling like a bell, without an exponential. */
function bump(x: number): number {
  const fall = 1 + x * x;
  return 1 / (fall * fall);
}
