import { layerCount, pressure_k } from "./layers.ts";
import type { Model } from "./model.ts";
import { freezingK, heatCapacity, latentHeat } from "./planet.ts";
import { saturation } from "./tables.ts";

// What the air and the sea of a cell are to a tropical cyclone. Potential intensity: Emanuel 1986 in the closed form of Bister & Emanuel 1998,
// V² = C_k/C_d (T_s − T_o)/T_o (h*_s − h*), from the saturated enthalpy of the sea to that of the air near 400 hPa, which is that of a storm's
// own air where convection has its way; outflow at the warmth of the highest layer. Read after `shineDown` of the same step.

export type CycloneAir = {
  isSea: boolean;
  seaK: number;
  /** The strongest wind that sea and air can feed, m/s at 10 m; 0 over land and ice. */
  potentialMps: number;
  /** (T_s − T_o)/T_s. */
  efficiency: number;
  /** Relative humidity near 700 hPa, 0 … 1. */
  humidity: number;
  /** Entropy that the middle air lacks, over what the sea gives (Tang & Emanuel 2012). */
  dryness: number;
  /** Between some 850 and 250 hPa. */
  shearMps: number;
  /** Of what carries a storm along. */
  east: number;
  north: number;
};

export const createCycloneAir = (): CycloneAir => ({
  isSea: false,
  seaK: 0,
  potentialMps: 0,
  efficiency: 0,
  humidity: 0,
  dryness: 0,
  shearMps: 0,
  east: 0,
  north: 0,
});

export const exchangeRatio = 0.9;
/** Share of the lower wind in what carries a storm (Emanuel et al. 2006). */
const lowerShare = 0.8;

export function putCycloneAir(model: Model, c: number, out: CycloneAir): void {
  const { state, work, isLand_c, ops } = model;
  const { cellCount } = ops;
  out.isSea = isLand_c[c] === 0 && state.iceM_c[c] === 0;
  putWinds(model, c, out);
  out.humidity = Math.min(1, work.relative_kc[(layerCount - 2) * cellCount + c]!);
  out.potentialMps = 0;
  out.seaK = state.skinK_c[c]!;
  if (!out.isSea || out.seaK < freezingK + 15) return;
  const outflowK = work.temperature_kc[c]!;
  out.efficiency = Math.max(0, (out.seaK - outflowK) / out.seaK);
  const pressure = state.pressurePa_c[c]!;
  const given = heatCapacity * out.seaK + latentHeat * saturation(out.seaK, pressure) - saturatedAloft(model, c);
  if (given <= 0 || out.efficiency <= 0) return;
  out.potentialMps = Math.sqrt((exchangeRatio * (out.seaK - outflowK) * given) / outflowK);
  const middle = (layerCount - 2) * cellCount + c;
  const middleK = work.temperature_kc[middle]!;
  const lacking = (latentHeat * saturation(middleK, 0.7 * pressure) * (1 - out.humidity)) / middleK;
  out.dryness = Math.min(3, lacking / (given / out.seaK));
}

/** Moist static energy that the air near 400 hPa would have if it were saturated, above the ground's, J/kg. */
function saturatedAloft({ ops, state, work, ground_c }: Model, c: number): number {
  const kc = ops.cellCount + c;
  const aloftK = work.temperature_kc[kc]!;
  const vapour = saturation(aloftK, state.pressurePa_c[c]! * pressure_k[1]!);
  return heatCapacity * aloftK + work.geopotential_kc[kc]! - ground_c[c]! + latentHeat * vapour;
}

/** Winds of some 850 and 250 hPa, between the middles of the layers. */
function putWinds({ ops, state, work }: Model, c: number, out: CycloneAir): void {
  const { edgeCount, edge_cn } = ops;
  const { east_cn, north_cn } = work.compass;
  const { wind_ke } = state;
  let [lowEast, lowNorth, highEast, highNorth] = [0, 0, 0, 0];
  for (let n = 6 * c; n < 6 * c + 6; n++) {
    const e = edge_cn[n]!;
    const low = 0.7 * wind_ke[3 * edgeCount + e]! + 0.3 * wind_ke[2 * edgeCount + e]!;
    const high = 0.5 * wind_ke[edgeCount + e]! + 0.5 * wind_ke[e]!;
    lowEast += east_cn[n]! * low;
    lowNorth += north_cn[n]! * low;
    highEast += east_cn[n]! * high;
    highNorth += north_cn[n]! * high;
  }
  const [shearEast, shearNorth] = [highEast - lowEast, highNorth - lowNorth];
  out.shearMps = Math.sqrt(shearEast * shearEast + shearNorth * shearNorth);
  out.east = lowEast + (1 - lowerShare) * shearEast;
  out.north = lowNorth + (1 - lowerShare) * shearNorth;
}
