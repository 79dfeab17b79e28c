import { describe, expect, test } from "vitest";
import { blownVisibilityM, fallingExtinction, looseLeast, snowThresholdMps } from "./blowing-snow.ts";

const cold = 263.16;

describe("snow that is blown", () => {
  test("is taken up from some 8 m/s at ten degrees of frost, later when it is near melting", () => {
    expect(snowThresholdMps(cold)).toBeCloseTo(7.96, 2);
    expect(snowThresholdMps(273.16)).toBeCloseTo(9.43, 2);
    expect(blownVisibilityM(7.9, cold, 10)).toBe(Infinity);
    expect(blownVisibilityM(8, cold, 10)).toBeLessThan(Infinity);
  });

  test("hides what is a kilometre away in a fresh wind, what is a quarter mile away in a blizzard's", () => {
    expect(blownVisibilityM(9, cold, 10)).toBeGreaterThan(600);
    expect(blownVisibilityM(15.6, cold, 10)).toBeLessThan(200);
    const all = [9, 12, 16, 20, 30, 40].map((wind) => blownVisibilityM(wind, cold, 10));
    expect(all).toEqual(all.toSorted((a, b) => b - a));
    expect(all.at(-1)).toBeGreaterThan(5);
  });

  test("is not there where none lies loose, or where it melts", () => {
    expect(blownVisibilityM(20, cold, 0.9 * looseLeast)).toBe(Infinity);
    expect(blownVisibilityM(20, 273.5, 10)).toBe(Infinity);
  });
});

test("snow that falls hides more the more falls: a quarter mile at 5 mm of water an hour", () => {
  expect(fallingExtinction(0)).toBe(0);
  expect(3900 / fallingExtinction(5)).toBeCloseTo(384, 0);
});
