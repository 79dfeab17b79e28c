import { beforeAll, describe, expect, test } from "vitest";
import { createSphereGrid } from "#core/sim/sphere-grid.ts";
import { airMass, groundEnergy, water } from "#core/sim/weather/energy.ts";
import { earth } from "#core/sim/weather/planet.ts";
import { at } from "#core/sim/weather/state.ts";
import { createWeather } from "#core/sim/weather/weather.ts";
import { earthSurface } from "#tests/support/earth.ts";

// Two decades of the Earth's weather on the coarsest grid of the game: what must not be lost, year by year. Water is that of air, soil and snow,
// and what went to the sea; energy is what air, ground, ice and sea hold beside sunlight taken in less warmth given off.

const grid = createSphereGrid(2);
const years = 20;
type Year = {
  readonly year: number;
  readonly mass: number;
  readonly water: number;
  readonly energyWm2: number;
  readonly turnedWm2: number;
};
const all: Year[] = [];

beforeAll(() => {
  const { model, stepS, advanceTo } = createWeather(grid, earthSurface(grid), earth, 1);
  const { header, rain_c, snowfall_c } = model.state;
  const held = () => header[at.energy]! + groundEnergy(model);
  advanceTo(1);
  const start = { mass: airMass(model), water: water(model), held: held(), received: header[at.received]! };
  for (let year = 1; year <= years; year++) {
    advanceTo((year * 365 * 86_400) / stepS);
    const seconds = year * 365 * 86_400 - stepS;
    const received = header[at.received]! - start.received;
    all.push({
      year,
      mass: airMass(model) / start.mass - 1,
      water: water(model) / start.water - 1,
      energyWm2: (held() - start.held - received) / seconds,
      turnedWm2: received / seconds,
    });
  }
  console.table(all);
  // It rained to the end, so that there was something to lose.
  expect(Math.max(...rain_c) + Math.max(...snowfall_c)).toBeGreaterThan(1e-6);
}, 3_600_000);

describe("after each of twenty years", () => {
  test("air is what it was, within 1e-12", () => {
    for (const { year, mass } of all) expect(Math.abs(mass), `year ${year}`).toBeLessThan(1e-12);
  });

  test("water is what it was, within 1e-11", () => {
    for (const each of all) expect(Math.abs(each.water), `year ${each.year}`).toBeLessThan(1e-11);
  });

  test("air, ground and sea hold what the world took in, within a millionth of a watt per square metre", () => {
    for (const { year, energyWm2 } of all) expect(Math.abs(energyWm2), `year ${year}`).toBeLessThan(1e-6);
    expect(Math.abs(all[0]!.turnedWm2)).toBeGreaterThan(0.1);
  });
});
