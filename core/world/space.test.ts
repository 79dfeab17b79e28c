import { describe, expect, test } from "vitest";
import { compassOf, directionOf, distanceM, exitOf, offsetM, orientationOf, travel } from "./space.ts";
import { compass } from "./space.ts";

const flat = { radiusM: null, bounds: null };
const radiusM = 600_000;
const sphere = { radiusM, bounds: null };
const quarter = (radiusM * Math.PI) / 2;

describe("directions", () => {
  test.each(compass)("%s survives the way through an orientation and back", (direction) => {
    expect(directionOf(orientationOf(direction))).toBe(direction);
  });

  test("metres to the east and north name the nearest of eight directions", () => {
    expect([compassOf(0, 5), compassOf(5, 5), compassOf(-3, 0), compassOf(-1, -100)]).toEqual([
      "north",
      "northeast",
      "west",
      "south",
    ]);
  });
});

describe("a flat world", () => {
  test("a diagonal step is as long as a straight one", () => {
    const end = travel(flat, { x: 0, y: 0, z: 0 }, Math.PI / 4, 10);
    expect(Math.hypot(end.x, end.y)).toBeCloseTo(10, 2);
  });

  test("the first wall on the way is the one that is named", () => {
    const bounds = { minX: 0, minY: 0, maxX: 10, maxY: 10 };
    expect(exitOf(bounds, { x: 9, y: 5, z: 0 }, { x: 12, y: 12 })).toEqual({ fraction: 1 / 3, wall: "east" });
    expect(exitOf(bounds, { x: 5, y: 5, z: 0 }, { x: 6, y: 6 })).toBeNull();
  });
});

describe("a sphere", () => {
  test("walking east crosses the antimeridian", () => {
    const start = { x: Math.PI * radiusM - 2, y: 0, z: 0 };
    const end = travel(sphere, start, Math.PI / 2, 5);
    expect(end.x).toBeCloseTo(-Math.PI * radiusM + 3, 2);
    expect(distanceM(sphere, start, { ...end, z: 0 })).toBeCloseTo(5, 2);
  });

  test("walking north over the pole comes down on the other side, facing south", () => {
    const end = travel(sphere, { x: 0, y: quarter - 3, z: 0 }, 0, 10);
    expect(end.y).toBeCloseTo(quarter - 7, 2);
    expect(Math.abs(end.x)).toBeCloseTo(Math.PI * radiusM, 2);
    expect(Math.abs(end.bearing)).toBeCloseTo(Math.PI, 6);
  });

  test("a step is as long at 80° as at the equator", () => {
    for (const latitude of [0, 30, 60, 80, 89.9]) {
      const start = { x: 1000, y: (radiusM * latitude * Math.PI) / 180, z: 0 };
      for (const direction of compass) {
        const end = travel(sphere, start, (compass.indexOf(direction) * Math.PI) / 4, 5);
        expect(distanceM(sphere, start, { ...end, z: 0 })).toBeCloseTo(5, 1);
      }
    }
  });

  test("the offset between two places points along the way that leads from one to the other", () => {
    const from = { x: 400, y: 250_000, z: 0 };
    const end = travel(sphere, from, Math.PI / 4, 70);
    const { east, north } = offsetM(sphere, from, { ...end, z: 0 });
    expect(east).toBeCloseTo(70 * Math.SQRT1_2, 1);
    expect(north).toBeCloseTo(70 * Math.SQRT1_2, 1);
  });
});
