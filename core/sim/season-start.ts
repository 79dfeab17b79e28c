import { monthOf, type Normals } from "./planet/normals.ts";
import { type GroundStore, putStore } from "./season-store.ts";
import { exner_k, layerCount, pressure_k } from "./weather/layers.ts";
import type { Model } from "./weather/model.ts";
import { freezingK, referencePa } from "./weather/planet.ts";
import { putGeopotential } from "./weather/pressure-force.ts";
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
  putGeopotential(model);
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
