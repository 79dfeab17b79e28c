import { layerCount, thickness_k } from "./layers.ts";
import type { Model } from "./model.ts";
import { gasConstant } from "./planet.ts";

// What slows and mixes the wind: drag of the ground on the lowest layer, C_D |V| implicit in u; showers that carry momentum between the
// layers they join (without it the air over the equator outruns the ground); a slow drag at the top; and one against winds that a
// coarse grid cannot carry. The energy taken comes back as warmth through energy.ts.

/** m/s: beyond it winds are held back, within a day at twice as fast. */
const speedMax = 150;

export function slowWinds({ ops, state, work, tuning, planet, landShare_c }: Model, dtS: number): void {
  const { edgeCount, from_e, to_e } = ops;
  const { wind_ke, rain_c, snowfall_c, airK_c } = state;
  const { speed_c } = work;
  const low = (layerCount - 1) * edgeCount;
  const lowest = thickness_k[layerCount - 1]!;
  for (let e = 0; e < edgeCount; e++) {
    const a = from_e[e]!;
    const b = to_e[e]!;
    const speed = 0.5 * (speed_c[a]! + speed_c[b]!);
    const land = 0.5 * (landShare_c[a]! + landShare_c[b]!);
    const drag = tuning.dragSea * (1 - land) + tuning.dragLand * land;
    const airK = 0.5 * (airK_c[a]! + airK_c[b]!);
    wind_ke[low + e]! /=
      1 + (dtS * planet.gravity * drag * Math.sqrt(speed * speed + 4)) / (gasConstant * airK * lowest);
    const showersMm = 43_200 * (rain_c[a]! + rain_c[b]! + snowfall_c[a]! + snowfall_c[b]!);
    if (showersMm > 0.05) {
      const rate = (Math.min(showersMm / 6, 2) * dtS) / (tuning.showerMixingDays * 86_400);
      mixWind(wind_ke, edgeCount, e, rate / (1 + rate));
    }
    wind_ke[e]! /= 1 + dtS / (tuning.topFrictionDays * 86_400);
    for (let k = 0, ke = e; k < layerCount; k++, ke += edgeCount) {
      const over = Math.abs(wind_ke[ke]!) / speedMax - 1;
      if (over > 0) wind_ke[ke]! /= 1 + (over * dtS) / 86_400;
    }
  }
}

/** All layers but the highest move towards their mean. */
function mixWind(wind_ke: Float64Array, edgeCount: number, e: number, share: number): void {
  let sum = 0;
  let whole = 0;
  for (let k = 1; k < layerCount; k++) {
    sum += wind_ke[k * edgeCount + e]! * thickness_k[k]!;
    whole += thickness_k[k]!;
  }
  const mean = sum / whole;
  for (let k = 1; k < layerCount; k++) wind_ke[k * edgeCount + e]! += share * (mean - wind_ke[k * edgeCount + e]!);
}
