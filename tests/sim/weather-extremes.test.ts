import { describe, expect, test } from "vitest";
import { rng } from "#core/sim/rng.ts";
import { createSphereGrid } from "#core/sim/sphere-grid.ts";
import { airMass, water } from "#core/sim/weather/energy.ts";
import { earth, type Planet, planetLimits } from "#core/sim/weather/planet.ts";
import { createWeather } from "#core/sim/weather/weather.ts";
import { earthSurface } from "#tests/support/earth.ts";

// Every parameter at both its ends, and worlds that have several at once. A shallow sea, so that heat and cold come within the days that are run.

const grid = createSphereGrid(2);
const earthly = earthSurface(grid);
const days = 25;
const stepsMax = 1500;
const randomWorlds = 20;

type Name = keyof typeof planetLimits;
const names = Object.keys(planetLimits) as Name[];

const ends = names.flatMap((name) =>
  planetLimits[name].map((value) => ({
    what: `${name} ${value}`,
    planet: { ...earth, eccentricity: 0, [name]: value },
  })),
);

const mixed = Array.from({ length: randomWorlds }, (_, i) => {
  const random = rng(i + 1, "extreme worlds");
  const drawn = names.map((name) => {
    const [least, most] = planetLimits[name];
    const isWide = least > 0 && most / least > 20;
    const share = random.float() ** 0.5;
    const towards = random.int(2) === 0 ? share : 1 - share;
    return [name, isWide ? least * (most / least) ** towards : least + towards * (most - least)] as const;
  });
  const planet: Planet = { ...earth, ...Object.fromEntries(drawn), isRetrograde: random.int(2) === 0 };
  return { what: `seed ${i + 1}`, planet };
});

const surfaces = {
  earthly,
  allSea: { landShare_c: new Float64Array(grid.cellCount), elevationM_c: new Float64Array(grid.cellCount) },
  allLand: {
    landShare_c: new Float64Array(grid.cellCount).fill(1),
    elevationM_c: Float64Array.from({ length: grid.cellCount }, (_, c) => (c % 7 === 0 ? 9000 : 100)),
  },
};

function isSound(planet: Planet, surface: (typeof surfaces)[keyof typeof surfaces]): void {
  const weather = createWeather(grid, surface, planet, 1, { tuning: { seaDepthM: 4 } });
  const { model, stepS } = weather;
  const [mass, wet] = [airMass(model), water(model)];
  weather.advanceTo(Math.min(stepsMax, Math.round((days * 86_400) / stepS)));
  const { state } = model;
  expect(state.all.every((number) => Number.isFinite(number))).toBe(true);
  expect(Math.abs(airMass(model) / mass - 1)).toBeLessThan(1e-10);
  expect(Math.abs(water(model) / wet - 1)).toBeLessThan(1e-9);
  for (const field of [state.humidity_kc, state.soil_c, state.snow_c, state.iceM_c]) {
    expect(Math.min(...field)).toBeGreaterThanOrEqual(0);
  }
  expect(Math.min(...state.pressurePa_c)).toBeGreaterThan(0.15 * planet.pressurePa);
  expect(Math.min(...state.airK_c)).toBeGreaterThan(60);
  expect(Math.max(...state.airK_c)).toBeLessThan(600);
}

describe("the weather stays finite and keeps its mass and water", () => {
  test.each(ends)("$what", ({ planet }) => isSound(planet, earthly));
  test.each(mixed)("with everything drawn anew, $what", ({ planet }) => isSound(planet, earthly));
  test("without any land", () => isSound(earth, surfaces.allSea));
  test("without any sea, among peaks of nine kilometres", () => isSound(earth, surfaces.allLand));
});
