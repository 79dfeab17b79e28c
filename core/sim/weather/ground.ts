import { layerCount } from "./layers.ts";
import type { Model } from "./model.ts";
import {
  freezingK,
  gasConstant,
  heatCapacity,
  iceDensity,
  latentHeat,
  meltingHeat,
  meltingK,
  seaHeatPerM,
  stefanBoltzmann,
  vapourGasConstant,
} from "./planet.ts";
import { saturation } from "./tables.ts";

// Sea, ice and land answer to sun and air. Bulk fluxes ρ C |V| Δ, weaker over cold ground. The skin is solved with its fluxes linearised in its
// own temperature, and the air is given those same fluxes, so that nothing is lost however long the step. Land: skin over soil, a bucket
// of water (Manabe 1969), snow. Ice: no heat of its own but the skin's (Semtner 1976, zero layers). Sea: one mixed layer.

/** What the skin does now, and how each part grows with its temperature. One object, written for every cell. */
const flux = {
  emitted: 0,
  sensible: 0,
  evaporation: 0,
  net: 0,
  emittedSlope: 0,
  sensibleSlope: 0,
  evaporationSlope: 0,
  slope: 0,
};

export function exchangeWithGround(model: Model, dtS: number): void {
  const { ops, state, isLand_c } = model;
  for (let c = 0; c < ops.cellCount; c++) {
    putAir(model, c);
    if (isLand_c[c] === 1) exchangeLand(model, c, dtS);
    else if (state.iceM_c[c]! > 0) exchangeIce(model, c, dtS);
    else exchangeSea(model, c, dtS);
  }
}

/** Air near the ground: half well mixed, half along the lapse of the lowest layers; and how strongly it exchanges. */
function putAir({ ops, state, work, tuning, ground_c, isLand_c }: Model, c: number): void {
  const { cellCount } = ops;
  const { temperature_kc, geopotential_kc, kinetic_kc, exner_c, exchange_c, speed_c } = work;
  const { theta_kc, pressurePa_c, skinK_c, airK_c } = state;
  const low = (layerCount - 1) * cellCount + c;
  const next = low - cellCount;
  const low_K = temperature_kc[low]!;
  let lapse = (low_K - temperature_kc[next]!) / (geopotential_kc[next]! - geopotential_kc[low]!);
  lapse = lapse < 0 ? 0 : lapse > 1 / heatCapacity ? 1 / heatCapacity : lapse;
  const along = low_K + lapse * (geopotential_kc[low]! - ground_c[c]!);
  const air = 0.5 * (theta_kc[low]! * exner_c[c]! + along);
  airK_c[c] = air;
  const speed2 = 2 * kinetic_kc[low]!;
  speed_c[c] = Math.sqrt(speed2);
  const warmer = skinK_c[c]! - air;
  const stability = warmer < 0 ? 1 / (1 + 0.35 * Math.min(10, -warmer)) : 1 + Math.min(0.5, 0.1 * warmer);
  const density = pressurePa_c[c]! / (gasConstant * air);
  const exchange = isLand_c[c] === 1 ? tuning.exchangeLand : tuning.exchangeSea;
  exchange_c[c] = density * exchange * Math.sqrt(speed2 + tuning.gust * tuning.gust) * stability;
}

/** Fluxes of a skin that is `wet` (0 … 1) and whose water takes `heat` J/kg to evaporate, of which there is `most` kg/m²/s. */
function putFluxes({ ops, state, work }: Model, c: number, wet: number, heat: number, most: number): void {
  const skin = state.skinK_c[c]!;
  const exchange = work.exchange_c[c]!;
  const humid = state.humidity_kc[(layerCount - 1) * ops.cellCount + c]!;
  const cube = stefanBoltzmann * skin * skin * skin;
  const saturated = saturation(skin, state.pressurePa_c[c]!);
  let evaporation = exchange * wet * (saturated - humid);
  let grows = (exchange * wet * saturated * latentHeat) / (vapourGasConstant * skin * skin);
  // Dew forms in a thin layer of air that is soon dry.
  if (evaporation < 0) evaporation *= 0.3;
  if (evaporation > most || evaporation < 0) grows = 0;
  if (evaporation > most) evaporation = most;
  flux.emitted = cube * skin;
  flux.sensible = heatCapacity * exchange * (skin - state.airK_c[c]!);
  flux.evaporation = evaporation;
  flux.net = work.sunGround_c[c]! + work.downward_c[c]! - flux.emitted - flux.sensible - heat * evaporation;
  flux.emittedSlope = 4 * cube;
  flux.sensibleSlope = heatCapacity * exchange;
  flux.evaporationSlope = grows;
  flux.slope = flux.emittedSlope + flux.sensibleSlope + heat * grows;
}

/** The fluxes of a skin that is warmer by `rise`. */
function settle({ state, work }: Model, c: number, rise: number): void {
  work.emitted_c[c] = flux.emitted + flux.emittedSlope * rise;
  work.sensible_c[c] = flux.sensible + flux.sensibleSlope * rise;
  state.evaporation_c[c] = flux.evaporation + flux.evaporationSlope * rise;
  state.skinK_c[c]! += rise;
}

function exchangeLand(model: Model, c: number, dtS: number): void {
  const { state, tuning } = model;
  const { skinK_c, deepK_c, soil_c, snow_c, toSea_c, evaporation_c } = state;
  const snow = snow_c[c]!;
  const isWhite = snow > 0;
  const wet = isWhite ? 1 : Math.min(1, soil_c[c]! / (0.75 * tuning.soilMax));
  const heat = isWhite ? latentHeat + meltingHeat : latentHeat;
  const most = (isWhite ? snow : soil_c[c]!) / dtS;
  putFluxes(model, c, wet, heat, most);
  const isDeep = snow > 10;
  const conduction = tuning.soilConduction * (isDeep ? 0.4 : 1);
  const inertia = tuning.skinHeat + dtS * (flux.slope + conduction);
  const net = flux.net - conduction * (skinK_c[c]! - deepK_c[c]!);
  let rise = (dtS * net) / inertia;
  let melted = 0;
  if (isWhite && skinK_c[c]! + rise > meltingK) {
    // What would warm the skin beyond melting melts.
    const kept = meltingK - skinK_c[c]!;
    melted = Math.min(snow, ((rise - kept) * inertia) / meltingHeat);
    rise -= (melted * meltingHeat) / inertia;
  }
  settle(model, c, rise);
  if (evaporation_c[c]! > most) {
    // More than there is does not evaporate after all; its heat stays in the soil.
    deepK_c[c]! += (dtS * heat * (evaporation_c[c]! - most)) / tuning.soilHeat;
    evaporation_c[c] = most;
  }
  deepK_c[c]! += (dtS * conduction * (skinK_c[c]! - deepK_c[c]!)) / tuning.soilHeat;
  const gone = dtS * evaporation_c[c]!;
  if (isWhite) {
    // Snow cannot both melt and evaporate: the rest comes from the melt.
    const left = snow - gone;
    if (melted > left) {
      deepK_c[c]! += ((melted - left) * meltingHeat) / tuning.soilHeat;
      melted = left;
    }
    snow_c[c] = left - melted;
    soil_c[c]! += melted;
  } else {
    soil_c[c] = Math.max(0, soil_c[c]! - gone);
  }
  if (soil_c[c]! > tuning.soilMax) {
    toSea_c[c]! += soil_c[c]! - tuning.soilMax;
    soil_c[c] = tuning.soilMax;
  }
}

function exchangeIce(model: Model, c: number, dtS: number): void {
  const { state, tuning } = model;
  const { skinK_c, iceM_c, toSea_c, evaporation_c } = state;
  putFluxes(model, c, 1, latentHeat, Infinity);
  const conduction = tuning.iceConduction / Math.max(iceM_c[c]!, 0.1);
  const inertia = iceSkinHeat + dtS * (flux.slope + conduction);
  const net = flux.net + conduction * (freezingK - skinK_c[c]!);
  let rise = (dtS * net) / inertia;
  let melted = 0;
  if (skinK_c[c]! + rise > meltingK) {
    const kept = meltingK - skinK_c[c]!;
    melted = (rise - kept) * inertia;
    rise = kept;
  }
  settle(model, c, rise);
  toSea_c[c]! -= dtS * evaporation_c[c]!;
  const frozen = dtS * conduction * (freezingK - skinK_c[c]!);
  iceM_c[c]! += (frozen - melted) / (iceDensity * meltingHeat);
  if (iceM_c[c]! <= 0) openSea(state, tuning, c);
}

/** The last of the ice is gone: the heat that was left over, and its skin's, are the sea's. */
export function openSea(state: Model["state"], tuning: Model["tuning"], c: number): void {
  const { skinK_c, deepK_c, iceM_c } = state;
  const over = -iceM_c[c]! * iceDensity * meltingHeat + iceSkinHeat * (skinK_c[c]! - freezingK);
  iceM_c[c] = 0;
  deepK_c[c] = freezingK + over / (seaHeatPerM * tuning.seaDepthM);
  skinK_c[c] = deepK_c[c]!;
}

/** J/m²/K of the upper part of the ice. */
export const iceSkinHeat = 3e5;

function exchangeSea(model: Model, c: number, dtS: number): void {
  const { state, tuning } = model;
  const { skinK_c, deepK_c, toSea_c, evaporation_c } = state;
  putFluxes(model, c, 1, latentHeat, Infinity);
  settle(model, c, (dtS * flux.net) / (seaHeatPerM * tuning.seaDepthM + dtS * flux.slope));
  toSea_c[c]! -= dtS * evaporation_c[c]!;
  deepK_c[c] = skinK_c[c]!;
  freeze(state, tuning, c);
}

/** What is colder than freezing turns to ice. */
export function freeze({ deepK_c, skinK_c, iceM_c }: Model["state"], tuning: Model["tuning"], c: number): void {
  if (deepK_c[c]! >= freezingK) return;
  iceM_c[c] = ((freezingK - deepK_c[c]!) * seaHeatPerM * tuning.seaDepthM) / (iceDensity * meltingHeat);
  deepK_c[c] = freezingK;
  skinK_c[c] = freezingK;
}
