import { expect, test } from "vitest";
import { biomeClass } from "./biome.ts";
import { hashWords } from "./hash.ts";
import type { Land, LandSample } from "./land.ts";
import { rng } from "./rng.ts";
import { createValleyLand, riverLevel } from "./valley.ts";

const half = 1000;
const bounds = { minX: -half, minY: -half, maxX: half, maxY: half };
const seeds = Array.from({ length: 100 }, (_, seed) => seed);

test("its land is fixed for good by its seed", () => {
  const land = createValleyLand(20_260, bounds);
  const random = rng(1, "golden");
  const words = Array.from({ length: 1000 }, () => {
    const sample = land.sampleAt((random.float() - 0.5) * 2000, (random.float() - 0.5) * 2000);
    return [Math.round(sample.elevationM * 100), Math.round((sample.waterLevelM ?? -1) * 100), sample.biome];
  });
  expect(hashWords(words.flat(), 0)).toBe(153612511);
});

test(
  "the river runs from one edge through a lake to the other, never uphill and never broken, in a hundred valleys",
  { timeout: 30_000 },
  () => {
    for (const seed of seeds) {
      const river = riverOf(seed);
      const rises = river.slice(1).filter((sample, i) => sample.waterLevelM! > river[i]!.waterLevelM!);
      expect(rises, `seed ${seed}`).toEqual([]);
      const lakeRows = river.filter((sample) => sample.biome === biomeClass.lake).length;
      expect(lakeRows, `seed ${seed}`).toBeGreaterThan(20);
      expect(river[0]!.biome, `seed ${seed}`).toBe(biomeClass.river);
      expect(river.at(-1)!.biome, `seed ${seed}`).toBe(biomeClass.river);
      expect(river[0]!.waterLevelM! - river.at(-1)!.waterLevelM!, `seed ${seed}`).toBeGreaterThan(8);
    }
  },
);

test("it can be waded somewhere, and is deeper elsewhere", () => {
  for (const seed of seeds) {
    const depths = riverOf(seed)
      .filter((sample) => sample.biome === biomeClass.river)
      .map((sample) => sample.waterLevelM! - sample.elevationM);
    expect(depths.every((depth) => depth > 0)).toBe(true);
    expect(depths.filter((depth) => depth <= 0.4).length, `seed ${seed}`).toBeGreaterThan(10);
    expect(Math.max(...depths), `seed ${seed}`).toBeGreaterThan(0.6);
  }
});

test("no bank lies below the water beside it", { timeout: 30_000 }, () => {
  for (const seed of seeds) {
    const land = createValleyLand(seed, bounds);
    const random = rng(seed, "banks");
    for (let i = 0; i < 5; i++) {
      const y = (random.float() - 0.5) * 2000;
      let before = land.sampleAt(-half, y);
      for (let x = -half + 2; x <= half; x += 2) {
        const here = land.sampleAt(x, y);
        const [water, bank] = here.waterLevelM === null ? [before, here] : [here, before];
        if (water.waterLevelM !== null && bank.waterLevelM === null) {
          expect(bank.elevationM, `seed ${seed} at ${x}, ${y}`).toBeGreaterThan(water.waterLevelM - 0.1);
        }
        before = here;
      }
    }
  }
});

test("hills close it in: the rim along the river stands far above the floor", () => {
  for (const seed of seeds) {
    const land = createValleyLand(seed, bounds);
    const at = (x: number, y: number) => land.sampleAt(x, y).elevationM;
    const steps = Array.from({ length: 41 }, (_, i) => -half + 50 * i);
    const rims = [
      steps.map((y) => [at(-half, y), at(half, y)]).flat(),
      steps.map((x) => [at(x, -half), at(x, half)]).flat(),
    ].map(mean);
    const floor = mean(riverOf(seed).map((sample) => sample.waterLevelM!));
    expect(Math.max(...rims) - floor, `seed ${seed}`).toBeGreaterThan(100);
  }
});

test("meadows, woods, heights and marsh are there in every valley or nearly", { timeout: 30_000 }, () => {
  const counts = new Map<number, number>();
  for (const seed of seeds) {
    const land = createValleyLand(seed, bounds);
    const random = rng(seed, "biomes");
    const seen = new Set<number>();
    for (let i = 0; i < 1500; i++) {
      seen.add(land.sampleAt((random.float() - 0.5) * 2000, (random.float() - 0.5) * 2000).biome);
    }
    for (const biome of seen) counts.set(biome, (counts.get(biome) ?? 0) + 1);
  }
  for (const biome of [biomeClass.grassland, biomeClass.deciduousForest, biomeClass.lake, biomeClass.mountain]) {
    expect(counts.get(biome)).toBe(100);
  }
  expect(counts.get(biomeClass.wetland)).toBeGreaterThan(90);
  expect(counts.get(biomeClass.taiga)).toBe(100);
});

test("half a metre's step never climbs more than a cliff's", { timeout: 30_000 }, () => {
  for (const seed of seeds) {
    const land = createValleyLand(seed, bounds);
    const random = rng(seed, "cliffs");
    for (let i = 0; i < 300; i++) {
      const [x, y] = [(random.float() - 0.5) * 2000, (random.float() - 0.5) * 2000];
      const rise = Math.abs(land.sampleAt(x + 0.5, y).elevationM - land.sampleAt(x, y).elevationM);
      expect(rise, `seed ${seed} at ${x}, ${y}`).toBeLessThan(3);
    }
  }
});

test.each([
  [600, 2400],
  [2400, 600],
  [300, 300],
])("a world of %i × %i m has its river and its lake too", { timeout: 30_000 }, (width, height) => {
  for (const seed of [1, 2]) {
    const land = createValleyLand(seed, { minX: 0, minY: 0, maxX: width, maxY: height });
    const biomes = new Set<number>();
    for (let x = 0; x <= width; x += 4) {
      for (let y = 0; y <= height; y += 5) biomes.add(land.sampleAt(x, y).biome);
    }
    expect(biomes.has(biomeClass.river), `seed ${seed}`).toBe(true);
    expect(biomes.has(biomeClass.lake), `seed ${seed}`).toBe(true);
  }
});

test("the river's level never rises by a metre's step, wherever the lake lies", () => {
  for (const alongM of [600, 1200, 1800]) {
    const valley = { lengthM: 2000, lake: { alongM, radiusM: 180, levelM: 200 } };
    for (let at = 1; at <= 2000; at++) {
      expect(riverLevel(valley, at)).toBeLessThanOrEqual(riverLevel(valley, at - 1));
    }
    expect(riverLevel(valley, alongM)).toBe(200);
  }
});

const rivers = new Map<number, LandSample[]>();

function riverOf(seed: number): LandSample[] {
  const river = rivers.get(seed) ?? followRiver(createValleyLand(seed, bounds), `seed ${seed}`);
  rivers.set(seed, river);
  return river;
}

/** The deepest water of every row from where the river comes in to where it goes out, found by looking, not by the kernel's own course. */
function followRiver(land: Land, name: string): LandSample[] {
  const row = (edge: number, alongM: number, across: number): LandSample => {
    if (edge === 0) return land.sampleAt(across, -half + alongM);
    if (edge === 1) return land.sampleAt(-half + alongM, across);
    if (edge === 2) return land.sampleAt(across, half - alongM);
    return land.sampleAt(half - alongM, across);
  };
  const deepestOf = (edge: number, alongM: number, from: number, to: number, step: number) => {
    let found: { sample: LandSample; across: number; depth: number } | null = null;
    for (let across = from; across <= to; across += step) {
      const sample = row(edge, alongM, across);
      const depth = sample.waterLevelM === null ? 0 : sample.waterLevelM - sample.elevationM;
      if (depth > (found?.depth ?? 0)) found = { sample, across, depth };
    }
    return found;
  };
  const springs = [0, 1, 2, 3].map((edge) => deepestOf(edge, 0, -half, half, 3));
  const inflow = springs.reduce(
    (best, spring, edge) =>
      (spring?.sample.waterLevelM ?? 0) > (springs[best]?.sample.waterLevelM ?? 0) ? edge : best,
    0,
  );
  const samples: LandSample[] = [];
  let across = springs[inflow]!.across;
  for (let alongM = 0; alongM <= 2 * half; alongM += 6) {
    const near = deepestOf(inflow, alongM, across - 12, across + 12, 1) ?? deepestOf(inflow, alongM, -half, half, 3);
    if (near === null) throw new Error(`${name}: the river is broken ${alongM} m along`);
    const isFar = Math.abs(near.across - across) > 12;
    if (isFar && samples.at(-1)?.biome !== biomeClass.lake) throw new Error(`${name}: it leaps ${alongM} m along`);
    samples.push(near.sample);
    across = near.across;
  }
  return samples;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
