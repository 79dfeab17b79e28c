import { describe, expect, test } from "vitest";
import { biomeClass } from "./biome.ts";
import { hashWords } from "./hash.ts";
import { createPlaneLand, createSphereLand, type Land } from "./land.ts";
import { rng } from "./rng.ts";

const earthM = 6_371_000;
const axialTiltRad = 0.4091;
const seeds = Array.from({ length: 100 }, (_, seed) => seed);
const sphere = (seed: number, radiusM = earthM) => createSphereLand(seed, { radiusM, axialTiltRad });

/** Evenly over the sphere. */
function places(seed: number, count: number, radiusM = earthM): { x: number; y: number }[] {
  const random = rng(seed, "places");
  return Array.from({ length: count }, () => ({
    x: (2 * random.float() - 1) * Math.PI * radiusM,
    y: Math.asin(2 * random.float() - 1) * radiusM,
  }));
}

/** In centimetres, so that no engine's last bits show. */
function golden(land: Land, at: readonly { x: number; y: number }[]): number {
  return hashWords(
    at.flatMap(({ x, y }) => {
      const { elevationM, waterLevelM, biome } = land.sampleAt(x, y);
      return [Math.round(elevationM * 100), Math.round((waterLevelM ?? -1e4) * 100), biome];
    }),
    0,
  );
}

describe("a sphere", () => {
  test("its land is fixed for good by its seed", () => {
    expect(golden(sphere(1), places(1, 500))).toBe(3646135753);
    expect(golden(sphere(48_151, 637_100), places(2, 500, 637_100))).toBe(2778537208);
  });

  test(
    "about two thirds of each of a hundred planets is sea, with Earth's two humps of height",
    { timeout: 30_000 },
    () => {
      const seen = new Set<number>();
      for (const seed of seeds) {
        const land = sphere(seed);
        const samples = places(seed, 1000).map(({ x, y }) => land.sampleAt(x, y));
        const sea = samples.filter((sample) => sample.waterLevelM === 0);
        const dry = samples.filter((sample) => sample.waterLevelM !== 0);
        expect(sea.length / 1000, `seed ${seed}`).toBeGreaterThan(0.58);
        expect(sea.length / 1000, `seed ${seed}`).toBeLessThan(0.7);
        expect(mean(dry.map((sample) => sample.elevationM)), `seed ${seed}`).toBeGreaterThan(400);
        expect(mean(dry.map((sample) => sample.elevationM)), `seed ${seed}`).toBeLessThan(1000);
        expect(mean(sea.map((sample) => sample.elevationM)), `seed ${seed}`).toBeGreaterThan(-4300);
        expect(mean(sea.map((sample) => sample.elevationM)), `seed ${seed}`).toBeLessThan(-3000);
        for (const sample of samples) seen.add(sample.biome);
      }
      // Rivers need drainage, which only the valley has yet.
      expect([...seen].toSorted((a, b) => a - b)).toEqual(
        Object.values(biomeClass).filter((biome) => biome !== biomeClass.river),
      );
    },
  );

  test(
    "a metre's step never climbs more than a cliff's four metres, on a hundred planets large and small",
    { timeout: 30_000 },
    () => {
      for (const seed of seeds) {
        const radiusM = seed % 2 === 0 ? earthM : 100_000;
        const land = sphere(seed, radiusM);
        for (const { x, y } of places(seed, 200, radiusM)) {
          const rise = Math.abs(land.sampleAt(x, y + 1).elevationM - land.sampleAt(x, y).elevationM);
          expect(rise, `seed ${seed} at ${x}, ${y}`).toBeLessThan(4);
        }
      }
    },
  );

  test("the land goes on across the antimeridian", () => {
    const land = sphere(3);
    for (const { y } of places(3, 200)) {
      const east = land.sampleAt(Math.PI * earthM, y);
      const west = land.sampleAt(-Math.PI * earthM, y);
      expect(west.elevationM).toBeCloseTo(east.elevationM, 4);
      expect(west.biome).toBe(east.biome);
    }
  });

  test("a pole is one place, and the land goes on across it", () => {
    for (const pole of [1, -1]) {
      const land = sphere(4);
      const poleM = (pole * Math.PI * earthM) / 2;
      const at = land.sampleAt(0, poleM);
      for (let longitude = -3; longitude <= 3; longitude++) {
        expect(land.sampleAt(longitude * earthM, poleM).elevationM).toBeCloseTo(at.elevationM, 4);
        const near = land.sampleAt(longitude * earthM, poleM - pole * 0.5);
        expect(Math.abs(near.elevationM - at.elevationM)).toBeLessThan(1.5);
      }
    }
  });

  test("walking some hundred metres changes the ground, step by step", () => {
    const land = sphere(5);
    const dry = places(5, 200).filter(({ x, y }) => land.sampleAt(x, y).waterLevelM === null);
    const changing = dry.filter(({ x, y }) => {
      const heights = Array.from({ length: 100 }, (_, step) => land.sampleAt(x, y + 5 * step).elevationM);
      return new Set(heights.map((height) => height.toFixed(2))).size > 50;
    });
    expect(changing.length / dry.length).toBeGreaterThan(0.95);
  });

  test("a lake is flat, lies in land that stands above it at the shore, and has its bed below", () => {
    const radiusM = 637_100;
    const land = sphere(48_151, radiusM);
    let shores = 0;
    for (const { x, y } of places(6, 2000, radiusM)) {
      let before = land.sampleAt(x, y);
      if (before.waterLevelM === 0) continue;
      for (let step = 1; step <= 60; step++) {
        const here = land.sampleAt(x, y + 8 * step);
        if (here.biome === biomeClass.lake) expect(here.waterLevelM! - here.elevationM).toBeGreaterThan(0);
        if (here.biome === biomeClass.lake && before.biome === biomeClass.lake) {
          expect(here.waterLevelM, "two lakes in one").toBe(before.waterLevelM);
        }
        if ((here.biome === biomeClass.lake) !== (before.biome === biomeClass.lake)) {
          const [lake, bank] = here.biome === biomeClass.lake ? [here, before] : [before, here];
          if (bank.waterLevelM === null) {
            shores++;
            expect(lake.waterLevelM! - bank.elevationM, `at ${x}, ${y}`).toBeLessThan(1);
          }
        }
        before = here;
      }
    }
    expect(shores).toBeGreaterThan(20);
  });

  test("the gradient is the slope one walks, at a pole too", () => {
    const radiusM = 100_000;
    const land = sphere(7, radiusM);
    for (const { x, y } of places(7, 100, radiusM)) {
      const eastM = 2 / Math.cos(y / radiusM);
      const walked = {
        east: (land.sampleAt(x + eastM, y).elevationM - land.sampleAt(x - eastM, y).elevationM) / 4,
        north: (land.sampleAt(x, y + 2).elevationM - land.sampleAt(x, y - 2).elevationM) / 4,
      };
      const gradient = land.gradientAt(x, y, 4);
      expect(gradient.north).toBeCloseTo(walked.north, 2);
      expect(gradient.east).toBeCloseTo(walked.east, 2);
    }
    const north = (Math.PI * radiusM) / 2;
    const atPole = land.gradientAt(0, north, 4);
    const turned = land.gradientAt((Math.PI / 2) * radiusM, north, 4);
    // A quarter turn of longitude turns east into what was north.
    expect(turned.east).toBeCloseTo(atPole.north, 6);
  });
});

describe("an endless plane", () => {
  const plane = (seed: number) => createPlaneLand(seed, { latitudeRad: 0.8, axialTiltRad });

  test("its land is fixed for good by its seed", () => {
    const random = rng(1, "plane");
    const at = Array.from({ length: 500 }, () => ({
      x: (random.float() - 0.5) * 1e7,
      y: (random.float() - 0.5) * 1e7,
    }));
    expect(golden(plane(1), at)).toBe(467688532);
  });

  test("has land and sea wherever one goes far enough, and no step in it", { timeout: 30_000 }, () => {
    for (let seed = 0; seed < 30; seed++) {
      const land = plane(seed);
      const random = rng(seed, "far");
      let sea = 0;
      for (let i = 0; i < 400; i++) {
        const [x, y] = [(random.float() - 0.5) * 3e7, (random.float() - 0.5) * 3e7];
        const here = land.sampleAt(x, y);
        if (here.waterLevelM === 0) sea++;
        expect(Math.abs(land.sampleAt(x + 1, y).elevationM - here.elevationM), `seed ${seed}`).toBeLessThan(3);
      }
      expect(sea / 400, `seed ${seed}`).toBeGreaterThan(0.5);
      expect(sea / 400, `seed ${seed}`).toBeLessThan(0.8);
    }
  });
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
