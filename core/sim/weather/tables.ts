import { exp, log } from "../elementary.ts";
import { kappa, meltingK } from "./planet.ts";

// Powers and exponentials of the step, as tables made once from core/sim/elementary.ts: quick, and the same bits on every engine.

const coldestK = 100;
const perKelvin = 8;
const vapour_t = Float64Array.from({ length: 3201 }, (_, t) => vapourPressure(coldestK + t / perKelvin));

/** Over water and ice, blended over the 20 K below melting (Tetens 1930, Murray 1967). Pa. */
function vapourPressure(temperatureK: number): number {
  const overWater = 610.78 * exp((17.2693882 * (temperatureK - meltingK)) / (temperatureK - 35.86));
  if (temperatureK >= meltingK) return overWater;
  const overIce = 610.78 * exp((21.8745584 * (temperatureK - meltingK)) / (temperatureK - 7.66));
  const share = Math.min(1, (meltingK - temperatureK) / 20);
  return overWater * (1 - share) + overIce * share;
}

/** Pressure of saturated water vapour in Pa, within 1e-4 of the formula. */
export function saturationPa(temperatureK: number): number {
  let x = (temperatureK - coldestK) * perKelvin;
  if (!(x > 0)) x = 0;
  if (x > 3199) x = 3199;
  const t = x | 0;
  const low = vapour_t[t]!;
  return low + (vapour_t[t + 1]! - low) * (x - t);
}

/** A fifth of the air is the most that is counted: beyond it water is no trace any more. */
export const humidityMax = 0.2;

/** Mass of vapour in a mass of saturated air. */
export function saturation(temperatureK: number, pressurePa: number): number {
  const vapour = saturationPa(temperatureK);
  const share = (0.622 * vapour) / (pressurePa - 0.378 * vapour);
  return share > humidityMax || share < 0 ? humidityMax : share;
}

const perDepth = 64;
const depthMax = 14;
const passing_d = Float64Array.from({ length: depthMax * perDepth + 2 }, (_, d) => exp(-d / perDepth));

/** e^−depth: what passes an optical depth, within 3e-5. */
export function passing(depth: number): number {
  const x = depth < depthMax ? depth * perDepth : depthMax * perDepth;
  const d = x | 0;
  const high = passing_d[d]!;
  return high + (passing_d[d + 1]! - high) * (x - d);
}

const perUnit = 256;
const ratioMax = 16;
const power_r = Float64Array.from({ length: ratioMax * perUnit + 1 }, (_, r) =>
  r === 0 ? 0 : exp(kappa * log(r / perUnit)),
);
const second = (kappa * (kappa - 1)) / 2;
const third = (second * (kappa - 2)) / 3;
const fourth = (third * (kappa - 3)) / 4;

/** ratio^κ of a pressure over the reference, 0.04 < ratio < 16, within 4e-9: the nearest entry and four terms of the binomial. */
export function exnerOf(ratio: number): number {
  let r = (ratio * perUnit + 0.5) | 0;
  if (r < 10) r = 10;
  if (r > ratioMax * perUnit) r = ratioMax * perUnit;
  const d = (ratio * perUnit - r) / r;
  return power_r[r]! * (1 + d * (kappa + d * (second + d * (third + d * fourth))));
}
