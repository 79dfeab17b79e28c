import { describe, expect, test } from "vitest";
import { gridCache, makePlanet } from "./planet/generate.ts";
import { earthLike, type PlanetSpec } from "./planet/spec.ts";
import { encodePlanet } from "./planet/storage.ts";
import { normalsOf, settleClimate, surfaceOn } from "./settled-climate.ts";
import { climateSpanOf, generateSettled, type SettledProgress } from "./settled-planet.ts";

const gridOf = gridCache();
/** Of very few days, for tests. */
const brief: PlanetSpec = { ...earthLike, level: 4, seed: 3, radiusM: 1_900_000, yearDays: 4 };
const settleS = 4 * 86_400;

function all(of: PlanetSpec) {
  const told: SettledProgress[] = [];
  const steps = generateSettled(of, gridOf, settleS);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return { planet: step.value, told };
    told.push(step.value);
  }
}

describe("how long the weather of a planet runs before its rivers and biomes follow from it", () => {
  const grid = gridOf(3);
  const span = (changes: Partial<PlanetSpec>) => climateSpanOf({ ...earthLike, ...changes }, grid);

  test("is a year that does not count and one that does, like the Earth's", () => {
    expect(span({ yearDays: 365 })).toEqual({ spinUpYears: 1, years: 1 });
  });

  test("is as many of short years, and of long ones one, after as much time", () => {
    expect(span({ yearDays: 50 })).toEqual({ spinUpYears: 7, years: 7 });
    expect(span({ yearDays: 500 })).toEqual({ spinUpYears: 365 / 500, years: 1 });
  });

  test("is nothing where it would take too long", () => {
    expect(span({ yearDays: 2000 })).toBeNull();
    expect(climateSpanOf({ ...earthLike, radiusM: 50_000 }, gridOf(2))).toBeNull();
    expect(climateSpanOf({ ...earthLike, radiusM: 1_900_000 }, gridOf(2))).not.toBeNull();
  });
});

describe("a planet with a settled climate", { timeout: 60_000 }, () => {
  test("tells how far it is, and its rivers, biomes and normals are those of its weather", () => {
    const { planet, told } = all(brief);
    const shares = told.map(({ share }) => share);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    const stages = ["grids", "history", "relief", "erosion", "weather", "climate", "water", "life", "ores"];
    expect(told.map(({ stage }) => stage).filter((stage, i, every) => stage !== every[i - 1])).toEqual(stages);
    expect(told.filter(({ stage, share }) => stage === "weather" && share > 0.05)).toHaveLength(8);

    const first = makePlanet(brief, { gridOf });
    const grid = gridOf(2);
    const surface = surfaceOn(grid, first);
    const weather = settleClimate(grid, surface, brief, brief.seed, climateSpanOf(brief, grid, settleS)!);
    let day = weather.next();
    while (day.done !== true) day = weather.next();
    const normals = normalsOf(grid, day.value, surface, brief);
    expect(encodePlanet(planet)).toEqual(encodePlanet(makePlanet(brief, { gridOf, normals })));
    expect(planet.elevation_c).toEqual(first.elevation_c);
    expect(planet.biome_c).not.toEqual(first.biome_c);
  });

  test("keeps its provisional climate where its weather would take too long", () => {
    const slow = { ...brief, yearDays: 5000 };
    const { planet, told } = all(slow);
    expect(told.some(({ stage, share }) => stage === "weather" && share > 0.05)).toBe(false);
    expect(encodePlanet(planet)).toEqual(encodePlanet(makePlanet(slow, { gridOf })));
  });

  test("is cancelled between two days by not asking on", () => {
    const steps = generateSettled(brief, gridOf, settleS);
    for (;;) {
      const step = steps.next();
      if (step.done === true) throw new Error("it was to be cancelled");
      if (step.value.stage === "weather") break;
    }
    steps.return(undefined as never);
    expect(steps.next()).toEqual({ done: true, value: undefined });
  });
});
