import { describe, expect, test } from "vitest";
import { createSphereGrid } from "#core/sim/sphere-grid.ts";
import type { Surface } from "#core/sim/weather/model.ts";
import { climateRun } from "#core/sim/weather/normals.ts";
import { earth, type Planet } from "#core/sim/weather/planet.ts";
import { at } from "#core/sim/weather/state.ts";
import { earthSurface } from "#tests/support/earth.ts";
import { zonalClimate } from "#tests/support/zonal-climate.ts";

// What no painted climate can do: other skies, other climates. A year of 120 days and a sea of 5 m, so that each world settles within a run.

const grid = createSphereGrid(3);
const earthly = earthSurface(grid);
const allSea: Surface = {
  landShare_c: new Float64Array(grid.cellCount),
  elevationM_c: new Float64Array(grid.cellCount),
};
const short: Planet = { ...earth, daysPerYear: 120 };

function climateOf(planet: Planet, surface = earthly, seaDepthM = 5) {
  const run = climateRun(grid, surface, planet, 1, { spinUpYears: 0.5, years: 1, tuning: { seaDepthM } });
  let next = run.next();
  while (next.done !== true) next = run.next();
  const { normals, weather } = next.value;
  const zones = zonalClimate(grid, surface, normals);
  const absorbed = weather.model.state.header[at.received]!;
  return { zones, normals, absorbed };
}

const world = climateOf(short);
const belt = (values: readonly number[], latitude: number) => values[(latitude + 85) / 10]!;
const correlation = (a: readonly number[], b: readonly number[]) => {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((x, i) => {
    ab += (x - ma) * (b[i]! - mb);
    aa += (x - ma) ** 2;
    bb += (b[i]! - mb) ** 2;
  });
  return ab / Math.sqrt(aa * bb);
};
const contrast = (values: readonly number[]) =>
  (belt(values, 5) + belt(values, -5)) / 2 - (belt(values, 75) + belt(values, -75)) / 2;

describe("other skies", () => {
  test("a world that turns backwards has its winds the other way round, and its rain and warmth as before", () => {
    const { zones } = climateOf({ ...short, isRetrograde: true });
    const mirrored = zones.eastMps.map((u) => -u);
    expect(correlation(mirrored, world.zones.eastMps)).toBeGreaterThan(0.8);
    expect(correlation(zones.precipitationMm, world.zones.precipitationMm)).toBeGreaterThan(0.85);
    expect(Math.abs(zones.global.temperatureC - world.zones.global.temperatureC)).toBeLessThan(1.5);
    expect(Math.abs(zones.global.precipitationMm - world.zones.global.precipitationMm)).toBeLessThan(0.2);
  });

  test("a quarter of the spin lets the trades reach further towards the poles, and evens out the warmth", () => {
    const { zones } = climateOf({ ...short, dayLengthS: 4 * 86_400, daysPerYear: 30 });
    const inflow = (values: readonly number[], from: number) =>
      [from, from + 10, from + 20].reduce((sum, lat) => sum + belt(values, -lat) - belt(values, lat), 0) / 6;
    expect(inflow(zones.northMps, 25)).toBeGreaterThan(inflow(world.zones.northMps, 25) + 0.2);
    expect(contrast(zones.temperatureC)).toBeLessThan(contrast(world.zones.temperatureC));
  });

  test("a tilt of 80° takes the warmth from the equator to the poles", () => {
    const { zones } = climateOf({ ...short, axialTiltRad: (80 * Math.PI) / 180 });
    expect(contrast(zones.temperatureC)).toBeLessThan(0.25 * contrast(world.zones.temperatureC));
  });

  test("without a tilt there are no seasons", () => {
    const { zones } = climateOf({ ...short, axialTiltRad: 0 });
    const season = ({ julyC, januaryC }: typeof zones) => Math.abs(belt(julyC, 55) - belt(januaryC, 55));
    expect(season(world.zones)).toBeGreaterThan(8);
    expect(season(zones)).toBeLessThan(2.5);
    expect(contrast(zones.temperatureC)).toBeGreaterThan(contrast(world.zones.temperatureC));
  });

  test("five parts in a hundred more sun make it warmer by a few kelvins, and wetter", () => {
    const { zones } = climateOf({ ...short, sunlight: 1.05 * short.sunlight });
    const warmer = zones.global.temperatureC - world.zones.global.temperatureC;
    expect(warmer).toBeGreaterThan(2);
    expect(warmer).toBeLessThan(16);
    expect(zones.global.precipitationMm).toBeGreaterThan(world.zones.global.precipitationMm);
  });

  test("a world of nothing but sea has none of the extremes of continents, and the same rain on both sides", () => {
    // As deep as on Earth: over a shallow one, ice that came first in one hemisphere stays there.
    const { zones, normals } = climateOf(short, allSea, 50);
    const swing = (field_mc: Float64Array) => {
      let most = 0;
      for (let c = 0; c < grid.cellCount; c++) {
        if (Math.abs(grid.latitude_c[c]!) > 0.9) continue;
        let [low, high] = [Infinity, -Infinity];
        for (let m = 0; m < 12; m++) {
          low = Math.min(low, field_mc[m * grid.cellCount + c]!);
          high = Math.max(high, field_mc[m * grid.cellCount + c]!);
        }
        most = Math.max(most, high - low);
      }
      return most;
    };
    expect(swing(normals.temperatureK_mc)).toBeLessThan(0.5 * swing(world.normals.temperatureK_mc));
    for (const latitude of [5, 25, 45]) {
      const [north, south] = [belt(zones.precipitationMm, latitude), belt(zones.precipitationMm, -latitude)];
      expect(Math.abs(north - south)).toBeLessThan(0.3 * (north + south));
    }
  });
});
