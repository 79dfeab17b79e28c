import { geometryOf } from "./planet/geometry.ts";
import { type Normals, provisionalNormals } from "./planet/normals.ts";
import type { Planet } from "./planet/planet.ts";
import { settledNormals } from "./planet/settled.ts";
import type { PlanetSpec } from "./planet/spec.ts";
import { beginInSeason } from "./season-start.ts";
import type { SphereGrid } from "./sphere-grid.ts";
import type { Surface } from "./weather/model.ts";
import { type ClimateNormals, createGatherer, type NormalsProgress } from "./weather/normals.ts";
import { earth, type Planet as Air } from "./weather/planet.ts";
import { createWeather } from "./weather/weather.ts";

// From a planet's land to its settled climate and back: what the live weather is given of a planet, where it starts, and its means as the
// normals that biomes and rivers follow from. Pure.

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
  // A sea of fifty metres takes years to find its warmth from the wrong one, and a white or a hot planet decades.
  beginInSeason(weather.model, provisionalOn(grid, surface, spec), 0);
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

/** The provisional climate over the ground that the weather knows. */
export function provisionalOn(grid: SphereGrid, surface: Surface, spec: PlanetSpec): Normals {
  return provisionalNormals(geometryOf(grid), levelOf(surface), spec);
}

function levelOf({ elevationM_c, landShare_c }: Surface): Float64Array {
  return elevationM_c.map((height, c) => (landShare_c[c]! >= 0.5 ? Math.max(1, height) : 0));
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
