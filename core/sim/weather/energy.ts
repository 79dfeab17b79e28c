import { exner_k, layerCount, thickness_k } from "./layers.ts";
import type { Model } from "./model.ts";
import { freezingK, heatCapacity, iceDensity, latentHeat, meltingHeat, seaHeatPerM } from "./planet.ts";
import { iceSkinHeat } from "./ground.ts";
import { at } from "./state.ts";

// What there is of everything, per square metre of the sphere, and the energy fixer. The air's energy is c_p T + L q + ½ u² + g z of the ground
// (Arakawa & Suarez 1983: their integral over the column). Winds lose energy to friction and damping, and a transport in steps keeps it only
// nearly: what is missing comes back as an even warming of all air, as in CAM (Williamson, Olson & Jablonowski 2009).

/** J/m². Needs `exner_c` of the present pressure and `kinetic_kc` of the present winds. */
export function airEnergy({ ops, state, work, planet, ground_c }: Model): number {
  const { cellCount, share_c } = ops;
  const { pressurePa_c, theta_kc, humidity_kc } = state;
  const { exner_c, kinetic_kc } = work;
  let sum = 0;
  for (let c = 0; c < cellCount; c++) {
    const warm = heatCapacity * exner_c[c]!;
    let column = ground_c[c]!;
    for (let k = 0, kc = c; k < layerCount; k++, kc += cellCount) {
      column +=
        thickness_k[k]! * (warm * exner_k[k]! * theta_kc[kc]! + latentHeat * humidity_kc[kc]! + kinetic_kc[kc]!);
    }
    sum += share_c[c]! * pressurePa_c[c]! * column;
  }
  return sum / planet.gravity;
}

/** Makes the air's energy what it ought to be: what it was, and what came in. */
export function fixEnergy(model: Model): void {
  const { ops, state, work, planet } = model;
  const { cellCount, share_c } = ops;
  const { header, pressurePa_c, theta_kc } = state;
  const { exner_c } = work;
  const energy = airEnergy(model);
  if (header[at.energy] === 0) {
    header[at.energy] = energy;
    return;
  }
  const missing = header[at.energy]! - energy;
  header[at.fixed]! += missing;
  let mass = 0;
  for (let c = 0; c < cellCount; c++) mass += share_c[c]! * pressurePa_c[c]!;
  const warming = (missing * planet.gravity) / (heatCapacity * mass);
  for (let k = 0, kc = 0; k < layerCount; k++) {
    for (let c = 0; c < cellCount; c++, kc++) theta_kc[kc]! += warming / (exner_c[c]! * exner_k[k]!);
  }
}

/** J/m² of sea, ice, soil and snow. */
export function groundEnergy({ ops, state, tuning, isLand_c }: Model): number {
  const { skinK_c, deepK_c, snow_c, iceM_c } = state;
  let sum = 0;
  for (let c = 0; c < ops.cellCount; c++) {
    let energy: number;
    if (isLand_c[c] === 1) {
      energy = tuning.skinHeat * skinK_c[c]! + tuning.soilHeat * deepK_c[c]! - meltingHeat * snow_c[c]!;
    } else {
      energy = seaHeatPerM * tuning.seaDepthM * deepK_c[c]! - meltingHeat * iceDensity * iceM_c[c]!;
      if (iceM_c[c]! > 0) energy += iceSkinHeat * (skinK_c[c]! - freezingK);
    }
    sum += ops.share_c[c]! * energy;
  }
  return sum;
}

/** kg/m² of air (with what it carries). */
export function airMass({ ops, state, planet }: Model): number {
  let sum = 0;
  for (let c = 0; c < ops.cellCount; c++) sum += ops.share_c[c]! * state.pressurePa_c[c]!;
  return sum / planet.gravity;
}

/** kg/m² of water: vapour, soil, snow, and what has gone to the sea. */
export function water({ ops, state, planet }: Model): number {
  const { cellCount, share_c } = ops;
  const { humidity_kc, pressurePa_c, soil_c, snow_c, toSea_c } = state;
  let sum = 0;
  for (let c = 0; c < cellCount; c++) {
    let column = 0;
    for (let k = 0, kc = c; k < layerCount; k++, kc += cellCount) column += humidity_kc[kc]! * thickness_k[k]!;
    sum += share_c[c]! * ((column * pressurePa_c[c]!) / planet.gravity + soil_c[c]! + snow_c[c]! + toSea_c[c]!);
  }
  return sum;
}
