import { describe, expect, test } from "vitest";
import { readyMadeWorlds } from "../seeds.ts";
import type { WorldSpec } from "../spec.ts";
import { airGrid, airLevelOf, airOf, airStepS, hasWeather, inAir, planetOf } from "./air.ts";

const [lobby, valley, sphere] = readyMadeWorlds.map(({ spec }) => spec) as [WorldSpec, WorldSpec, WorldSpec];
const endless: WorldSpec = { ...valley, shape: "infinite", bounds: null };
const at = (x: number, y: number) => ({ x, y, z: 0 });

test("a room has no weather, everything else has", () => {
  expect([lobby, valley, sphere, endless].map(hasWeather)).toEqual([false, true, true, true]);
});

describe("where somebody stands in the air", () => {
  const latitude = ({ z }: { z: number }) => Math.asin(z);
  const longitude = ({ x, y }: { x: number; y: number }) => Math.atan2(y, x);

  test("on a sphere it is his own latitude and longitude, however small the sphere is", () => {
    for (const radiusM of [10_000, 637_100, 1e7]) {
      const there = inAir({ ...sphere, radiusM }, at(radiusM * 2, radiusM * -0.7));
      expect(latitude(there)).toBeCloseTo(-0.7, 9);
      expect(longitude(there)).toBeCloseTo(2, 9);
    }
  });

  test("all of a world that ends somewhere is one place, at its latitude", () => {
    expect(inAir(valley, at(900, -900))).toEqual(inAir(valley, at(0, 0)));
    expect(latitude(inAir(valley, at(0, 0)))).toBeCloseTo(valley.sky.latitudeRad, 9);
  });

  test("an endless world is true to scale near its middle and never leaves its climate and hour", () => {
    const { radiusM } = planetOf(endless);
    const middle = inAir(endless, at(0, 0));
    expect((latitude(inAir(endless, at(0, 50_000))) - latitude(middle)) * radiusM).toBeCloseTo(50_000, 3);
    for (const x of [-7.77e8, -1e6, 123_456, 9.9e9]) {
      const there = inAir(endless, at(x, 2 * x));
      expect(Math.abs(latitude(there) - latitude(middle))).toBeLessThan(0.1);
      expect(Math.abs(longitude(there))).toBeLessThan(0.15);
    }
  });
});

test("the step that is known before the air is made is the air's own", () => {
  for (const spec of [valley, sphere, endless, { ...sphere, radiusM: 50_000 }]) {
    expect(airOf(spec).stepS).toBe(airStepS(spec));
    expect(airGrid(airLevelOf(spec)).cellCount).toBeLessThan(1000);
  }
});

test("extremes of a specification make an air all the same", () => {
  const sky = { dayLengthS: 60, daysPerYear: 0.5, axialTiltRad: -3, latitudeRad: 1.5, eccentricity: 0.9 };
  const weather = airOf({ ...valley, sky: { ...valley.sky, ...sky } });
  weather.advanceTo(2);
  expect(weather.step()).toBe(2);
});

test("a valley lies inland, not on an island in the sea", () => {
  const { model } = airOf(valley);
  const { x, y, z } = inAir(valley, at(0, 0));
  const cell = model.grid.cellAt(x, y, z, 0);
  expect(model.isLand_c[cell]).toBe(1);
});
