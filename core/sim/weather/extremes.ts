import { blownVisibilityM, fallingExtinction } from "./blowing-snow.ts";
import { stepDrought } from "./drought.ts";
import type { Model } from "./model.ts";
import { meltingK } from "./planet.ts";
import { learn, normalOf, putGain, putWaves, varianceWeight, waves } from "./season-normals.ts";
import { squallOf } from "./squalls.ts";
import { at } from "./state.ts";

// Extremes of each cell's own weather, as part of the state: stepping, jumping and replaying count the same hours and days.
//   blizzard   gusts of 15.6 m/s (35 mph), falling or blown snow that hides what is 400 m away, for 3 hours: US National Weather Service
//   heat wave  six days in a row whose hottest hour is beyond nine tenths of those that the season has there: ETCCDI's warm spell, WSDI (Zhang et
//              al. 2011), the tenths by mean and deviation of a normal distribution; and 20 °C at least, so that a thaw in January is none
//   drought    drought.ts
// They read the weather and change nothing of it.

export const blizzard = { gustMps: 15.6, visibilityM: 400, leastS: 3 * 3600 } as const;
export const heat = { deviations: 1.2816, hottestLeastK: 293.15, leastS: 6 * 86_400 } as const;

/** At 10 m to the lowest layer over land: the mean wind, and gusts, which come on top of it (observe.ts). */
export const landWind = { mean: 0.6, gust: 0.6 + 3 * 0.06 } as const;

/** Fresh snow settles and binds: after a day and a half a third of it is still loose (Li & Pomeroy 1997; Omiya et al. 2015 find less). */
const looseForS = 36 * 3600;

/** After every step of the weather. Steps are whole parts of an hour. */
export function stepExtremes(model: Model, stepS: number): void {
  const { header } = model.state;
  const timeS = header[at.step]! * stepS;
  gather(model, stepS);
  if (timeS % 3600 !== 0) return;
  countHour(model, timeS);
  const { dayLengthS } = model.planet;
  if (Math.floor(timeS / dayLengthS) !== Math.floor((timeS - 3600) / dayLengthS)) countDay(model, timeS);
}

/** Loose snow, and rain of the season so far. */
function gather({ state, isLand_c, ops, planet }: Model, stepS: number): void {
  const { rain_c, snowfall_c, loose_c, seasonRain_c, snow_c, airK_c } = state;
  const kept = Math.max(0, 1 - stepS / looseForS);
  const share = Math.min(1, stepS / seasonMemoryS(planet));
  for (let c = 0; c < ops.cellCount; c++) {
    if (isLand_c[c] === 0) continue;
    seasonRain_c[c]! += share * (rain_c[c]! + snowfall_c[c]! - seasonRain_c[c]!);
    const lying = loose_c[c]! * kept + stepS * snowfall_c[c]!;
    loose_c[c] = airK_c[c]! > meltingK ? 0 : Math.min(snow_c[c]!, lying);
  }
}

/** A mean that forgets so is as long as one over a quarter of the year. */
export const seasonMemoryS = ({ dayLengthS, daysPerYear }: Model["planet"]): number => (dayLengthS * daysPerYear) / 8;

function countHour(model: Model, timeS: number): void {
  const { state, ops, isLand_c } = model;
  const { airK_c, hottestK_c, hottestBeforeK_c, blizzardS_c } = state;
  for (let c = 0; c < ops.cellCount; c++) {
    const airK = airK_c[c]!;
    if (endsDay(model, c, timeS)) {
      hottestBeforeK_c[c] = hottestK_c[c]!;
      hottestK_c[c] = airK;
    } else if (airK > hottestK_c[c]!) hottestK_c[c] = airK;
    if (isLand_c[c] === 1) blizzardS_c[c] = isBlizzardHour(model, c, timeS) ? blizzardS_c[c]! + 3600 : 0;
  }
}

/** Whether midnight passed over the cell in the last hour. */
function endsDay({ grid, planet }: Model, c: number, timeS: number): boolean {
  const east = grid.longitude_c[c]! / (2 * Math.PI);
  const ahead = planet.isRetrograde ? -east : east;
  return Math.floor(timeS / planet.dayLengthS + ahead) !== Math.floor((timeS - 3600) / planet.dayLengthS + ahead);
}

function isBlizzardHour({ state }: Model, c: number, timeS: number): boolean {
  const { east_c, north_c, airK_c, loose_c, snowfall_c, header } = state;
  if (airK_c[c]! > meltingK || (loose_c[c] === 0 && snowfall_c[c] === 0)) return false;
  const mean = Math.sqrt(east_c[c]! * east_c[c]! + north_c[c]! * north_c[c]!);
  const layer = mean * squallOf(header[at.cycloneSeed]!, c, timeS);
  if (landWind.gust * layer < blizzard.gustMps) return false;
  const blown = blownVisibilityM(landWind.mean * layer, airK_c[c]!, loose_c[c]!);
  const extinction = fallingExtinction(3600 * snowfall_c[c]!) + 3900 / blown;
  return extinction * blizzard.visibilityM >= 3900;
}

const waves_j = new Float64Array(waves);
const gain_j = new Float64Array(waves);

/** The day that ended last everywhere: how it was beside its season, then what the season learns from it. */
function countDay(model: Model, timeS: number): void {
  const { state, planet, ops } = model;
  const { hottestBeforeK_c, hotS_c, hottestNormal_cj, hottestVariance_c, seasonCovariance, header } = state;
  const days = timeS / planet.dayLengthS - 1;
  putWaves(waves_j, days / planet.daysPerYear);
  putGain(gain_j, seasonCovariance, waves_j, planet);
  header[at.daysLearnt]! += 1;
  const weight = varianceWeight(header[at.daysLearnt]!, planet.daysPerYear);
  for (let c = 0; c < ops.cellCount; c++) {
    const hottest = hottestBeforeK_c[c]!;
    // Before a first whole day has ended there is none to count.
    if (hottest === 0) continue;
    const over = hottest - normalOf(hottestNormal_cj, c, waves_j);
    const isHot = over >= heat.deviations * Math.sqrt(hottestVariance_c[c]!) && hottest >= heat.hottestLeastK;
    hotS_c[c] = isHot ? hotS_c[c]! + planet.dayLengthS : 0;
    hottestVariance_c[c]! += weight * (over * over - hottestVariance_c[c]!);
    learn(hottestNormal_cj, c, gain_j, over);
  }
  stepDrought(model, waves_j, gain_j, weight);
}
