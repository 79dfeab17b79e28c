import { exp, log } from "../elementary.ts";
import { rng, seedOf } from "../rng.ts";
import { firstVariance, rainRoot } from "./drought.ts";
import { exner_k, layerCount, pressure_k } from "./layers.ts";
import type { Model } from "./model.ts";
import { freezingK, gasConstant, referencePa } from "./planet.ts";
import { putGeopotential } from "./pressure-force.ts";
import { forgetAll, hottestFirstVariance, waves } from "./season-normals.ts";
import { at, stateVersion } from "./state.ts";
import { exnerOf, saturation } from "./tables.ts";

// Air at rest, warm at the equator and cool at the poles, colder with height, with a grain of noise (0.3 K) from which storms grow.
// Years later nothing of it is left but the noise.

const lapseK = 0.0065;
/** Land that begins colder has had snow on it for ages, kg/m². */
const iceSheetK = 250;
const iceSheetSnow = 500;

export function startAtRest(model: Model, seed: number): void {
  const { state, ops, grid, planet, ground_c, isLand_c } = model;
  const { cellCount } = ops;
  const random = rng(seed, "weather", "start");
  const warmth = exp(0.25 * log(planet.sunlight / 1361));
  state.all.fill(0);
  state.header[at.version] = stateVersion;
  state.header[at.level] = grid.level;
  state.header[at.cycloneSeed] = seedOf(seed, "cyclones");
  for (let c = 0; c < cellCount; c++) {
    const sinLatitude = grid.position_c[3 * c + 2]!;
    const seaLevelK = warmth * (300 - 40 * sinLatitude * sinLatitude);
    const heightM = ground_c[c]! / planet.gravity;
    state.pressurePa_c[c] = planet.pressurePa * exp(-ground_c[c]! / (gasConstant * (seaLevelK - 8)));
    const skin = isLand_c[c] === 1 ? seaLevelK - lapseK * heightM : Math.max(seaLevelK, freezingK + 0.65);
    state.skinK_c[c] = skin;
    state.deepK_c[c] = skin;
    state.soil_c[c] = isLand_c[c] === 1 ? 100 : 0;
    if (isLand_c[c] === 1 && skin < iceSheetK) state.snow_c[c] = iceSheetSnow;
    state.airK_c[c] = skin;
    const exner = exnerOf(state.pressurePa_c[c]! / referencePa);
    for (let k = 0; k < layerCount; k++) {
      const pressure = state.pressurePa_c[c]! * pressure_k[k]!;
      const scaleM = (gasConstant * 256 * warmth) / planet.gravity;
      const layerM = scaleM * log(planet.pressurePa / pressure);
      const temperature = Math.max(205 * warmth, seaLevelK - (lapseK * layerM * planet.gravity) / 9.80665);
      state.theta_kc[k * cellCount + c] = temperature / (exner * exner_k[k]!);
      state.humidity_kc[k * cellCount + c] = (k === 0 ? 0.06 : 0.6) * saturation(temperature, pressure);
    }
  }
  for (let kc = 0; kc < layerCount * cellCount; kc++) state.theta_kc[kc]! += 0.3 * (random.float() - 0.5);
  startSeasons(model);
  putGeopotential(model);
}

/** The Earth's mean, 2.7 mm a day. */
const rainAnywhere = 2.7 / 86_400;

/** Nothing is known of the seasons: a year must pass before what is normal means much. */
function startSeasons({ state, ops }: Model): void {
  const root = rainRoot(rainAnywhere);
  forgetAll(state.seasonCovariance);
  state.seasonRain_c.fill(rainAnywhere);
  state.rainVariance_c.fill(firstVariance(root));
  state.hottestVariance_c.fill(hottestFirstVariance);
  for (let c = 0; c < ops.cellCount; c++) {
    state.hottestNormal_cj[waves * c] = state.airK_c[c]!;
    state.rainNormal_cj[waves * c] = root;
  }
}
