import { beforeEach, describe, expect, test } from "vitest";
import { createSphereGrid } from "../sphere-grid.ts";
import { blizzard, heat, stepExtremes } from "./extremes.ts";
import { extremesHere } from "./extremes-here.ts";
import { observe } from "./observe.ts";
import { earth, type Planet } from "./planet.ts";
import { sampleAt, type WeatherView } from "./sample.ts";
import { putMonthly } from "./season-normals.ts";
import { at } from "./state.ts";
import { createWeather, type Weather } from "./weather.ts";

const grid = createSphereGrid(1);
const { cellCount } = grid;
const surface = { landShare_c: new Float64Array(cellCount).fill(1), elevationM_c: new Float64Array(cellCount) };
surface.landShare_c[cellCount - 1] = 0;

let weather: Weather;
let state: Weather["model"]["state"];

/** Weather that stands still, in which only extremes are counted. */
function begin(planet: Planet = earth): void {
  weather = createWeather(grid, surface, planet, 1);
  ({ state } = weather.model);
  for (const field of [state.rain_c, state.snowfall_c, state.east_c, state.north_c]) field.fill(0);
}
beforeEach(() => begin());

/** `each` is told the hour of the world, and may change the weather. */
function goOn(hours: number, each: (hour: number) => void = () => undefined): void {
  const perHour = 3600 / weather.stepS;
  for (let hour = 0; hour < hours; hour++) {
    each((state.header[at.step]! * weather.stepS) / 3600);
    for (let part = 0; part < perHour; part++) {
      state.header[at.step]! += 1;
      stepExtremes(weather.model, weather.stepS);
    }
  }
}

describe("a blizzard", () => {
  beforeEach(() => {
    state.airK_c.fill(263);
    state.snow_c.fill(20);
    state.loose_c.fill(10);
    state.east_c.fill(32);
    state.north_c.fill(24);
  });

  test("is wind that takes up loose snow for three hours, and over when it drops", () => {
    goOn(2);
    expect(state.blizzardS_c[0]).toBe(7200);
    expect(seen().isBlizzard).toBe(false);
    goOn(1);
    expect(state.blizzardS_c[0]).toBe(blizzard.leastS);
    expect(seen().isBlizzard).toBe(true);
    state.north_c.fill(0);
    state.east_c.fill(7);
    goOn(1);
    expect(state.blizzardS_c[0]).toBe(0);
  });

  test("ends when the snow has settled, and goes on when more falls", () => {
    goOn(96);
    expect(state.blizzardS_c[0]).toBe(0);
    goOn(10, () => state.snowfall_c.fill(1 / 3600));
    expect(state.blizzardS_c[0]).toBeGreaterThan(5 * 3600);
  });

  test("is snow that falls thickly in the storm, though none lies loose", () => {
    state.loose_c.fill(0);
    state.snow_c.fill(0);
    goOn(4, () => state.snowfall_c.fill(6 / 3600));
    expect(state.blizzardS_c[0]).toBe(4 * 3600);
  });

  test("is none in a thaw, without snow, in less wind or at sea", () => {
    goOn(3);
    expect(state.blizzardS_c[cellCount - 1]).toBe(0);
    state.airK_c.fill(273.5);
    goOn(3);
    expect(state.blizzardS_c[0]).toBe(0);
    state.airK_c.fill(263);
    goOn(3);
    // What thawed is loose no more.
    expect(state.blizzardS_c[0]).toBe(0);
    state.loose_c.fill(10);
    state.east_c.fill(7);
    state.north_c.fill(0);
    goOn(3);
    expect(state.blizzardS_c[0]).toBe(0);
  });

  test("comes with the squalls where the mean wind is not quite enough", () => {
    state.north_c.fill(0);
    state.east_c.fill(18.5);
    const hours = new Set<number>();
    goOn(400, () => {
      state.loose_c.fill(10);
      hours.add(state.blizzardS_c[0]! / 3600);
    });
    expect(hours).toContain(0);
    expect(Math.max(...hours)).toBeGreaterThanOrEqual(3);
    expect(Math.max(...hours)).toBeLessThan(48);
  });

  const place = { x: grid.position_c[0]!, y: grid.position_c[1]!, z: grid.position_c[2]!, elevationM: 0, isSea: false };
  const view = (): WeatherView => ({
    grid,
    state,
    groundM_c: new Float64Array(cellCount),
    isLand_c: weather.model.isLand_c,
  });
  const seen = () => observe(view(), earth, 1, place, 0).extremes;

  test("is seen: one does not see a quarter mile, day or night, but on the sea nearby there is none", () => {
    goOn(3);
    for (const timeS of [0, 43_200]) {
      const here = observe(view(), earth, 1, place, timeS);
      expect(here.visibilityM).toBeLessThan(blizzard.visibilityM);
      expect(here.gustMps).toBeGreaterThan(blizzard.gustMps);
      expect(here.extremes.isBlizzard).toBe(true);
      expect(observe(view(), earth, 1, { ...place, isSea: true }, timeS).extremes.isBlizzard).toBe(false);
    }
  });

  test("heat is not felt on a height above the plain, nor drought at sea", () => {
    state.hotS_c.fill(6 * 86_400);
    state.droughtS_c.fill(86_400);
    state.droughtIndex_c.fill(-1.7);
    const sample = sampleAt(view(), 0, place.x, place.y, place.z);
    const at2 = (riseKm: number, isSea: boolean) =>
      extremesHere(sample, earth, { ...place, isSea }, { gustMps: 0, visibilityM: 1e4, riseKm });
    expect(at2(0, false)).toEqual({ isBlizzard: false, heatWaveDays: 6, drought: "severe", precipitationIndex: -1.7 });
    expect(at2(2, true)).toEqual({ isBlizzard: false, heatWaveDays: 0, drought: "none", precipitationIndex: 0 });
  });
});

/** °C at an hour of the world: as warm as the day has it, warmest in the afternoon at longitude 0. */
const warmth = (hour: number, warmestC: number) => 268.16 + warmestC - 5 * Math.cos((2 * Math.PI * (hour - 3)) / 24);

describe("a heat wave", () => {
  const normally = (hottestK: number) => {
    for (let c = 0; c < cellCount; c++) putMonthly(state.hottestNormal_cj, c, new Float64Array(12).fill(hottestK));
  };
  const warm = (hour: number, more: number) => state.airK_c.fill(warmth(hour, 26) + more);
  /** The hottest hour has 26 °C, three degrees more or less: nine tenths of the days have less than 29.8. */
  const usual = (hour: number) => warm(hour, Math.floor(hour / 24 / 5) % 2 === 0 ? 3 : -3);
  beforeEach(() => {
    normally(299.16);
    goOn(800 * 24, usual);
  });

  test("is six days in a row beyond nine tenths of the season's, wherever it is on the sphere, and ends with the first that is not", () => {
    goOn(8 * 24, (hour) => warm(hour, 5));
    for (let c = 0; c < cellCount; c++) {
      expect(state.hotS_c[c]).toBeGreaterThanOrEqual(heat.leastS);
      expect(state.hotS_c[c]).toBeLessThanOrEqual(8 * 86_400);
    }
    goOn(3 * 24, (hour) => warm(hour, 0));
    expect(Math.max(...state.hotS_c)).toBe(0);
  });

  test("is none after five days, nor three degrees above what is normal, nor where it is cool", () => {
    goOn(5 * 24, (hour) => warm(hour, 5));
    expect(Math.max(...state.hotS_c)).toBeLessThan(heat.leastS);
    goOn(10 * 24, (hour) => warm(hour, 3));
    expect(Math.max(...state.hotS_c)).toBe(0);
    normally(280);
    goOn(10 * 24, (hour) => warm(hour, -10));
    expect(Math.max(...state.hotS_c)).toBe(0);
  });

  test("lasts six times 24 hours where days are short", () => {
    begin({ ...earth, dayLengthS: 21_600 });
    normally(299.16);
    goOn(800 * 6, () => state.airK_c.fill(299.16));
    goOn(5 * 24, () => state.airK_c.fill(307));
    expect(state.hotS_c[0]).toBeGreaterThan(0);
    expect(state.hotS_c[0]).toBeLessThan(heat.leastS);
    goOn(36, () => state.airK_c.fill(307));
    expect(state.hotS_c[0]).toBeGreaterThanOrEqual(heat.leastS);
  });
});

describe("a drought", () => {
  const rain = (mmDay: number) => state.rain_c.fill(mmDay / 86_400);
  /** Four years of weeks that are wet and dry in turn, as rain is. */
  const usual = (hour: number) => rain(Math.floor(hour / 24 / 40) % 2 === 0 ? 3 : 2);
  const days = (count: number, each: (hour: number) => void) => goOn(24 * count, each);

  test("comes when a season stays dry, gets worse, and is over when it has rained enough", () => {
    days(4 * 365, usual);
    expect(state.droughtS_c[0]).toBe(0);
    days(60, () => rain(0.5));
    const first = state.droughtIndex_c[0]!;
    expect(first).toBeLessThan(-1);
    expect(state.droughtS_c[0]).toBeGreaterThan(0);
    days(30, () => rain(0.5));
    expect(state.droughtIndex_c[0]!).toBeLessThan(first);
    days(30, () => rain(3));
    expect(state.droughtS_c[0]).toBeGreaterThan(0);
    for (let day = 0; day < 100 && state.droughtS_c[0]! > 0; day++) {
      expect(state.droughtIndex_c[0]!).toBeLessThan(0);
      days(1, () => rain(5));
    }
    expect(state.droughtS_c[0]).toBe(0);
    expect(state.droughtIndex_c[0]!).toBeGreaterThanOrEqual(0);
  }, 30_000);

  test("is none in a desert, nor at sea", () => {
    days(2 * 365, () => rain(0.1));
    days(100, () => rain(0));
    expect(state.droughtS_c[0]).toBe(0);
    expect(state.droughtIndex_c[0]).toBe(0);
    expect(state.droughtS_c[cellCount - 1]).toBe(0);
  });
});

test("what has been counted goes on from a saved state as if nothing had been", () => {
  const first = createWeather(grid, surface, earth, 1);
  const perHour = 3600 / first.stepS;
  first.advanceTo(50 * perHour);
  const second = createWeather(grid, surface, earth, 2);
  second.restore(first.snapshot());
  for (const each of [first, second]) each.advanceTo(100 * perHour);
  expect(second.hash()).toBe(first.hash());
  expect([...second.model.state.hottestNormal_cj]).toEqual([...first.model.state.hottestNormal_cj]);
  expect(first.model.state.header[at.daysLearnt]).toBe(4);
});
