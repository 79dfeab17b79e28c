import { beforeAll, describe, expect, test } from "vitest";
import { createSphereGrid } from "#core/sim/sphere-grid.ts";
import { hurricaneFromMps, stormFromMps } from "#core/sim/weather/cyclone-wind.ts";
import { earth } from "#core/sim/weather/planet.ts";
import { at, cyclone, cycloneSize } from "#core/sim/weather/state.ts";
import { createWeather, type Weather } from "#core/sim/weather/weather.ts";
import { earthSurface } from "#tests/support/earth.ts";

// Tropical cyclones of years over the Earth's land and seas, on the coarsest grid with storms, beside what is published: 86 named storms a year, 47
// of them hurricanes, 69 % in the north (IBTrACS 1980–2010, Knapp et al. 2010; Schreck et al. 2014), 87 % begun within 20° of the equator (Gray 1979).

const grid = createSphereGrid(3);
const spinUpDays = 270;
const years = 2;

type Life = { readonly day: number; readonly from: number; farthest: number; peakMps: number; hours: number };

/** Looks every six hours. */
function livesOf(weather: Weather, days: number): Life[] {
  const { state } = weather.model;
  const lives = new Map<number, Life>();
  const perLook = 21_600 / weather.stepS;
  for (let look = 0; look < 4 * days; look++) {
    weather.advanceTo(weather.step() + perLook);
    for (let slot = 0; slot < state.cyclones.length; slot += cycloneSize) {
      const id = state.cyclones[slot + cyclone.id]!;
      if (id === 0) continue;
      const latitude = (Math.asin(state.cyclones[slot + cyclone.z]!) * 180) / Math.PI;
      const life = lives.get(id) ?? { day: weather.step() / 48, from: latitude, farthest: 0, peakMps: 0, hours: 0 };
      life.farthest = Math.max(life.farthest, Math.abs(latitude));
      life.peakMps = state.cyclones[slot + cyclone.peakMps]!;
      life.hours = state.cyclones[slot + cyclone.hours]!;
      lives.set(id, life);
    }
  }
  return [...lives.values()];
}

describe("an Earth", () => {
  let named: Life[];
  const share = (is: (life: Life) => boolean) => named.filter(is).length / named.length;

  beforeAll(() => {
    const weather = createWeather(grid, earthSurface(grid), earth, 1);
    weather.advanceTo(spinUpDays * 48);
    const before = weather.model.state.header[at.stormCount]!;
    named = livesOf(weather, years * 365).filter(({ peakMps }) => peakMps >= stormFromMps);
    const counted = weather.model.state.header[at.stormCount]! - before;
    const mean = (of: (life: Life) => number) => named.reduce((sum, life) => sum + of(life), 0) / named.length;
    console.log({
      perYear: counted / years,
      hurricanes: share(({ peakMps }) => peakMps >= hurricaneFromMps),
      major: share(({ peakMps }) => peakMps >= 50),
      north: share(({ from }) => from > 0),
      within20: share(({ from }) => Math.abs(from) <= 20),
      summer: share(isSummer),
      days: mean(({ hours }) => hours / 24),
      strongest: Math.max(...named.map(({ peakMps }) => peakMps)),
    });
  }, 3_600_000);

  /** The half of the year in which the sea on its side is warm: the sun crosses northwards on day 0, and the sea is two months late. */
  const isSummer = ({ day, from }: Life) => {
    const part = ((day - 45) / 365) % 1;
    return from > 0 ? part > 0 && part < 0.5 : part > 0.5;
  };

  test("has some 86 named storms a year, within half as many and half more", () => {
    expect(named.length / years).toBeGreaterThan(43);
    expect(named.length / years).toBeLessThan(129);
  });

  test("has about half of them grow to hurricanes, none beyond what the Earth has seen", () => {
    expect(share(({ peakMps }) => peakMps >= hurricaneFromMps)).toBeGreaterThan(0.35);
    expect(share(({ peakMps }) => peakMps >= hurricaneFromMps)).toBeLessThan(0.75);
    expect(Math.max(...named.map(({ peakMps }) => peakMps))).toBeLessThan(95);
  });

  test("has them begin beside the equator, never at it, and most within 20°", () => {
    expect(Math.min(...named.map(({ from }) => Math.abs(from)))).toBeGreaterThan(4.5);
    expect(share(({ from }) => Math.abs(from) <= 20)).toBeGreaterThan(0.75);
    expect(share(({ from }) => Math.abs(from) <= 30)).toBeGreaterThan(0.95);
    expect(share(({ from }) => from > 0)).toBeGreaterThan(0.5);
  });

  test("has them in the warm half of the year", () => {
    expect(share(isSummer)).toBeGreaterThan(0.6);
  });
});

test("a world of ice has none", () => {
  const weather = createWeather(grid, earthSurface(grid), { ...earth, sunlight: 800 }, 1, { tuning: { seaDepthM: 5 } });
  weather.advanceTo(300 * 48);
  weather.model.state.header[at.cycloneCount] = 0;
  expect(livesOf(weather, 65)).toEqual([]);
  expect(weather.model.state.header[at.cycloneCount]).toBe(0);
}, 300_000);
