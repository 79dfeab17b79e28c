import { geometryOf } from "./planet/geometry.ts";
import { type Normals, provisionalNormals } from "./planet/normals.ts";
import type { Planet } from "./planet/planet.ts";
import { settledNormals } from "./planet/settled.ts";
import type { PlanetSpec } from "./planet/spec.ts";
import type { SphereGrid } from "./sphere-grid.ts";
import { exner_k, layerCount, pressure_k } from "./weather/layers.ts";
import type { Surface } from "./weather/model.ts";
import { type ClimateNormals, createGatherer, type NormalsProgress } from "./weather/normals.ts";
import { earth, freezingK, type Planet as Air, referencePa } from "./weather/planet.ts";
import { putGeopotential } from "./weather/pressure-force.ts";
import { exnerOf, saturation } from "./weather/tables.ts";
import { createWeather, type Weather } from "./weather/weather.ts";

// From a planet's land to its settled climate and back: what the live weather is given of a planet, where it starts, and its means as the
// normals that biomes and rivers follow from. Pure.

const celsius = 273.15;

/**
 * Sunlight that makes the air a degree warmer, as a share of Earth's: the live weather's own sensitivity, measured at level 2 and 3
 * (docs/simulation.md). A specification says how warm a world is; the weather wants to know why.
 */
const sunlightPerKelvin = 0.0033;

/** What the weather of such a planet follows from; everything that a specification does not say is as on Earth. */
export function airOf(spec: PlanetSpec): Air {
  return {
    ...earth,
    radiusM: spec.radiusM,
    gravity: spec.gravityMs2,
    dayLengthS: spec.dayLengthS,
    daysPerYear: spec.yearDays,
    axialTiltRad: spec.axialTiltRad,
    sunlight: earth.sunlight * (1 + sunlightPerKelvin * spec.temperatureOffsetC),
  };
}

/** Means of a planet's land over the cells of the grid that the weather runs on. */
export function surfaceOn(grid: SphereGrid, land: Pick<Planet, "grid" | "elevation_c">): Surface {
  const { cellCount, position_c, area_c } = land.grid;
  const area = new Float64Array(grid.cellCount);
  const elevationM_c = new Float64Array(grid.cellCount);
  const landShare_c = new Float64Array(grid.cellCount);
  let near = 0;
  for (let c = 0; c < cellCount; c++) {
    near = grid.cellAt(position_c[3 * c]!, position_c[3 * c + 1]!, position_c[3 * c + 2]!, near);
    const height = land.elevation_c[c]!;
    area[near]! += area_c[c]!;
    elevationM_c[near]! += area_c[c]! * Math.max(0, height);
    if (height > 0) landShare_c[near]! += area_c[c]!;
  }
  for (let c = 0; c < grid.cellCount; c++) {
    elevationM_c[c]! /= area[c]!;
    landShare_c[c]! /= area[c]!;
  }
  return { elevationM_c, landShare_c };
}

export type ClimateSpan = { readonly spinUpYears: number; readonly years: number };

/** A day at a time; who drives it reports the progress and may stop at any of them. The same bits for the same arguments. */
export function* settleClimate(
  grid: SphereGrid,
  surface: Surface,
  spec: PlanetSpec,
  seed: number,
  { spinUpYears, years }: ClimateSpan,
): Generator<NormalsProgress, ClimateNormals> {
  const weather = createWeather(grid, surface, airOf(spec), seed);
  startWarm(weather, provisionalNormals(geometryOf(grid), levelOf(surface), spec));
  const stepsPerYear = (spec.yearDays * spec.dayLengthS) / weather.stepS;
  const stepsPerDay = Math.max(1, Math.round(spec.dayLengthS / weather.stepS));
  const first = Math.round(spinUpYears * stepsPerYear);
  const steps = Math.round((spinUpYears + years) * stepsPerYear);
  const gather = createGatherer(weather);
  while (weather.step() < steps) {
    const until = Math.min(steps, weather.step() + Math.min(stepsPerDay, daySteps));
    while (weather.step() < until) {
      weather.advanceTo(weather.step() + 1);
      if (weather.step() > first) gather.add();
    }
    yield { stepsDone: weather.step(), steps };
  }
  return gather.normals(years);
}

/** However long a day is: progress is told. */
const daySteps = 96;

function levelOf({ elevationM_c, landShare_c }: Surface): Float64Array {
  return elevationM_c.map((height, c) => (landShare_c[c]! >= 0.5 ? Math.max(1, height) : 0));
}

/**
 * Sea, soil and air as warm as the provisional climate of the first month: a sea of fifty metres takes years to find its warmth from the
 * wrong one, and a white or a hot planet decades. What the guess misses, the sea makes up for only in years.
 */
function startWarm({ model }: Weather, normals: Normals): void {
  const { state, isLand_c, ops } = model;
  const { cellCount } = ops;
  for (let c = 0; c < cellCount; c++) {
    // The year begins at the equinox, between its last month and its first.
    const guessC = 0.5 * (normals.temperatureC_cm[12 * c]! + normals.temperatureC_cm[12 * c + 11]!);
    const airK = Math.min(330, Math.max(180, guessC + celsius));
    const isFrozen = isLand_c[c] === 0 && airK < freezingK - 3;
    const shift = airK - state.airK_c[c]!;
    const exner = exnerOf(state.pressurePa_c[c]! / referencePa);
    for (let k = 0; k < layerCount; k++) {
      const kc = k * cellCount + c;
      const pressure = state.pressurePa_c[c]! * pressure_k[k]!;
      // The highest air follows the ground's warmth least.
      const share = 0.25 + (0.75 * k) / (layerCount - 1);
      state.theta_kc[kc]! += (share * shift) / (exner * exner_k[k]!);
      const warmth = state.theta_kc[kc]! * exner * exner_k[k]!;
      state.humidity_kc[kc] = (k === 0 ? 0.06 : 0.6) * saturation(warmth, pressure);
    }
    state.airK_c[c] = airK;
    state.skinK_c[c] = isLand_c[c] === 1 || isFrozen ? airK : Math.max(airK, freezingK + 0.3);
    state.deepK_c[c] = isLand_c[c] === 1 ? airK : isFrozen ? freezingK : state.skinK_c[c]!;
    if (isFrozen) state.iceM_c[c] = Math.min(3, (freezingK - airK) / 10);
    if (isLand_c[c] === 1 && airK < celsius - 12) state.snow_c[c] = 100;
  }
  putGeopotential(model);
}

/**
 * Normals that generation takes, at the heights that the weather knows its ground at. Its sea is Earth's; `spec.moisture` says how much of the
 * rain falls, as it does for the provisional climate.
 */
export function normalsOf(grid: SphereGrid, climate: ClimateNormals, surface: Surface, spec: PlanetSpec): Normals {
  const normals = settledNormals(climate, grid, groundOf(grid, surface));
  const { rainMmDay_cm } = normals;
  for (let k = 0; k < rainMmDay_cm.length; k++) rainMmDay_cm[k] = Math.max(0, rainMmDay_cm[k]!) * spec.moisture;
  return normals;
}

/** As the weather smooths it: half a cell's own height, half its neighbours'; the sea is level. */
function groundOf({ cellCount, neighbour_cn, degree_c }: SphereGrid, surface: Surface): Float64Array {
  const above = (c: number) => (surface.landShare_c[c]! >= 0.5 ? surface.elevationM_c[c]! : 0);
  return Float64Array.from({ length: cellCount }, (_, c) => {
    let around = 0;
    for (let n = 0; n < degree_c[c]!; n++) around += above(neighbour_cn[6 * c + n]!) / degree_c[c]!;
    return (above(c) + around) / 2;
  });
}
