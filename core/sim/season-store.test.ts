import { describe, expect, test } from "vitest";
import { emptyNormals, monthOf, type Normals } from "./planet/normals.ts";
import { type GroundStore, putStore } from "./season-store.ts";
import { createSphereGrid } from "./sphere-grid.ts";
import { earthTuning } from "./weather/tuning.ts";

const grid = createSphereGrid(2);
const yearS = 365 * 86_400;
/** Warmest in the middle of the fourth month: summer solstice and some weeks. */
function normals(meanC: number, swingC: number, rainMmDay: number): Normals {
  const made = emptyNormals(grid, new Float64Array(grid.cellCount));
  for (let k = 0; k < made.temperatureC_cm.length; k++) {
    made.temperatureC_cm[k] = meanC + swingC * Math.cos((2 * Math.PI * ((k % 12) - 3)) / 12);
    made.rainMmDay_cm[k] = rainMmDay;
  }
  return made;
}
function stored(of: Normals, yearShare: number, isLand: boolean): GroundStore {
  const out = { snowMm: 9, soilMm: 9, iceM: 9 };
  putStore(out, of, 5, { yearShare, yearS, isLand }, earthTuning);
  return out;
}
const [midsummer, midwinter] = [0.29, 0.88];

test("a moment of the year lies between the middles of two months, across the year's end too", () => {
  const field = Float64Array.from({ length: 24 }, (_, k) => k % 12);
  expect(monthOf(field, 1, 0.5 / 12)).toBeCloseTo(0, 12);
  expect(monthOf(field, 1, 7 + 3 / 12)).toBeCloseTo(2.5, 12);
  expect(monthOf(field, 1, 0)).toBeCloseTo(5.5, 12);
  expect(monthOf(field, 1, -0.5 / 12)).toBeCloseTo(11, 12);
});

describe("what a season leaves on the ground", () => {
  const boreal = normals(-2, 20, 1.5);

  test("in winter snow lies where it froze for months, and in summer none", () => {
    const snow = stored(boreal, midwinter, true).snowMm;
    // About four months at 1.5 mm a day.
    expect(snow).toBeGreaterThan(120);
    expect(snow).toBeLessThan(280);
    expect(stored(boreal, midsummer, true)).toMatchObject({ snowMm: 0, iceM: 0 });
  });

  test("where it never thaws snow grows from year to year, within its bound", () => {
    const icy = stored(normals(-30, 10, 2), midsummer, true).snowMm;
    expect(icy).toBeCloseTo(3 * 365 * 2, 6);
    expect(stored(normals(-30, 10, 9), midsummer, true).snowMm).toBe(earthTuning.snowMax);
  });

  test("soil is full where it rains on cool land, and near empty in a desert", () => {
    expect(stored(normals(8, 3, 4), 0.5, true).soilMm).toBe(earthTuning.soilMax);
    expect(stored(normals(28, 4, 0.1), 0.5, true).soilMm).toBeLessThan(8);
    expect(stored(normals(28, 4, 0.1), 0.5, false).soilMm).toBe(0);
  });

  test("a polar sea has a metre or three of ice, that of a winter goes in summer, and a warm one has none", () => {
    const polar = stored(normals(-16, 15, 0.5), 0.05, false).iceM;
    expect(polar).toBeGreaterThan(1);
    expect(polar).toBeLessThan(5);
    expect(stored(normals(2, 12, 1), midwinter, false).iceM).toBeGreaterThan(0.1);
    expect(stored(normals(2, 12, 1), midsummer, false).iceM).toBe(0);
    expect(stored(normals(20, 5, 1), midwinter, false)).toEqual({ snowMm: 0, soilMm: 0, iceM: 0 });
  });
});
