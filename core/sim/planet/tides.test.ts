import { describe, expect, test } from "vitest";
import { earthLike, earthsMoon } from "./spec.ts";
import { angularSize, shelfFactor, tideHeight, tidesOf } from "./tides.ts";

describe("tides", () => {
  const earth = tidesOf(earthLike);

  test("Earth's equilibrium tide is 0.54 m by its Moon and 0.25 m by its Sun (Pugh & Woodworth 2014)", () => {
    expect(earth.moons[0]!.rangeM).toBeCloseTo(0.54, 2);
    expect(earth.sun.rangeM).toBeCloseTo(0.25, 2);
    expect(earth.springRangeM).toBeCloseTo(0.78, 2);
    expect(earth.neapRangeM).toBeCloseTo(0.29, 2);
  });

  test("the Moon goes round in 27.3 days, and its high waters come every 12 h 25 min", () => {
    expect(earth.moons[0]!.periodS / 86_400).toBeCloseTo(27.3, 1);
    expect(earth.moons[0]!.highWaterEveryS / 60).toBeCloseTo(745, 0);
    expect(earth.sun.highWaterEveryS / 3600).toBeCloseTo(12, 6);
  });

  test("twice the mass is twice the tide, and twice the distance an eighth", () => {
    const range = (massKg: number, distanceM: number) =>
      tidesOf({ ...earthLike, moons: [{ massKg, distanceM }] }).moons[0]!.rangeM;
    const ordinary = range(earthsMoon.massKg, earthsMoon.distanceM);
    expect(range(2 * earthsMoon.massKg, earthsMoon.distanceM) / ordinary).toBeCloseTo(2, 9);
    expect(range(earthsMoon.massKg, 2 * earthsMoon.distanceM) / ordinary).toBeCloseTo(1 / 8, 9);
  });

  test("without a moon there is the sun's tide alone, the same at spring and neap", () => {
    const { moons, sun, springRangeM, neapRangeM } = tidesOf({ ...earthLike, moons: [] });
    expect(moons).toEqual([]);
    expect(springRangeM).toBe(sun.rangeM);
    expect(neapRangeM).toBe(sun.rangeM);
  });

  test("the bulge is up under the body, down to the side, and 0 on the whole globe's mean", () => {
    expect(tideHeight(1.5, 1)).toBeCloseTo(1, 12);
    expect(tideHeight(1.5, 0)).toBeCloseTo(-0.5, 12);
    let sum = 0;
    for (let i = 0; i < 1000; i++) sum += tideHeight(1.5, (i + 0.5) / 500 - 1);
    expect(sum / 1000).toBeCloseTo(0, 5);
  });

  test("shallow shelves raise it, never more than fourfold; the Moon is half a degree across", () => {
    expect(shelfFactor(3700)).toBe(1);
    expect(shelfFactor(10_000)).toBe(1);
    expect(shelfFactor(100)).toBeCloseTo(2.47, 2);
    expect(shelfFactor(0)).toBeLessThanOrEqual(4);
    expect((angularSize(1_737_400, earthsMoon.distanceM) * 180) / Math.PI).toBeCloseTo(0.518, 3);
  });
});
