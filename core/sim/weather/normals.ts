import { assert } from "../../lib/assert.ts";
import type { SphereGrid } from "../sphere-grid.ts";
import type { Model, Surface } from "./model.ts";
import { gasConstant, type Planet } from "./planet.ts";
import type { TuningValues } from "./tuning.ts";
import { createWeather, type Weather } from "./weather.ts";

// The settled climate of a world: means of its live weather by month, over whole years after it has warmed up. Index kind: _mc, m·cells + c.
// A world's months are the twelfths of its year; month 0 begins with the northern spring.

export const monthsPerYear = 12;

export type ClimateNormals = {
  readonly cellCount: number;
  readonly years: number;
  /** Of the air near the ground, mean over day and night. */
  readonly temperatureK_mc: Float64Array;
  /** Mean of each day's warmest and coldest moments, which a month's mean hides. */
  readonly warmestK_mc: Float64Array;
  readonly coldestK_mc: Float64Array;
  /** Rain and snow together, mm a day. */
  readonly precipitationMm_mc: Float64Array;
  readonly snowfallMm_mc: Float64Array;
  readonly evaporationMm_mc: Float64Array;
  /** Wind of the lowest 1.5 km, m/s, to the east and to the north. */
  readonly eastMps_mc: Float64Array;
  readonly northMps_mc: Float64Array;
  /** At the ground that the weather knows, and brought down to the sea. */
  readonly pressurePa_mc: Float64Array;
  readonly seaLevelPa_mc: Float64Array;
  /** 0 … 1. */
  readonly cloud_mc: Float64Array;
  /** Water in the snow, mm, and thickness of sea ice. */
  readonly snowMm_mc: Float64Array;
  readonly iceM_mc: Float64Array;
  /** Water in the soil, mm. */
  readonly soilMm_mc: Float64Array;
};

export type NormalsOptions = {
  readonly spinUpYears: number;
  readonly years: number;
  readonly tuning?: Partial<TuningValues>;
};

export type NormalsProgress = { readonly stepsDone: number; readonly steps: number };

export const climateYearsMax = 200;

/** Runs to the end. Level 3 takes about half a minute for three years of Earth, level 4 four times five minutes. */
export function climateNormals(
  grid: SphereGrid,
  surface: Surface,
  planet: Planet,
  seed: number,
  options: NormalsOptions,
): ClimateNormals {
  const run = climateRun(grid, surface, planet, seed, options);
  for (;;) {
    const next = run.next();
    if (next.done === true) return next.value.normals;
  }
}

/** The same, one day at a time: who drives it reports the progress and may stop at any of them. Also returns the weather as it then is. */
export function* climateRun(
  grid: SphereGrid,
  surface: Surface,
  planet: Planet,
  seed: number,
  { spinUpYears, years, tuning }: NormalsOptions,
): Generator<NormalsProgress, { readonly normals: ClimateNormals; readonly weather: Weather }> {
  assert(years >= 1 && spinUpYears >= 0 && years + spinUpYears <= climateYearsMax, `${spinUpYears} + ${years} years`);
  const weather = createWeather(grid, surface, planet, seed, tuning === undefined ? {} : { tuning });
  const stepsPerYear = (planet.daysPerYear * planet.dayLengthS) / weather.stepS;
  const stepsPerDay = Math.max(1, Math.round(planet.dayLengthS / weather.stepS));
  const first = Math.round(spinUpYears * stepsPerYear);
  const steps = Math.round((spinUpYears + years) * stepsPerYear);
  const gather = createGatherer(weather);
  while (weather.step() < steps) {
    const until = Math.min(steps, weather.step() + stepsPerDay);
    while (weather.step() < until) {
      weather.advanceTo(weather.step() + 1);
      if (weather.step() > first) gather.add();
    }
    yield { stepsDone: weather.step(), steps };
  }
  return { normals: gather.normals(years), weather };
}

type Sums = Omit<{ -readonly [name in keyof ClimateNormals]: Float64Array }, "cellCount" | "years">;

export type Gatherer = {
  /** Takes the weather as it is now into the means. */
  add(): void;
  normals(years: number): ClimateNormals;
};

export function createGatherer({ model, stepS, step }: Weather): Gatherer {
  const { cellCount } = model.ops;
  const { planet } = model;
  const sums = createSums(cellCount);
  const count_m = new Float64Array(monthsPerYear);
  const days_m = new Float64Array(monthsPerYear);
  const warmest_c = new Float64Array(cellCount).fill(-Infinity);
  const coldest_c = new Float64Array(cellCount).fill(Infinity);
  let day = -1;
  let dayMonth = 0;
  const endDay = (month: number) => {
    if (day >= 0) {
      days_m[dayMonth]! += 1;
      for (let c = 0, mc = dayMonth * cellCount; c < cellCount; c++, mc++) {
        sums.warmestK_mc[mc]! += warmest_c[c]!;
        sums.coldestK_mc[mc]! += coldest_c[c]!;
      }
    }
    warmest_c.fill(-Infinity);
    coldest_c.fill(Infinity);
    dayMonth = month;
  };
  return {
    add() {
      const days = ((step() - 0.5) * stepS) / planet.dayLengthS;
      const years = days / planet.daysPerYear;
      const month = Math.min(monthsPerYear - 1, Math.floor((years - Math.floor(years)) * monthsPerYear));
      if (Math.floor(days) !== day) {
        endDay(month);
        day = Math.floor(days);
      }
      count_m[month]! += 1;
      addFields(model, sums, month * cellCount);
      const { airK_c } = model.state;
      for (let c = 0; c < cellCount; c++) {
        if (airK_c[c]! > warmest_c[c]!) warmest_c[c] = airK_c[c]!;
        if (airK_c[c]! < coldest_c[c]!) coldest_c[c] = airK_c[c]!;
      }
    },
    normals(years) {
      endDay(dayMonth);
      day = -1;
      const means = Object.entries(sums).map(([name, sum]) => {
        const count = name === "warmestK_mc" || name === "coldestK_mc" ? days_m : count_m;
        return [name, sum.map((value, mc) => value / Math.max(1, count[(mc / cellCount) | 0]!))];
      });
      return { cellCount, years, ...(Object.fromEntries(means) as Sums) };
    },
  };
}

function createSums(cellCount: number): Sums {
  const months = () => new Float64Array(monthsPerYear * cellCount);
  return {
    temperatureK_mc: months(),
    warmestK_mc: months(),
    coldestK_mc: months(),
    precipitationMm_mc: months(),
    snowfallMm_mc: months(),
    evaporationMm_mc: months(),
    eastMps_mc: months(),
    northMps_mc: months(),
    pressurePa_mc: months(),
    seaLevelPa_mc: months(),
    cloud_mc: months(),
    snowMm_mc: months(),
    iceM_mc: months(),
    soilMm_mc: months(),
  };
}

const secondsPerDay = 86_400;

function addFields({ ops, state, ground_c }: Model, sums: Sums, start: number): void {
  for (let c = 0, mc = start; c < ops.cellCount; c++, mc++) {
    const falling = state.rain_c[c]! + state.snowfall_c[c]!;
    sums.temperatureK_mc[mc]! += state.airK_c[c]!;
    sums.precipitationMm_mc[mc]! += falling * secondsPerDay;
    sums.snowfallMm_mc[mc]! += state.snowfall_c[c]! * secondsPerDay;
    sums.evaporationMm_mc[mc]! += state.evaporation_c[c]! * secondsPerDay;
    sums.eastMps_mc[mc]! += state.east_c[c]!;
    sums.northMps_mc[mc]! += state.north_c[c]!;
    sums.pressurePa_mc[mc]! += state.pressurePa_c[c]!;
    sums.seaLevelPa_mc[mc]! += seaLevelPressure(state.pressurePa_c[c]!, ground_c[c]!, state.airK_c[c]!);
    sums.cloud_mc[mc]! += state.cloud_c[c]!;
    sums.snowMm_mc[mc]! += state.snow_c[c]!;
    sums.iceM_mc[mc]! += state.iceM_c[c]!;
    sums.soilMm_mc[mc]! += state.soil_c[c]!;
  }
}

/** Through a column that grows warmer downwards by 6.5 K/km; ground and result as the model has them. */
export function seaLevelPressure(pressurePa: number, ground: number, airK: number): number {
  if (ground === 0) return pressurePa;
  const meanK = airK + (0.5 * 0.0065 * ground) / 9.80665;
  return pressurePa * Math.exp(ground / (gasConstant * meanK));
}
