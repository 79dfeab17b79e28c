import { expect, test } from "vitest";
import { rng } from "../sim/rng.ts";
import { inSpace, lineM } from "./in-space.ts";
import { distanceM, type Position } from "./space.ts";

const radiusM = 60_000;
const globe = { radiusM, bounds: null };
const flat = { radiusM: null, bounds: null };
const half = Math.PI * radiusM;
const lineBetween = (one: Position, other: Position): number => {
  const [a, b] = [inSpace(globe, one), inSpace(globe, other)];
  return Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z);
};

test("a flat world is as it is", () => {
  expect(inSpace(flat, { x: 1, y: -2, z: 3 })).toEqual({ x: 1, y: -2, z: 3 });
  expect(lineM(flat, { x: 0, y: 0, z: 9 }, 5)).toBe(5);
});

test.each([
  ["the antimeridian", { x: half - 5, y: 0, z: 0 }, { x: -half + 5, y: 0, z: 0 }],
  ["a pole", { x: 0, y: half / 2 - 5, z: 0 }, { x: half, y: half / 2 - 5, z: 0 }],
])("who stands ten metres away across %s is near", (_, one, other) => {
  expect(lineBetween(one, other)).toBeCloseTo(10, 3);
});

test("whatever is within a radius is within its line, and nothing twice as far is on the ground nearby", () => {
  for (let seed = 1; seed <= 100; seed++) {
    const random = rng(seed, "in space");
    const around = (at: Position, reach: number): Position => ({
      x: at.x + (random.float() - 0.5) * reach,
      y: Math.max(-half / 2, Math.min(half / 2, at.y + (random.float() - 0.5) * reach)),
      z: Math.max(-50, at.z + (random.float() - 0.5) * reach),
    });
    const from = around({ x: 0, y: (random.float() - 0.5) * half, z: 0 }, 5_000);
    const radius = 1 + random.float() * 2_000;
    for (let i = 0; i < 50; i++) {
      const to = around(from, 3 * radius);
      const isWithin = lineBetween(from, to) <= lineM(globe, from, radius);
      if (distanceM(globe, from, to) <= radius)
        expect(isWithin, `seed ${seed}: ${JSON.stringify([from, to])}`).toBe(true);
    }
    const far = { ...from, z: 0, x: from.x + 2.5 * (radius / Math.cos(from.y / radiusM)) };
    if (Math.abs(from.y) < half / 4)
      expect(lineBetween({ ...from, z: 0 }, far)).toBeGreaterThan(lineM(globe, from, radius));
  }
});
