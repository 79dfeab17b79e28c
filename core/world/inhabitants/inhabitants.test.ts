import { describe, expect, test } from "vitest";
import { village } from "#tests/support/village.ts";
import { completeSpecification } from "../../interview/complete-specification.ts";
import type { WorldId } from "../../lib/ids.ts";
import { readyMadeWorlds } from "../seeds.ts";
import { distanceM } from "../space.ts";
import type { WorldSpec } from "../spec.ts";
import { findSpawn, nearestWater, terrainOf } from "../terrain.ts";
import { makeInhabitants, npcNow } from "./inhabitants.ts";

const id = "00000000-0000-4000-8000-000000000001" as WorldId;
const [, valley, verdance] = readyMadeWorlds.map(({ spec }) => spec) as [WorldSpec, WorldSpec, WorldSpec];
const told = (seed: number, peoples: readonly string[]): WorldSpec => {
  const specification = completeSpecification({ peoples: peoples.map((name) => ({ name })) }, { name: "X", seed });
  const spec = { ...verdance, seed, radiusM: 100_000 * seed, specification };
  const position = findSpawn(terrainOf(spec), spec, { x: 0, y: 80_000 * seed, z: 0 });
  return { ...spec, spawn: { ...spec.spawn, position } };
};
const worlds: readonly [string, WorldSpec][] = [
  ["Hearthvale", valley],
  ["Verdance", verdance],
  ["a narrow valley", { ...valley, bounds: { minX: -60, minY: -60, maxX: 60, maxY: 60 } }],
  ["a plane", { ...verdance, shape: "infinite", radiusM: null, spawn: valley.spawn }],
  ...[1, 2, 3, 4, 5, 6].map((seed): [string, WorldSpec] => [
    `sphere ${seed}`,
    told(seed, ["Human", "Elf", "Frostkin"].slice(0, 1 + (seed % 3))),
  ]),
];

describe.each(worlds)("on %s", (_, spec) => {
  const terrain = terrainOf(spec);
  const place = { id, name: "X", spec, terrain };
  const { settlements, residents, society } = makeInhabitants(place);
  const hourMs = (spec.sky.dayLengthS * 1000) / 24;

  test("everyone stands on dry land within their village and the world, at every hour", () => {
    for (let hour = 0; hour < 48; hour += 1.03) {
      for (const resident of residents.flat()) {
        const { position, settlement } = npcNow({ place, gameMs: hour * hourMs }, resident);
        const ground = terrain.groundAt(position.x, position.y);
        expect(ground.isWater, `${resident.person.name} at ${hour}`).toBe(false);
        expect(position.z).toBeCloseTo(ground.elevationM, 2);
        const flat = { ...settlement.centre, z: position.z };
        expect(distanceM(spec, flat, position)).toBeLessThanOrEqual(settlement.radiusM + 0.01);
        if (spec.bounds !== null) expect(Math.abs(position.x)).toBeLessThanOrEqual(spec.bounds.maxX);
      }
    }
  });

  test("each people has its own place, apart from the others and from where players begin", () => {
    expect(settlements).toHaveLength(society.peoples.length);
    settlements.forEach(({ centre, radiusM }, index) => {
      expect(radiusM).toBeGreaterThan(0);
      for (const other of settlements.slice(0, index))
        expect(distanceM(spec, centre, other.centre)).toBeGreaterThanOrEqual(150);
    });
  });

  test("the same world has the same villages after a restart", () => {
    const again = makeInhabitants({ id, spec: structuredClone(spec), terrain: terrainOf(spec) });
    expect(again).toEqual({ settlements, residents, society });
  });
});

test("the ready-made worlds have their village near water and within a few minutes' walk", () => {
  for (const spec of [valley, verdance]) {
    const terrain = terrainOf(spec);
    const { centre } = makeInhabitants({ id, spec, terrain }).settlements[0]!;
    expect(nearestWater(terrain, spec, centre, 400)).not.toBeNull();
    expect(distanceM(spec, spec.spawn.position, centre)).toBeLessThan(400);
  }
});

test("where there is no dry land people live where players begin", () => {
  const sea = { groundAt: () => ({ elevationM: -9, biome: "Ocean", isWater: true, waterDepthM: 9 }) as const, slopeAt: () => ({ grade: 0, downhillRad: 0 }) }; // prettier-ignore
  const { settlements } = makeInhabitants({ id, spec: verdance, terrain: sea });
  expect(settlements).toMatchObject([{ centre: verdance.spawn.position, radiusM: 0 }]);
});

describe("a day in the village", () => {
  test("everyone sleeps at night and nobody by day", () => {
    const { waitUntil, around } = village();
    waitUntil(2);
    expect(new Set(around().map(({ doing }) => doing))).toEqual(new Set(["asleep"]));
    waitUntil(10.4);
    expect(around().map(({ doing }) => doing)).not.toContain("asleep");
    expect(around()).toHaveLength(16);
  });

  test("people move about by day, no faster than they walk", () => {
    const { scene, inhabitants, place } = village();
    const { gameMs } = scene();
    const ways = inhabitants.residents.flat().map((resident) => {
      let moved = 0;
      for (let s = 0; s < 3 * 3600; s += 10) {
        const [one, next] = [s, s + 10].map((at) => npcNow({ place, gameMs: gameMs + at * 1000 }, resident).position);
        const step = Math.hypot(next!.x - one!.x, next!.y - one!.y);
        expect(step).toBeLessThanOrEqual(1.2 * 10 + 0.01);
        moved += step;
      }
      return moved;
    });
    expect(Math.max(...ways)).toBeGreaterThan(20);
  });
});
