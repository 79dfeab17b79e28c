import { exner_k, layerCount, pressure_k, thickness_k } from "./layers.ts";
import type { Model } from "./model.ts";
import {
  heatCapacity,
  iceDensity,
  latentHeat,
  meltingHeat,
  meltingK,
  seaHeatPerM,
  vapourGasConstant,
} from "./planet.ts";
import { saturation } from "./tables.ts";

// What falls. Layers moister than a relative humidity lose the excess within an hour, corrected for their own warming; it falls at once,
// as snow where the air near the ground is colder than half a degree, and comes to lie: snow, soil, sea. Freezing warms the lowest layer by what
// melting takes later. Ends the physics: temperatures become θ again.

const snowBelowK = meltingK + 0.5;

export function precipitate(model: Model, dtS: number): void {
  const { ops, state, work, tuning } = model;
  const { cellCount } = ops;
  const { temperature_kc, exner_c } = work;
  const { theta_kc, rain_c, snowfall_c, showers_c, airK_c } = state;
  const low = (layerCount - 1) * cellCount;
  for (let c = 0; c < cellCount; c++) {
    const showers = rain_c[c]!;
    showers_c[c]! += (dtS / 21_600) * (showers / dtS - showers_c[c]!);
    const fallen = showers + condense(model, c, dtS);
    const isSnow = airK_c[c]! < snowBelowK;
    if (isSnow) {
      const mass = (state.pressurePa_c[c]! * thickness_k[layerCount - 1]!) / model.planet.gravity;
      temperature_kc[low + c]! += (meltingHeat * fallen) / (heatCapacity * mass);
    }
    rain_c[c] = isSnow ? 0 : fallen / dtS;
    snowfall_c[c] = isSnow ? fallen / dtS : 0;
    if (fallen > 0) lay(state, tuning, model.isLand_c[c] === 1, c, fallen, isSnow);
    for (let k = 0, kc = c; k < layerCount; k++, kc += cellCount) {
      theta_kc[kc] = temperature_kc[kc]! / (exner_c[c]! * exner_k[k]!);
    }
  }
}

function condense({ ops, state, work, tuning, planet }: Model, c: number, dtS: number): number {
  const { cellCount } = ops;
  const { temperature_kc } = work;
  const { humidity_kc, pressurePa_c } = state;
  const share = Math.min(1, dtS / tuning.condensationS);
  let fallen = 0;
  for (let k = 0, kc = c; k < layerCount; k++, kc += cellCount) {
    const temperature = temperature_kc[kc]!;
    const full = tuning.condensationHumidity * saturation(temperature, pressurePa_c[c]! * pressure_k[k]!);
    if (humidity_kc[kc]! <= full) continue;
    const slope = (latentHeat * full) / (vapourGasConstant * temperature * temperature);
    const excess = (share * (humidity_kc[kc]! - full)) / (1 + (latentHeat / heatCapacity) * slope);
    humidity_kc[kc]! -= excess;
    temperature_kc[kc]! += (latentHeat / heatCapacity) * excess;
    fallen += excess * thickness_k[k]!;
  }
  return (fallen * pressurePa_c[c]!) / planet.gravity;
}

function lay(
  state: Model["state"],
  tuning: Model["tuning"],
  isLand: boolean,
  c: number,
  fallen: number,
  isSnow: boolean,
): void {
  const { soil_c, snow_c, toSea_c, iceM_c, deepK_c, skinK_c } = state;
  if (!isLand) {
    toSea_c[c]! += fallen;
    if (!isSnow) return;
    if (iceM_c[c]! > 0) {
      iceM_c[c]! += fallen / iceDensity;
    } else {
      deepK_c[c]! -= (fallen * meltingHeat) / (seaHeatPerM * tuning.seaDepthM);
      skinK_c[c] = deepK_c[c]!;
    }
    return;
  }
  if (isSnow) {
    snow_c[c]! += fallen;
    return;
  }
  soil_c[c]! += fallen;
  if (soil_c[c]! > tuning.soilMax) {
    toSea_c[c]! += soil_c[c]! - tuning.soilMax;
    soil_c[c] = tuning.soilMax;
  }
}
