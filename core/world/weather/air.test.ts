import { describe, expect, test } from "vitest";
import { completeSpecification } from "../../interview/complete-specification.ts";
import { makePlanet } from "../../sim/planet/generate.ts";
import { earthLike } from "../../sim/planet/spec.ts";
import { readyMadeWorlds } from "../seeds.ts";
import type { WorldSpec } from "../spec.ts";
import { airGrid } from "./air-grid.ts";
import { airLandOf } from "./air-land.ts";
import { airLevelOf, airOf, airStepS, hasWeather, inAir, planetOf } from "./air.ts";

const [lobby, valley, sphere] = readyMadeWorlds.map(({ spec }) => spec) as [WorldSpec, WorldSpec, WorldSpec];
const endless: WorldSpec = { ...valley, shape: "infinite", bounds: null };
const mean = (all: Float64Array) => all.reduce((sum, each) => sum + each, 0) / all.length;
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

describe("a world whose planet was made", () => {
  const planetSpec = { ...earthLike, level: 4, seed: 7, radiusM: 1_900_000 };
  const made = makePlanet(planetSpec);
  const land = airLandOf(made);
  const spec: WorldSpec = {
    ...sphere,
    radiusM: planetSpec.radiusM,
    ground: "planet",
    generator: { kind: "planet", version: 1, planet: planetSpec },
  };

  test("has the air of its own planet: land where it has land, and its own warmth", () => {
    expect(hasWeather(spec)).toBe(true);
    const { model } = airOf(spec, { land });
    const { grid, isLand_c, state } = model;
    let agree = 0;
    for (let c = 0; c < grid.cellCount; c++) {
      const [x, y, z] = [grid.position_c[3 * c]!, grid.position_c[3 * c + 1]!, grid.position_c[3 * c + 2]!];
      const isLand = made.elevation_c[made.grid.cellAt(x, y, z, 0)]! > 0;
      if (isLand === (isLand_c[c] === 1)) agree++;
    }
    expect(agree / grid.cellCount).toBeGreaterThan(0.8);
    expect(mean(state.airK_c)).toBeGreaterThan(270);
    expect(() => airOf(spec)).toThrow("without the planet");
  });

  test("can be stepped in a thread: what it needs crosses as it is", () => {
    const there = airOf(spec, { land: structuredClone(land) });
    there.advanceTo(3);
    const here = airOf(spec, { land });
    here.advanceTo(3);
    expect(there.hash()).toBe(here.hash());
  });

  test("begins in the season of its step: snow and ice of the half of it that has winter", () => {
    const yearSteps = (spec.sky.daysPerYear * spec.sky.dayLengthS) / airStepS(spec);
    const white = (share: number) => {
      const { model } = airOf(spec, { land, step: Math.round(share * yearSteps) });
      const { snow_c, iceM_c } = model.state;
      let [north, south] = [0, 0];
      for (let c = 0; c < model.grid.cellCount; c++) {
        const isWhite = snow_c[c]! > 5 || iceM_c[c]! > 0.05;
        if (isWhite && model.grid.position_c[3 * c + 2]! > 0) north++;
        else if (isWhite) south++;
      }
      return { north, south };
    };
    const [summer, winter] = [white(0.35), white(0.85)];
    expect(winter.north).toBeGreaterThan(1.2 * summer.north);
    expect(summer.south).toBeGreaterThan(1.2 * winter.south);
  });
});

describe.each(["land", "planet"] as const)("what was said of a world's warmth (%s)", { timeout: 30_000 }, (ground) => {
  const warmthOf = (temperatureOffsetC: number, seed: number): number => {
    const planet = { ...earthLike, level: 4, seed, radiusM: 1_000_000, temperatureOffsetC };
    const said = completeSpecification({ planet: { temperature_offset_c: temperatureOffsetC } }, { name: "A", seed });
    const spec: WorldSpec = {
      ...sphere,
      seed,
      radiusM: planet.radiusM,
      ground,
      ...(ground === "planet" ? { generator: { kind: "planet", version: 1, planet } } : { specification: said }),
    };
    const land = ground === "planet" ? { land: airLandOf(makePlanet(planet)) } : {};
    const weather = airOf(spec, land);
    expect(weather.model.planet.sunlight).toBeCloseTo(1361 * (1 + 0.0033 * temperatureOffsetC), 6);
    weather.advanceTo(Math.round(43_200 / weather.stepS));
    return mean(weather.model.state.airK_c);
  };

  test.each([3, 4])("is felt in its weather (seed %d)", (seed) => {
    const [icy, cold, usual, hot] = [-40, -10, 0, 20].map((offset) => warmthOf(offset, seed)) as [
      number,
      number,
      number,
      number,
    ];
    expect(icy).toBeLessThan(cold - 15);
    expect(cold).toBeLessThan(usual - 4);
    expect(hot).toBeGreaterThan(usual + 10);
  });
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
