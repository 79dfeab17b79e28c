import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crc32 } from "#core/sim/planet/checksum.ts";
import { gridCache, makePlanet } from "#core/sim/planet/generate.ts";
import type { Planet } from "#core/sim/planet/planet.ts";
import { resourceKinds } from "#core/sim/planet/resources.ts";
import { earthLike, planetBounds, type PlanetSpec } from "#core/sim/planet/spec.ts";
import { hypsometry, riverLaws } from "#core/sim/planet/statistics.ts";
import { decodePlanet, encodePlanet } from "#core/sim/planet/storage.ts";
import { summaryOf } from "#core/sim/planet/summary.ts";

const gridOf = gridCache();
const spec = (seed: number, changes: Partial<PlanetSpec> = {}): PlanetSpec => ({
  ...earthLike,
  level: 4,
  seed,
  ...changes,
});
const make = (seed: number, changes: Partial<PlanetSpec> = {}) => makePlanet(spec(seed, changes), { gridOf });

describe("Earth-like planets of level 6", () => {
  const seeds = Array.from({ length: 12 }, (_, i) => i + 1);
  const planets = seeds.map((seed) => ({ seed, ...measure(make(seed, { level: 6 })) }));

  test("are measured", () => {
    for (const name of [
      "landM",
      "seaM",
      "landShare",
      "hack",
      "hackAlong",
      "slopeArea",
      "bifurcation",
      "lengthRatio",
      "areaRatio",
      "longestKm",
      "lakeShare",
      "endorheic",
      "meanC",
      "rainMmDay",
    ] as const) {
      const values = planets.map((planet) => planet[name]).toSorted((a, b) => a - b);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      process.stdout.write(
        `${name}: mean ${mean.toFixed(3)}, ${values[0]!.toFixed(3)} … ${values.at(-1)!.toFixed(3)}\n`,
      );
    }
    expect(planets).toHaveLength(seeds.length);
  });

  test.each(planets)(
    "seed $seed has Earth's two humps of height, its means, and the land that was asked for",
    (planet) => {
      expect(planet.landM).toBeGreaterThan(500);
      expect(planet.landM).toBeLessThan(1000);
      expect(Math.abs(planet.seaM + 3700)).toBeLessThan(600);
      expect(Math.abs(planet.landShare - earthLike.landShare)).toBeLessThan(0.02);
      // Between the humps, 1,000 … 3,000 m deep, there is less than in either.
      expect(planet.between).toBeLessThan(0.5 * planet.low);
      expect(planet.between).toBeLessThan(0.5 * planet.deep);
    },
  );

  test.each(planets)("seed $seed has rivers by Hack, Flint and Horton", (planet) => {
    expect(planet.hack).toBeGreaterThan(0.48);
    expect(planet.hack).toBeLessThan(0.62);
    expect(planet.slopeArea).toBeGreaterThan(-0.7);
    expect(planet.slopeArea).toBeLessThan(-0.4);
    expect(planet.bifurcation).toBeGreaterThan(3);
    expect(planet.bifurcation).toBeLessThan(5.5);
    // Horton's 1.5 … 3.5 is missed by some: see docs/simulation.md.
    expect(planet.lengthRatio).toBeGreaterThan(1.05);
    expect(planet.lengthRatio).toBeLessThan(3.5);
  });

  test("are fixed for good at the finer levels too", () => {
    expect([5, 6, 7].map((level) => crc32(encodePlanet(make(1, { level }))))).toEqual([
      1700065901, 127960706, 3917735486,
    ]);
  });
});

function measure(planet: Planet) {
  const { landShare, meanLandM, meanSeaM, longestRiverKm, lakeShare, endorheicShare, meanTemperatureC, meanRainMmDay } =
    summaryOf(planet);
  const bins = hypsometry(planet, -7000, 1000, 10);
  return {
    ...riverLaws(planet),
    landShare,
    landM: meanLandM,
    seaM: meanSeaM,
    longestKm: longestRiverKm,
    lakeShare,
    endorheic: endorheicShare,
    meanC: meanTemperatureC,
    rainMmDay: meanRainMmDay,
    deep: Math.max(...bins.subarray(0, 4)),
    between: Math.max(...bins.subarray(4, 6)),
    low: Math.max(...bins.subarray(6, 9)),
  };
}

describe("every planet within the bounds", () => {
  const ends = Object.entries(planetBounds)
    .filter(([name]) => name !== "level")
    .flatMap(([name, { min, max }]) => [min, max].map((value) => [name, value] as const));

  test.each(ends)("is finite and whole with %s of %d", (name, value) => {
    const planet = make(5, { [name]: value, moons: [] });
    expectSound(planet);
  });

  test("is finite and whole anywhere between the ends", { timeout: 60_000 }, () => {
    const any = fc.record(
      Object.fromEntries(
        Object.entries(planetBounds).map(([name, { min, max }]) => [
          name,
          name === "level" ? fc.constant(4) : name === "seed" ? fc.maxSafeNat() : fc.double({ min, max, noNaN: true }),
        ]),
      ),
    );
    fc.assert(
      fc.property(any, (drawn) => expectSound(makePlanet({ ...earthLike, ...drawn, moons: [] }, { gridOf }))),
      { numRuns: 15, seed: 1 },
    );
  });

  test("has as much land as was asked for, within 2 %", () => {
    for (const landShare of [0, 0.03, 0.15, 0.3, 0.5, 0.75, 0.95, 1]) {
      expect(Math.abs(summaryOf(make(6, { landShare })).landShare - landShare), `asked ${landShare}`).toBeLessThan(
        0.02,
      );
    }
  });
});

describe("what follows from what", () => {
  const mean = (seeds: number[], changes: Partial<PlanetSpec>, of: (planet: Planet) => number) =>
    seeds.reduce((sum, seed) => sum + of(make(seed, changes)) / seeds.length, 0);
  const seeds = [11, 12, 13];
  const warmth = (planet: Planet) => summaryOf(planet).meanTemperatureC;
  const flow = (planet: Planet) => summaryOf(planet).largestRiverM3s;
  const high = (planet: Planet) => summaryOf(planet).highestM;

  test("warmer air, a warmer planet; more rain, larger rivers; weaker gravity, higher mountains", () => {
    expect(mean(seeds, { temperatureOffsetC: 5 }, warmth) - mean(seeds, {}, warmth)).toBeGreaterThan(3);
    expect(mean(seeds, { moisture: 2 }, flow)).toBeGreaterThan(1.5 * mean(seeds, { moisture: 0.8 }, flow));
    expect(mean(seeds, { gravityMs2: 4 }, high)).toBeGreaterThan(1.3 * mean(seeds, { gravityMs2: 20 }, high));
  });

  test("no tilt, no seasons; a large tilt, larger ones", () => {
    const swing = (planet: Planet) => {
      let sum = 0;
      const { temperatureC_cm, grid } = planet.normals;
      for (let c = 0; c < grid.cellCount; c++) {
        const year = temperatureC_cm.subarray(12 * c, 12 * c + 12);
        sum += (Math.max(...year) - Math.min(...year)) / grid.cellCount;
      }
      return sum;
    };
    const [none, earth, large] = [0, 0.409, 0.9].map((axialTiltRad) => swing(make(11, { axialTiltRad })));
    expect(none).toBeLessThan(0.1);
    expect(earth).toBeGreaterThan(5);
    expect(large).toBeGreaterThan(1.5 * earth!);
  });

  test("a larger globe has the same land and larger rivers", () => {
    const [small, large] = [make(11, { radiusM: 1e6 }), make(11, { radiusM: 1e7 })];
    expect(isDeepStrictEqual(small.elevation_c, large.elevation_c)).toBe(true);
    expect(summaryOf(large).largestRiverM3s / summaryOf(small).largestRiverM3s).toBeCloseTo(100, 0);
  });

  test("ores lie where their rules say: salt in terminal lakes, copper in arcs, iron on shields", () => {
    const planets = [21, 22, 23].map((seed) => make(seed, { level: 5 }));
    const found = new Set(planets.flatMap(({ deposits }) => deposits.map(({ kind }) => kind)));
    expect(found.size).toBeGreaterThan(resourceKinds.length - 4);
    for (const { deposits, rock_c, elevation_c, lake_c, lakes } of planets) {
      for (const { kind, cell, megatonnes, grade } of deposits) {
        expect(megatonnes > 0 && grade > 0).toBe(true);
        if (kind === "iron") expect(rock_c[cell]).toBe(1);
        if (kind === "salt") expect(lakes[lake_c[cell]! - 1]!.isTerminal).toBe(true);
        if (kind === "copper" || kind === "iron" || kind === "clay") expect(elevation_c[cell]).toBeGreaterThan(0);
      }
    }
  });
});

function expectSound(planet: Planet): void {
  const { grid, elevation_c, dischargeM3s_c, normals, lakes, downstream_c, plants_c } = planet;
  const numbers = [elevation_c, dischargeM3s_c, plants_c, normals.temperatureC_cm, normals.rainMmDay_cm];
  const wrong: string[] = [];
  for (const values of numbers) if (!values.every(Number.isFinite)) wrong.push("a number is not one");
  if (dischargeM3s_c.some((flow) => flow < 0) || normals.rainMmDay_cm.some((rain) => rain < 0))
    wrong.push("less than no water");
  if (lakes.some(({ areaM2, depthM }) => !(areaM2 >= 0 && depthM >= 0))) wrong.push("a lake that cannot be");
  const terminal = new Set(lakes.filter(({ isTerminal }) => isTerminal).map(({ cell }) => cell));
  for (let start = 0; start < grid.cellCount; start++) {
    let c = start;
    for (let steps = 0; downstream_c[c]! >= 0 && steps < grid.cellCount; steps++) c = downstream_c[c]!;
    if (elevation_c[c]! > 0 && !terminal.has(c)) wrong.push(`water of ${start} ends on land, at ${c}`);
  }
  expect(wrong).toEqual([]);
  expect(isDeepStrictEqual(decodePlanet(encodePlanet(planet), gridOf), planet)).toBe(true);
}
