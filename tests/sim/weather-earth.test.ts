import { beforeAll, describe, expect, test } from "vitest";
import { createSphereGrid } from "#core/sim/sphere-grid.ts";
import { type ClimateNormals, climateRun, monthsPerYear } from "#core/sim/weather/normals.ts";
import { earth } from "#core/sim/weather/planet.ts";
import { at } from "#core/sim/weather/state.ts";
import { earthSurface } from "#tests/support/earth.ts";
import { misfit, published, zonalClimate, type Zones, zonalTable } from "#tests/support/zonal-climate.ts";

// Earth's land, sun and spin on the coarsest grid with storms, after nine months of warming up: the climate that follows beside the published
// one. Bounds are wider than the misses that docs/simulation.md tells, by about as much as one year differs from the next.

const grid = createSphereGrid(3);
const surface = earthSurface(grid);
const isLand = (c: number) => surface.landShare_c[c]! >= 0.5;
let normals: ClimateNormals;
let zones: Zones;
let receivedWm2: number;
let fixedWm2: number;

beforeAll(() => {
  const run = climateRun(grid, surface, earth, 1, { spinUpYears: 0.75, years: 1 });
  let next = run.next();
  while (next.done !== true) next = run.next();
  normals = next.value.normals;
  zones = zonalClimate(grid, surface, normals);
  const { weather } = next.value;
  const seconds = weather.step() * weather.stepS;
  receivedWm2 = weather.model.state.header[at.received]! / seconds;
  fixedWm2 = weather.model.state.header[at.fixed]! / seconds;
  console.log(zonalTable(zones));
}, 3_600_000);

/** Mean of a belt, by its middle. */
const belt = (values: readonly number[], latitude: number) => values[(latitude + 85) / 10]!;

/** Mean over the cells of a kind between two latitudes, by month. */
function monthly(field_mc: Float64Array, from: number, to: number, isIn: (c: number) => boolean): number[] {
  return Array.from({ length: monthsPerYear }, (_, m) => {
    let [sum, area] = [0, 0];
    for (let c = 0; c < grid.cellCount; c++) {
      const latitude = (grid.latitude_c[c]! * 180) / Math.PI;
      if (latitude < from || latitude > to || !isIn(c)) continue;
      sum += grid.area_c[c]! * field_mc[m * grid.cellCount + c]!;
      area += grid.area_c[c]!;
    }
    return sum / area;
  });
}

const range = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
/** Days from the northern solstice to the warmest day, by the first harmonic of twelve months. */
function lagDays(values: readonly number[]): number {
  let [cosine, sine] = [0, 0];
  values.forEach((value, m) => {
    const angle = (2 * Math.PI * (m + 0.5)) / values.length;
    cosine += value * Math.cos(angle);
    sine += value * Math.sin(angle);
  });
  return (Math.atan2(sine, cosine) / (2 * Math.PI) - 0.25) * 365;
}

describe("Earth", () => {
  test("is as warm and as wet as it is: 14.5 °C and 2.7 mm a day, and what falls has risen", () => {
    const { temperatureC, precipitationMm, evaporationMm } = zones.global;
    expect(Math.abs(temperatureC - 14.5)).toBeLessThan(3.5);
    expect(Math.abs(precipitationMm - 2.7)).toBeLessThan(0.6);
    expect(Math.abs(precipitationMm - evaporationMm)).toBeLessThan(0.05);
  });

  test("is warm and cold where it should be", () => {
    expect(misfit(zones.temperatureC, published.temperatureC)).toBeLessThan(4);
    expect(Math.abs(belt(zones.temperatureC, 5) - 26.5)).toBeLessThan(3);
    expect(belt(zones.temperatureC, 85)).toBeLessThan(-8);
  });

  test("has its rain at the equator, dry belts beside it and rain again in the middle latitudes", () => {
    expect(misfit(zones.precipitationMm, published.precipitationMm)).toBeLessThan(1.2);
    const tropics = Math.max(belt(zones.precipitationMm, 5), belt(zones.precipitationMm, -5));
    expect(tropics).toBeGreaterThan(4.5);
    expect(Math.max(...zones.precipitationMm)).toBe(tropics);
    for (const side of [1, -1]) {
      const dry = Math.min(...[15, 25].map((latitude) => belt(zones.precipitationMm, side * latitude)));
      expect(dry).toBeLessThan(0.6 * tropics);
      expect(belt(zones.precipitationMm, 75 * side)).toBeLessThan(dry);
    }
    expect(belt(zones.precipitationMm, 85)).toBeLessThan(1);
  });

  test("has trade winds from the east and, poleward of them, westerlies", () => {
    for (const latitude of [-5, 5, 15]) expect(belt(zones.eastMps, latitude)).toBeLessThan(-1);
    for (const latitude of [-55, -45, 45]) expect(belt(zones.eastMps, latitude)).toBeGreaterThan(0.8);
    // The trades blow towards the equator.
    expect(belt(zones.northMps, 15)).toBeLessThan(-0.4);
    expect(belt(zones.northMps, -15)).toBeGreaterThan(0.4);
  });

  test("has rain that follows the sun, warm months after the solstices, and seasons that are stronger on land", () => {
    expect(belt(zones.summerMm, 15)).toBeGreaterThan(1.3 * belt(zones.winterMm, 15));
    expect(belt(zones.winterMm, -15)).toBeGreaterThan(1.3 * belt(zones.summerMm, -15));
    const land = monthly(normals.temperatureK_mc, 40, 65, isLand);
    const sea = monthly(normals.temperatureK_mc, 40, 65, (c) => !isLand(c));
    expect(range(land)).toBeGreaterThan(1.8 * range(sea));
    console.log(
      `warmest day after the solstice: land ${lagDays(land).toFixed(0)}, sea ${lagDays(sea).toFixed(0)} days`,
    );
    // Published: about 30 days on land, 60 to 75 at sea.
    expect(lagDays(land)).toBeGreaterThan(15);
    expect(lagDays(land)).toBeLessThan(50);
    expect(lagDays(sea)).toBeGreaterThan(lagDays(land) + 10);
    expect(lagDays(sea)).toBeLessThan(95);
  });

  test("keeps the books of its energy: the sea still takes in less than 8 W/m², friction gives back some 1.5", () => {
    expect(Math.abs(receivedWm2)).toBeLessThan(8);
    expect(fixedWm2).toBeGreaterThan(0);
    expect(fixedWm2).toBeLessThan(3);
  });
});
