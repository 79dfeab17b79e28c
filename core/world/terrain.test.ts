import { describe, expect, test } from "vitest";
import { distanceM } from "./space.ts";
import type { WorldSpec } from "./spec.ts";
import { findSpawn, nearestWater, terrainOf, type Terrain } from "./terrain.ts";

const deg = Math.PI / 180;
const radiusM = 637_100;
const origin = { x: 0, y: 0, z: 0 };

const valley = (seed: number): WorldSpec => ({
  version: 1,
  seed,
  shape: "bounded",
  radiusM: null,
  bounds: { minX: -1000, minY: -1000, maxX: 1000, maxY: 1000 },
  stepM: 2,
  ground: "land",
  theme: "",
  spawn: { position: origin, orientation: { x: 0, y: 1, z: 0 } },
  sky: { dayLengthS: 86_400, daysPerYear: 360, axialTiltRad: 23.44 * deg, latitudeRad: 48 * deg },
  dilation: 1,
  features: [],
});
const sphere = (seed: number): WorldSpec => ({ ...valley(seed), shape: "spherical", radiusM, bounds: null });
const plane = (seed: number): WorldSpec => ({ ...valley(seed), shape: "infinite", bounds: null });
const room: WorldSpec = { ...valley(0), ground: "room", bounds: { minX: 0, minY: 0, maxX: 10, maxY: 10 } };

test("a room has a level floor", () => {
  const terrain = terrainOf(room);
  expect(terrain.groundAt(3, 4)).toEqual({ elevationM: 0, biome: "Lobby", isWater: false, waterDepthM: 0 });
  expect(terrain.slopeAt(3, 4).grade).toBe(0);
  expect(findSpawn(terrain, room, { x: 5, y: 5, z: 0 })).toEqual({ x: 5, y: 5, z: 0 });
});

test.each([
  ["valley", valley(7)],
  ["sphere", sphere(7)],
  ["plane", plane(7)],
])("a %s made again from its specification is the same", (_name, spec) => {
  const [first, second] = [terrainOf(spec), terrainOf(structuredClone(spec))];
  for (let i = 0; i < 200; i++) {
    const [x, y] = [(i * 7919) % 1999, -((i * 104_729) % 1999)];
    // Asked in another order: nothing is remembered between two looks.
    expect(second.groundAt(y, x)).toEqual(first.groundAt(y, x));
    expect(second.groundAt(x, y)).toEqual(first.groundAt(x, y));
  }
});

test("water has depth and a watery name, dry ground neither", () => {
  const watery = new Set(["Ocean", "Lake", "River"]);
  for (const spec of [valley(3), sphere(3), plane(3)]) {
    const terrain = terrainOf(spec);
    const span = spec.shape === "bounded" ? 2000 : 1_900_000;
    let water = 0;
    for (let i = 0; i < 3000; i++) {
      const ground = terrain.groundAt((((i * 0.618) % 1) - 0.5) * span, (((i * 0.414) % 1) - 0.5) * span);
      expect(ground.isWater).toBe(watery.has(ground.biome));
      expect(ground.waterDepthM > 0).toBe(ground.isWater);
      if (ground.isWater) water++;
    }
    expect(water, spec.shape).toBeGreaterThan(20);
  }
});

test("the slope says which way is down", () => {
  for (const spec of [valley(4), sphere(4)]) {
    const terrain = terrainOf(spec);
    for (let i = 0; i < 50; i++) {
      const at = { x: 37 * i - 900, y: 41 * i - 900 };
      const { grade, downhillRad } = terrain.slopeAt(at.x, at.y);
      const ahead = terrain.groundAt(at.x + 2 * Math.sin(downhillRad), at.y + 2 * Math.cos(downhillRad)).elevationM;
      const behind = terrain.groundAt(at.x - 2 * Math.sin(downhillRad), at.y - 2 * Math.cos(downhillRad)).elevationM;
      expect(downhillRad).toBeGreaterThanOrEqual(0);
      expect(downhillRad).toBeLessThanOrEqual(2 * Math.PI);
      // Over rough ground the way down measured along itself differs a little from the two axes'.
      if (grade > 0.05) expect((behind - ahead) / 4 / grade).toBeGreaterThan(0.5);
    }
  }
});

describe("a spawn", () => {
  const green = new Set(["Grassland", "Deciduous Forest", "Savanna", "Rainforest", "Taiga"]);

  function expectGood(terrain: Terrain, spec: WorldSpec, name: string): void {
    const spawn = findSpawn(terrain, spec, origin);
    const ground = terrain.groundAt(spawn.x, spawn.y);
    expect(green.has(ground.biome), `${name}: ${ground.biome}`).toBe(true);
    expect(spawn.z, name).toBeCloseTo(ground.elevationM, 2);
    expect(terrain.slopeAt(spawn.x, spawn.y).grade, name).toBeLessThan(0.13);
    for (const [east, north] of [
      [5, 0],
      [-5, 0],
      [0, 5],
      [0, -5],
    ] as const) {
      const beside = terrain.groundAt(spawn.x + east, spawn.y + north);
      expect(beside.isWater, name).toBe(false);
      expect(Math.abs(beside.elevationM - spawn.z), name).toBeLessThan(2.5);
    }
    if (spec.bounds !== null) {
      expect(Math.max(Math.abs(spawn.x), Math.abs(spawn.y)), name).toBeLessThanOrEqual(990);
    }
  }

  test("is dry, gentle and green in a hundred valleys", () => {
    for (let seed = 0; seed < 100; seed++) expectGood(terrainOf(valley(seed)), valley(seed), `valley ${seed}`);
  });

  test(
    "is dry, gentle and green on thirty spheres and planes, from the middle of a sea too",
    { timeout: 30_000 },
    () => {
      for (let seed = 0; seed < 30; seed++) {
        expectGood(terrainOf(sphere(seed)), sphere(seed), `sphere ${seed}`);
        expectGood(terrainOf(plane(seed)), plane(seed), `plane ${seed}`);
      }
    },
  );

  test("is where one asked when that is a good place, and never moves", () => {
    const terrain = terrainOf(valley(5));
    const spawn = findSpawn(terrain, valley(5), origin);
    expect(findSpawn(terrain, valley(5), spawn)).toEqual(spawn);
    expect(findSpawn(terrainOf(valley(5)), valley(5), origin)).toEqual(spawn);
  });

  test("stays inside the walls when asked for beyond a corner", () => {
    const corner = { x: 1100, y: -1100, z: 0 };
    for (let seed = 0; seed < 20; seed++) {
      const spawn = findSpawn(terrainOf(valley(seed)), valley(seed), corner);
      expect(Math.max(Math.abs(spawn.x), Math.abs(spawn.y)), `valley ${seed}`).toBeLessThanOrEqual(990);
    }
  });

  test("in a world of water is the highest place that was seen", () => {
    const sea: Terrain = {
      groundAt: (x, y) => ({
        elevationM: -10 - Math.abs(x - 30) / 10 - Math.abs(y) / 10,
        biome: "Ocean",
        isWater: true,
        waterDepthM: 10,
      }),
      slopeAt: () => ({ grade: 0, downhillRad: 0 }),
    };
    const spawn = findSpawn(sea, valley(0), origin);
    expect(distanceM(valley(0), { ...spawn, z: 0 }, { x: 30, y: 0, z: 0 })).toBeLessThan(20);
  });
});

describe("the nearest water", () => {
  const pond: Terrain = {
    groundAt: (x, y) => {
      const isWater = Math.hypot(x - 100, y) < 40;
      return { elevationM: 0, biome: isWater ? "Lake" : "Grassland", isWater, waterDepthM: isWater ? 1 : 0 };
    },
    slopeAt: () => ({ grade: 0, downhillRad: 0 }),
  };

  test("is told with its distance and bearing", () => {
    const found = nearestWater(pond, valley(0), origin, 500);
    expect(found?.biome).toBe("Lake");
    expect(found?.bearingRad).toBeCloseTo(Math.PI / 2, 9);
    expect(found?.distanceM).toBeGreaterThan(59);
    expect(found?.distanceM).toBeLessThan(80);
  });

  test("is none when it is farther than asked, outside the bounds, or no water at all", () => {
    expect(nearestWater(pond, valley(0), origin, 50)).toBeNull();
    const small = { ...valley(0), bounds: { minX: -50, minY: -50, maxX: 50, maxY: 50 } };
    expect(nearestWater(pond, small, origin, 500)).toBeNull();
    expect(nearestWater(terrainOf(room), room, origin, 5)).toBeNull();
  });

  test("is here when one stands in it", () => {
    expect(nearestWater(pond, valley(0), { x: 100, y: 0, z: 0 }, 500)?.distanceM).toBe(0);
  });
});
