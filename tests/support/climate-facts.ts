import { koppen, koppenClasses } from "#core/sim/planet/koppen.ts";
import type { SphereGrid } from "#core/sim/sphere-grid.ts";
import { layerCount } from "#core/sim/weather/layers.ts";
import type { Surface } from "#core/sim/weather/model.ts";
import { type ClimateNormals, seaLevelPressure } from "#core/sim/weather/normals.ts";
import type { Weather } from "#core/sim/weather/weather.ts";

// What a table of belts does not say of a climate: classes of its land, jets aloft, and how much the pressure goes up and down.

const daysPerMonth = 365.25 / 12;

/** Of the land's area, %: A, B, C, D, E. Published for the Earth: 19, 30, 13, 25, 13 (Peel et al. 2007). */
export function koppenShares(grid: SphereGrid, surface: Surface, normals: ClimateNormals): Record<string, number> {
  const { cellCount, area_c } = grid;
  const shares: Record<string, number> = { A: 0, B: 0, C: 0, D: 0, E: 0 };
  let land = 0;
  for (let c = 0; c < cellCount; c++) {
    if (surface.landShare_c[c]! < 0.5) continue;
    const of = (field_mc: Float64Array) => Array.from({ length: 12 }, (_, m) => field_mc[m * cellCount + c]!);
    const warmth = of(normals.temperatureK_mc).map((kelvin) => kelvin - 273.15);
    const rain = of(normals.precipitationMm_mc).map((mmDay) => mmDay * daysPerMonth);
    shares[koppenClasses[koppen(warmth, rain, 0, 0)]![0]!]! += area_c[c]!;
    land += area_c[c]!;
  }
  return Object.fromEntries(Object.entries(shares).map(([name, area]) => [name, (100 * area) / land]));
}

export type Swings = {
  /** The strongest mean westerly of any belt of 10° and layer in each hemisphere, m/s, and its latitude. */
  readonly jets: readonly { readonly mps: number; readonly latitude: number; readonly layer: number }[];
  /** Mean over cells between 50 and 65° of the standard deviation of daily pressure at the height of the sea, hPa: north, south. */
  readonly dailyHpa: readonly number[];
};

/** Steps the weather on for so many days of its world and looks once a day. Pressure is taken against a mean that follows it over 30 days, so that seasons do not count. */
export function watchDays(weather: Weather, days: number): Swings {
  const { model, stepS } = weather;
  const { grid, state, ground_c, planet } = model;
  const perDay = Math.round(planet.dayLengthS / stepS);
  const sum_bk = new Float64Array(18 * layerCount);
  const slow_c = new Float64Array(grid.cellCount);
  const square_c = new Float64Array(grid.cellCount);
  const settling = 30;
  for (let day = 0; day < days; day++) {
    weather.advanceTo(weather.step() + perDay);
    for (let c = 0; c < grid.cellCount; c++) {
      const pressure = seaLevelPressure(state.pressurePa_c[c]!, ground_c[c]!, state.airK_c[c]!);
      slow_c[c]! += (pressure - (day === 0 ? 0 : slow_c[c]!)) * (day === 0 ? 1 : 1 / settling);
      if (day >= settling) square_c[c]! += (pressure - slow_c[c]!) ** 2 / (days - settling);
    }
    addWinds(weather, sum_bk);
  }
  const perBelt = counts(grid);
  const zonal = sum_bk.map((sum, bk) => sum / (days * perBelt[Math.floor(bk / layerCount)]!));
  return {
    jets: [9, 0].map((first) => strongest(zonal, first)),
    dailyHpa: [1, -1].map((side) => stormy(grid, square_c, side)),
  };
}

const beltOf = (grid: SphereGrid, c: number) =>
  Math.min(17, Math.floor(((grid.latitude_c[c]! * 180) / Math.PI + 90) / 10));

function counts(grid: SphereGrid): number[] {
  const count = Array.from({ length: 18 }, () => 0);
  for (let c = 0; c < grid.cellCount; c++) count[beltOf(grid, c)]!++;
  return count;
}

function addWinds({ model }: Weather, sum_bk: Float64Array): void {
  const { grid, ops, state, work } = model;
  for (let c = 0; c < grid.cellCount; c++) {
    for (let k = 0; k < layerCount; k++) {
      let east = 0;
      for (let n = 6 * c; n < 6 * c + 6; n++) {
        east += work.compass.east_cn[n]! * state.wind_ke[k * ops.edgeCount + ops.edge_cn[n]!]!;
      }
      sum_bk[beltOf(grid, c) * layerCount + k]! += east;
    }
  }
}

function strongest(zonal_bk: Float64Array, firstBelt: number): Swings["jets"][number] {
  let best = { mps: -Infinity, latitude: 0, layer: 0 };
  for (let b = firstBelt; b < firstBelt + 9; b++) {
    for (let layer = 0; layer < layerCount; layer++) {
      const mps = zonal_bk[b * layerCount + layer]!;
      if (mps > best.mps) best = { mps, latitude: 10 * b - 85, layer };
    }
  }
  return best;
}

function stormy(grid: SphereGrid, square_c: Float64Array, side: number): number {
  let [sum, count] = [0, 0];
  for (let c = 0; c < grid.cellCount; c++) {
    const latitude = (side * grid.latitude_c[c]! * 180) / Math.PI;
    if (latitude < 50 || latitude > 65) continue;
    sum += Math.sqrt(square_c[c]!) / 100;
    count++;
  }
  return sum / count;
}
