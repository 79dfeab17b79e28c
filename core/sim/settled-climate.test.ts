import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import { gridCache, makePlanet } from "./planet/generate.ts";
import { earthLike, planetBounds, type PlanetSpec } from "./planet/spec.ts";
import { airOf, type ClimateSpan, normalsOf, settleClimate, surfaceOn } from "./settled-climate.ts";
import { earth, planetLimits } from "./weather/planet.ts";

const gridOf = gridCache();
const coarse = gridOf(2);
const spec: PlanetSpec = { ...earthLike, level: 4, seed: 3, yearDays: 4 };
const land = makePlanet(spec, { gridOf });
const surface = surfaceOn(coarse, land);

function settled(seed: number, span: ClimateSpan = { spinUpYears: 1, years: 1 }, of = spec) {
  const run = settleClimate(coarse, surface, of, seed, span);
  let days = 0;
  for (;;) {
    const step = run.next();
    if (step.done === true) return { climate: step.value, days };
    days++;
  }
}

describe("what the weather is given of a planet", () => {
  test("an Earth-like specification is the weather's own Earth, but for the length of its year", () => {
    expect(airOf(earthLike)).toEqual({ ...earth, daysPerYear: 365.25, axialTiltRad: 0.40905 });
  });

  test("a warmer planet has more sun", () => {
    expect(airOf({ ...earthLike, temperatureOffsetC: 10 }).sunlight).toBeGreaterThan(earth.sunlight + 20);
    expect(airOf({ ...earthLike, temperatureOffsetC: -10 }).sunlight).toBeLessThan(earth.sunlight - 20);
  });

  test("the weather knows every planet that can be made", () => {
    for (const end of ["min", "max"] as const) {
      const bounds = Object.entries(planetBounds).map(([name, bound]) => [name, bound[end]]);
      const air = airOf({ ...earthLike, ...(Object.fromEntries(bounds) as Partial<PlanetSpec>) });
      for (const [name, [least, most]] of Object.entries(planetLimits)) {
        const value = air[name as keyof typeof planetLimits];
        expect(value >= least && value <= most, `${name} ${value}`).toBe(true);
      }
    }
  });

  test("cells of the weather have all of the land, and its height", () => {
    let share = 0;
    let volume = 0;
    // Coarse cells are not made of whole fine ones: compared by the fine areas that fell into each.
    const { position_c, cellCount, area_c } = land.grid;
    for (let c = 0, near = 0; c < cellCount; c++) {
      near = coarse.cellAt(position_c[3 * c]!, position_c[3 * c + 1]!, position_c[3 * c + 2]!, near);
      share += area_c[c]! * (surface.landShare_c[near]! - (land.elevation_c[c]! > 0 ? 1 : 0));
      volume += area_c[c]! * (surface.elevationM_c[near]! - Math.max(0, land.elevation_c[c]!));
    }
    expect(Math.abs(share)).toBeLessThan(1e-9);
    expect(Math.abs(volume)).toBeLessThan(1e-5);
  });
});

describe("a settled climate", () => {
  test("has the same bits for the same arguments, and others for another seed", () => {
    const [a, again, other] = [settled(1), settled(1), settled(2)];
    expect(isDeepStrictEqual(again.climate, a.climate)).toBe(true);
    expect(isDeepStrictEqual(other.climate, a.climate)).toBe(false);
  });

  test("is told a day at a time, and of as many years as were asked for", () => {
    const { climate, days } = settled(1, { spinUpYears: 1, years: 2 });
    expect(climate.years).toBe(2);
    expect(days).toBe(12);
  });

  test("begins near the planet's own warmth: a cold one does not begin with warm seas", () => {
    const mean = (of: PlanetSpec) => {
      const { temperatureK_mc } = settled(1, { spinUpYears: 0, years: 1 }, of).climate;
      return temperatureK_mc.reduce((sum, value) => sum + value, 0) / temperatureK_mc.length;
    };
    const [cold, earthly, hot] = [-40, 0, 25].map((temperatureOffsetC) => mean({ ...spec, temperatureOffsetC }));
    expect(earthly).toBeGreaterThan(273);
    expect(earthly).toBeLessThan(300);
    expect(cold).toBeLessThan(earthly! - 25);
    expect(hot).toBeGreaterThan(earthly! + 12);
  });

  test("becomes normals in °C and mm a day, a cell's months together", () => {
    const { climate } = settled(1);
    const normals = normalsOf(coarse, climate, surface, { ...spec, moisture: 0.5 });
    const [c, m] = [17, 5];
    expect(normals.temperatureC_cm[12 * c + m]).toBe(climate.temperatureK_mc[m * coarse.cellCount + c]! - 273.15);
    expect(normals.rainMmDay_cm[12 * c + m]).toBe(climate.precipitationMm_mc[m * coarse.cellCount + c]! / 2);
    expect(Math.min(...normals.rainMmDay_cm)).toBeGreaterThanOrEqual(0);
    expect(
      normals.elevation_c.every((height, i) => height >= 0 && (height === 0 || surface.elevationM_c[i]! >= 0)),
    ).toBe(true);
  });
});
