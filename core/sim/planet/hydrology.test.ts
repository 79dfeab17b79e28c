import { describe, expect, test } from "vitest";
import { rng } from "../rng.ts";
import { createSphereGrid } from "../sphere-grid.ts";
import { createErosion, erode } from "./erosion.ts";
import { createFlow, flood } from "./flood.ts";
import { geometryOf } from "./geometry.ts";
import { createHeap, pop, push } from "./heap.ts";
import { routeWater, strahler } from "./hydrology.ts";
import type { WaterBalance } from "./water-balance.ts";

const grid = createSphereGrid(4);
const geometry = geometryOf(grid);
const { cellCount, area_c, neighbour_cn } = grid;
const seeds = Array.from({ length: 16 }, (_, seed) => seed);

/** Rough land without any order: more pits than a planet has. */
function roughLand(seed: number, sea: number): Float64Array {
  const random = rng(seed, "rough");
  return Float64Array.from({ length: cellCount }, () => 1000 * (random.float() - sea));
}

function climate(seed: number, rain: number, loss: number): WaterBalance {
  const random = rng(seed, "rain");
  const each = (scale: number) => Float64Array.from({ length: cellCount }, () => scale * random.float());
  return { rain_c: each(rain), temperatureC_c: each(20), runoff_c: each(rain), waterLoss_c: each(loss) };
}

describe("a heap", () => {
  test("gives back what it was given, lowest first", () => {
    const random = rng(1, "heap");
    const keys = Array.from({ length: 500 }, () => random.int(100));
    const heap = createHeap(500);
    for (const [cell, key] of keys.entries()) push(heap, key, cell);
    const out = keys.map(() => keys[pop(heap)]!);
    expect(out).toEqual(keys.toSorted((a, b) => a - b));
    expect(heap.size).toBe(0);
  });
});

describe("a flood", () => {
  test.each(seeds)("reaches all land, receivers first, never uphill on filled ground (seed %i)", (seed) => {
    const elevation_c = roughLand(seed, 0.4);
    const flow = createFlow(geometry);
    flood(flow, elevation_c);
    const place_c = new Int32Array(cellCount).fill(-1);
    for (let i = 0; i < flow.count; i++) place_c[flow.order[i]!] = i;
    const wrong: string[] = [];
    for (let c = 0; c < cellCount; c++) {
      if (place_c[c]! >= 0 !== elevation_c[c]! > 0) wrong.push(`cell ${c} is land in one place only`);
      if (elevation_c[c]! <= 0) continue;
      const r = flow.receiver_c[c]!;
      if (place_c[r]! >= place_c[c]!) wrong.push(`cell ${c} comes before its receiver`);
      if (flow.filled_c[r]! > flow.filled_c[c]!) wrong.push(`cell ${c} drains uphill`);
      if (flow.filled_c[c]! < elevation_c[c]!) wrong.push(`cell ${c} is under its ground`);
      if (flow.length_c[c]! <= 0) wrong.push(`cell ${c} has no length to go`);
    }
    expect(wrong).toEqual([]);
  });

  test("fills no more than it must: each filled cell has a neighbour that holds its water in at that very level", () => {
    const elevation_c = roughLand(7, 0.4);
    const flow = createFlow(geometry);
    flood(flow, elevation_c);
    for (let c = 0; c < cellCount; c++) {
      if (elevation_c[c]! <= 0 || flow.filled_c[c] === elevation_c[c]) continue;
      const around = Array.from(neighbour_cn.subarray(6 * c, 6 * c + 6), (n) =>
        n === c ? Infinity : flow.filled_c[n]!,
      );
      expect(Math.min(...around)).toBe(flow.filled_c[c]);
    }
  });

  test("a planet without a sea drains to its lowest place", () => {
    const elevation_c = roughLand(3, -0.1);
    const flow = createFlow(geometry);
    flood(flow, elevation_c);
    expect(flow.count).toBe(cellCount);
    expect(elevation_c[flow.order[0]!]).toBe(Math.min(...elevation_c));
  });

  test("a planet without land has nothing to drain", () => {
    const flow = createFlow(geometry);
    flood(flow, new Float64Array(cellCount).fill(-1));
    expect(flow.count).toBe(0);
  });

  test("two streams of an order make the next, a stream and a smaller one do not", () => {
    // 0 ← 1 ← {2, 3}; 1 ← 4 ← {5, 6} by hand.
    const receiver_c = Int32Array.from({ length: cellCount }, (_, c) => c);
    for (const [c, r] of [[1, 0], [2, 1], [4, 1], [5, 4], [6, 4], [3, 2]] as const) receiver_c[c] = r; // prettier-ignore
    const order = Int32Array.from([1, 2, 4, 5, 6, 3]);
    const strahler_c = strahler({ order, receiver_c, count: 6, geometry });
    expect([...strahler_c.subarray(0, 7)]).toEqual([0, 2, 1, 1, 2, 1, 1]);
  });
});

describe("rivers and lakes", () => {
  test.each(seeds)("every drop reaches the sea or the air, wet or dry (seed %i)", (seed) => {
    const elevation_c = roughLand(seed, 0.3 + 0.005 * seed);
    const balance = climate(seed, 0.4, 0.08 * (seed % 20));
    const radiusM = 6_371_000;
    const water = routeWater(geometry, elevation_c, balance, radiusM);
    let given = 0;
    const isFull_c = new Uint8Array(cellCount);
    for (let c = 0; c < cellCount; c++) {
      const lake = water.lake_c[c] === 0 ? undefined : water.lakes[water.lake_c[c]! - 1]!;
      isFull_c[c] = lake !== undefined && !lake.isTerminal ? 1 : 0;
    }
    let lakeRain = 0;
    for (let c = 0; c < cellCount; c++) {
      if (elevation_c[c]! <= 0) continue;
      const m3s = (area_c[c]! * radiusM * radiusM) / 31_557_600;
      if (isFull_c[c] === 0) given += balance.runoff_c[c]! * m3s;
      else lakeRain += balance.waterLoss_c[c]! * m3s;
    }
    expect(lakeRain).toBeLessThanOrEqual(water.lakeLoss + 1e-6 * given);
    expect(Math.abs(given - water.toSea - water.lakeLoss) / given).toBeLessThan(1e-9);
  });

  test.each(seeds)(
    "all land drains to the sea or a sink, and flow grows downstream where there is no lake (seed %i)",
    (seed) => {
      const elevation_c = roughLand(seed, 0.35);
      const water = routeWater(geometry, elevation_c, climate(seed, 0.3, 2), 6_371_000);
      const sinks = new Set(water.lakes.filter((lake) => lake.isTerminal).map((lake) => lake.cell));
      const wrong: string[] = [];
      for (let start = 0; start < cellCount; start++) {
        let c = start;
        let steps = 0;
        while (water.downstream_c[c]! >= 0 && steps++ < cellCount) {
          const next = water.downstream_c[c]!;
          const isRiver = water.lake_c[next] === 0 && water.downstream_c[next]! >= 0;
          if (isRiver && water.discharge_c[next]! < water.discharge_c[c]!)
            wrong.push(`less flows in ${next} than in ${c}`);
          c = next;
        }
        if (elevation_c[c]! > 0 && !sinks.has(c)) wrong.push(`from ${start} water ends at ${c}`);
      }
      expect(wrong).toEqual([]);
    },
  );

  test("a dry air leaves terminal lakes, a wet one makes them overflow", () => {
    const elevation_c = roughLand(5, 0.3);
    const terminal = (loss: number) =>
      routeWater(geometry, elevation_c, climate(5, 0.3, loss), 6_371_000).lakes.filter((lake) => lake.isTerminal)
        .length;
    expect(terminal(0)).toBe(0);
    expect(terminal(6)).toBeGreaterThan(10);
  });
});

describe("erosion", () => {
  test.each(seeds.slice(0, 20))("moves rock and neither makes nor loses any (seed %i)", (seed) => {
    const elevation_c = roughLand(seed, 0.5);
    const erosion = createErosion(geometry);
    const still = new Float64Array(cellCount);
    const input = {
      elevation_c,
      uplift_c: still,
      erodibility_c: still.map(() => 1),
      runoff_c: still.map(() => 0.3),
      waterLoss_c: still,
    };
    const volume = () => elevation_c.reduce((sum, height, c) => sum + height * erosion.areaM2_c[c]!, 0);
    const scale = elevation_c.reduce((sum, height, c) => sum + Math.abs(height) * erosion.areaM2_c[c]!, 0);
    const before = volume();
    const landBefore = elevation_c.filter((height) => height > 0).length;
    let left = 0;
    for (let step = 0; step < 5; step++) left += erode(erosion, input, 1e6);
    expect(Math.abs(before - volume() - left) / scale).toBeLessThan(1e-12);
    expect(elevation_c.filter((height) => height > 0).length).toBe(landBefore);
    expect(Math.max(...erosion.sediment_c)).toBeGreaterThan(0);
  });

  test("is stable at any step, and ends flat where nothing rises", () => {
    const elevation_c = roughLand(2, 0.5);
    const erosion = createErosion(geometry);
    const still = new Float64Array(cellCount);
    const input = {
      elevation_c,
      uplift_c: still,
      erodibility_c: still.map(() => 1),
      runoff_c: still.map(() => 1),
      waterLoss_c: still,
    };
    for (let step = 0; step < 50; step++) erode(erosion, input, 1e9);
    expect(Math.max(...elevation_c)).toBeLessThan(60);
    expect(elevation_c.every(Number.isFinite)).toBe(true);
  });
});
