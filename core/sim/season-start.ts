import { monthOf, type Normals } from "./planet/normals.ts";
import { type GroundStore, putStore } from "./season-store.ts";
import { firstVariance, rainRoot } from "./weather/drought.ts";
import { exner_k, layerCount, pressure_k } from "./weather/layers.ts";
import type { Model } from "./weather/model.ts";
import { freezingK, referencePa } from "./weather/planet.ts";
import { putGeopotential } from "./weather/pressure-force.ts";
import { forgetAll, normalOf, putMonthly, putWaves, waves } from "./weather/season-normals.ts";
import { exnerOf, saturation } from "./weather/tables.ts";

const celsius = 273.15;
/** Soil is as warm as the air was a month ago. */
const soilLag = 1 / 12;
/** The model is made for no more. */
const [coldestK, warmestK] = [180, 330];
/** Of the air that is given: dry aloft. */
const [relativeAloft, relativeBelow] = [0.06, 0.6];

/**
 * Puts a weather that is at rest into a season: sea, soil, air, snow and ice as the normals have them at that moment, so that a cold world does not
 * begin with warm seas, nor winter with bare ground. What the normals miss the sea makes up for only in years. Winds and fronts take the ten days
 * that they take from rest. `normals`: on the weather's own grid. `yearShare`: 0 … 1, from the northern spring. Cost: 15 ms at level 3.
 */
export function beginInSeason(model: Model, normals: Normals, yearShare: number): void {
  const { state, planet, isLand_c, ops, tuning } = model;
  const yearS = planet.dayLengthS * planet.daysPerYear;
  const store: GroundStore = { snowMm: 0, soilMm: 0, iceM: 0 };
  for (let c = 0; c < ops.cellCount; c++) {
    const isLand = isLand_c[c] === 1;
    const airK = kelvin(monthOf(normals.temperatureC_cm, c, yearShare));
    putStore(store, normals, c, { yearShare, yearS, isLand }, tuning);
    warmColumn(model, c, airK);
    const isFrozen = store.iceM > 0;
    state.airK_c[c] = airK;
    state.skinK_c[c] = isLand ? airK : isFrozen ? Math.min(airK, freezingK) : Math.max(airK, freezingK + 0.3);
    state.deepK_c[c] = isLand ? kelvin(monthOf(normals.temperatureC_cm, c, yearShare - soilLag)) : state.skinK_c[c]!;
    if (isFrozen) state.deepK_c[c] = freezingK;
    state.iceM_c[c] = store.iceM;
    state.snow_c[c] = store.snowMm;
    state.soil_c[c] = store.soilMm;
  }
  beginSeasons(model, normals, yearShare);
  putGeopotential(model);
}

/** How much hotter a day's hottest hour is than its mean, over land: what the model's own days teach it soon. */
const dayRangeK = 4;

/** What is normal for each season, and a last quarter of the year that was as it should be. */
function beginSeasons({ state, ops, isLand_c }: Model, normals: Normals, yearShare: number): void {
  const hottest_m = new Float64Array(12);
  const root_m = new Float64Array(12);
  const waves_j = new Float64Array(waves);
  putWaves(waves_j, yearShare);
  forgetAll(state.seasonCovariance);
  for (let c = 0; c < ops.cellCount; c++) {
    const range = isLand_c[c] === 1 ? dayRangeK : 0;
    for (let m = 0; m < 12; m++) hottest_m[m] = kelvin(normals.temperatureC_cm[12 * c + m]!) + range;
    putMonthly(state.hottestNormal_cj, c, hottest_m);
    putSeasonRain(root_m, normals, c);
    putMonthly(state.rainNormal_cj, c, root_m);
    const root = Math.max(0, normalOf(state.rainNormal_cj, c, waves_j));
    state.seasonRain_c[c] = (root * root * root * root) / 86_400;
    state.rainVariance_c[c] = firstVariance(root);
  }
}

const partsOfMonth = 5;

/** The fourth root of the rain that is remembered in the middle of each month (`seasonMemoryS`, an eighth of a year), after three years of the normals. */
function putSeasonRain(out: Float64Array, normals: Normals, c: number): void {
  const parts = 12 * partsOfMonth;
  let mmDay = normals.rainMmDay_cm[12 * c]!;
  for (let part = 0; part < 3 * parts; part++) {
    mmDay += (8 / parts) * (Math.max(0, monthOf(normals.rainMmDay_cm, c, part / parts)) - mmDay);
    const along = (part % parts) - (partsOfMonth - 1) / 2;
    if (along % partsOfMonth === 0) out[along / partsOfMonth] = rainRoot(mmDay / 86_400);
  }
}

const kelvin = (degreesC: number): number => Math.min(warmestK, Math.max(coldestK, degreesC + celsius));

/** Moves a column to another warmth near the ground; the highest air follows it least. */
function warmColumn({ state, ops }: Model, c: number, airK: number): void {
  const shift = airK - state.airK_c[c]!;
  const exner = exnerOf(state.pressurePa_c[c]! / referencePa);
  for (let k = 0; k < layerCount; k++) {
    const kc = k * ops.cellCount + c;
    const share = 0.25 + (0.75 * k) / (layerCount - 1);
    state.theta_kc[kc]! += (share * shift) / (exner * exner_k[k]!);
    const warmth = state.theta_kc[kc]! * exner * exner_k[k]!;
    const relative = k === 0 ? relativeAloft : relativeBelow;
    state.humidity_kc[kc] = relative * saturation(warmth, state.pressurePa_c[c]! * pressure_k[k]!);
  }
}
