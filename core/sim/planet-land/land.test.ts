import { describe, expect, test } from "vitest";
import { biomeClass } from "../biome.ts";
import type { LandSample } from "../land.ts";
import { gridCache, makePlanet } from "../planet/generate.ts";
import { earthLike, type PlanetSpec } from "../planet/spec.ts";
import { rng } from "../rng.ts";
import { createDeposits } from "./deposits.ts";
import { createSurface } from "./ground.ts";
import { createPlanetLand } from "./land.ts";
import { levelAlong } from "./rivers.ts";

const gridOf = gridCache();
const make = (seed: number, changes: Partial<PlanetSpec> = {}) =>
  makePlanet({ ...earthLike, level: 5, seed, moons: [], ...changes }, { gridOf });

/** Evenly over the sphere, in the world's coordinates. */
function places(count: number, radiusM: number): [number, number][] {
  const random = rng(7, "places");
  return Array.from({ length: count }, () => [
    radiusM * Math.PI * (2 * random.float() - 1),
    radiusM * Math.asin(2 * random.float() - 1),
  ]);
}

const earth = make(5);
const land = createPlanetLand(earth);
const { radiusM } = earth.spec;

const wet = make(3, { radiusM: 400_000, landShare: 0.5, moisture: 2 });

test("under a place lies what its cell holds, and nothing where there is none", () => {
  const depositsAt = createDeposits(earth);
  const { position_c, cellCount } = earth.grid;
  const centreOf = (cell: number) =>
    [
      radiusM * Math.atan2(position_c[3 * cell + 1]!, position_c[3 * cell]!),
      radiusM * Math.asin(position_c[3 * cell + 2]!),
    ] as const;
  expect(earth.deposits.length).toBeGreaterThan(100);
  for (const { cell, kind } of earth.deposits) expect(depositsAt(...centreOf(cell))).toContain(kind);
  const rich = new Set(earth.deposits.map(({ cell }) => cell));
  for (let cell = 0; cell < cellCount; cell += 17) {
    if (!rich.has(cell)) expect(depositsAt(...centreOf(cell))).toEqual([]);
  }
});

describe("the land of a planet", { timeout: 30_000 }, () => {
  test("has the planet's shares of sea, lakes and each biome, and its heights", () => {
    const samples = places(20_000, radiusM).map(([x, y]) => land.sampleAt(x, y));
    const share = (is: (sample: LandSample) => boolean) => samples.filter(is).length / samples.length;
    const { grid, biome_c, elevation_c } = earth;
    for (const biome of Object.values(biomeClass)) {
      if (biome === biomeClass.river) continue;
      let area = 0;
      for (let c = 0; c < grid.cellCount; c++) if (biome_c[c] === biome) area += grid.area_c[c]! / (4 * Math.PI);
      expect(Math.abs(share((sample) => sample.biome === biome) - area), `biome ${biome}`).toBeLessThan(0.015);
    }
    const [meanM, cellsM] = [
      samples.reduce((sum, { elevationM }) => sum + elevationM, 0) / samples.length,
      elevation_c.reduce((sum, height, c) => sum + (height * grid.area_c[c]!) / (4 * Math.PI), 0),
    ];
    expect(meanM / cellsM).toBeGreaterThan(0.85);
    expect(meanM / cellsM).toBeLessThan(1.15);
  });

  test("is sea exactly where it is below the sea's level, or a lake's or a river's bed", () => {
    for (const [x, y] of places(20_000, radiusM)) {
      const { elevationM, waterLevelM, biome } = land.sampleAt(x, y);
      expect(biome === biomeClass.ocean).toBe(waterLevelM === 0 && elevationM <= 0);
      if (waterLevelM === null) expect(elevationM).toBeGreaterThan(0);
      else expect(elevationM).toBeLessThanOrEqual(waterLevelM);
    }
  });

  test("answers the same in whatever order it is asked, and again from another copy of the planet", () => {
    const asked = places(500, radiusM);
    const first = asked.map(([x, y]) => land.sampleAt(x, y));
    const other = createPlanetLand(make(5));
    const again = asked.toReversed().map(([x, y]) => other.sampleAt(x, y));
    expect(again.toReversed()).toEqual(first);
  });

  test("is the same on both sides of the antimeridian, and a pole is one place", () => {
    const [a, b] = [land.sampleAt(radiusM * Math.PI, 1e6), land.sampleAt(-radiusM * Math.PI, 1e6)];
    expect(a.elevationM).toBeCloseTo(b.elevationM, 3);
    const pole = (radiusM * Math.PI) / 2;
    expect(land.sampleAt(0, pole).elevationM).toBeCloseTo(land.sampleAt(5e6, pole).elevationM, 3);
  });

  test.each([
    ["an Earth", earth, 4],
    ["a small wet world of lakes", wet, 40],
  ])("of %s has no steps: nowhere in a stretch does it rise at once", (_what, planet, kilometres) => {
    const ground = createPlanetLand(planet);
    const R = planet.spec.radiusM;
    let steepest = 0;
    for (const latitude of [-0.9, -0.4, 0.05, 0.3, 0.7, 1.1]) {
      // The sea's floor may be as steep as it likes.
      const heightAt = (x: number) => Math.max(0, ground.sampleAt(x, latitude * R).elevationM);
      for (let start = 0; start < kilometres * 100_000; start += 250) {
        let [low, high] = [start, start + 250];
        let [below, above] = [heightAt(low), heightAt(high)];
        while (high - low > 0.001) {
          const middle = (low + high) / 2;
          const between = heightAt(middle);
          if (Math.abs(between - below) > Math.abs(above - between)) [high, above] = [middle, between];
          else [low, below] = [middle, between];
        }
        steepest = Math.max(steepest, Math.abs(above - below));
      }
    }
    expect(steepest).toBeLessThan(0.05);
  });

  test("slopes as its heights do", () => {
    const [x, y] = [0.4 * radiusM, 0.5 * radiusM];
    const gradient = land.gradientAt(x, y, 50);
    const rise = land.sampleAt(x, y + 25).elevationM - land.sampleAt(x, y - 25).elevationM;
    expect(gradient.north).toBeCloseTo(rise / 50, 6);
  });
});

describe("rivers", { timeout: 30_000 }, () => {
  const planet = wet;

  test("never rise on their way from the first cell to the sea or to the lake where they end", () => {
    const surface = createSurface(planet);
    let segments = 0;
    for (let c = 0; c < planet.grid.cellCount; c++) {
      if (planet.downstream_c[c]! < 0) continue;
      segments++;
      let last = levelAlong(surface, c, 0);
      for (let t = 0.02; t <= 1; t += 0.02) {
        const level = levelAlong(surface, c, t);
        expect(level, `cell ${c} at ${t}`).toBeLessThanOrEqual(last + 1e-9);
        last = level;
      }
      const next = planet.downstream_c[c]!;
      if (planet.downstream_c[next]! >= 0) expect(levelAlong(surface, next, 0)).toBeLessThanOrEqual(last + 1e-9);
    }
    expect(segments).toBeGreaterThan(1000);
  });

  test("are level with a lake from its shore on, where they come in and where they leave", () => {
    const surface = createSurface(planet);
    const { lake_c, lakes, downstream_c } = planet;
    let shores = 0;
    for (let c = 0; c < planet.grid.cellCount; c++) {
      const next = downstream_c[c]!;
      if (next < 0 || lake_c[c] === lake_c[next] || planet.elevation_c[next]! <= 8) continue;
      if (lake_c[c] !== 0 && lake_c[next] === 0)
        expect(levelAlong(surface, c, 0.5)).toBe(lakes[lake_c[c]! - 1]!.levelM);
      if (lake_c[c] === 0) expect(levelAlong(surface, c, 0.5)).toBeCloseTo(lakes[lake_c[next]! - 1]!.levelM, 6);
      shores++;
    }
    expect(shores).toBeGreaterThan(10);
  });

  test("are met on the way across the land: water in a bed, between banks that stand a little above it", () => {
    const ground = createPlanetLand(planet);
    let crossings = 0;
    for (const latitude of [-0.9, -0.5, -0.2, 0.1, 0.4, 0.8]) {
      let before = ground.sampleAt(0, latitude * 400_000);
      for (let x = 4; x < 400_000; x += 4) {
        const here = ground.sampleAt(x, latitude * 400_000);
        if (here.biome === biomeClass.river && before.waterLevelM === null) {
          crossings++;
          expect(here.waterLevelM! - here.elevationM).toBeGreaterThanOrEqual(0);
          expect(before.elevationM).toBeGreaterThan(here.waterLevelM! - 1);
          expect(before.elevationM).toBeLessThan(here.waterLevelM! + 4);
        }
        before = here;
      }
    }
    expect(crossings).toBeGreaterThan(10);
  });
});
