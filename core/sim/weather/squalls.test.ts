import { expect, test } from "vitest";
import { squallOf } from "./squalls.ts";

const hour = 3600;
const all = Array.from({ length: 40_000 }, (_, i) => squallOf(7, i % 100, Math.floor(i / 100) * 7 * hour));

test("squalls leave the mean wind as it is, and are sometimes half as strong again, or half as strong", () => {
  const mean = all.reduce((sum, each) => sum + each, 0) / all.length;
  expect(mean).toBeCloseTo(1, 2);
  expect(Math.min(...all)).toBeGreaterThan(0.2);
  expect(all.filter((each) => each > 1.4).length / all.length).toBeGreaterThan(0.1);
  expect(all.filter((each) => each > 1.4).length / all.length).toBeLessThan(0.2);
});

test("a squall comes and goes within hours, without a jump, and is another one in another cell and world", () => {
  for (let timeS = 0; timeS < 100 * hour; timeS += 60)
    expect(Math.abs(squallOf(7, 3, timeS + 60) - squallOf(7, 3, timeS))).toBeLessThan(0.03);
  const now = squallOf(7, 3, 5 * hour);
  expect(new Set([now, squallOf(7, 3, 11 * hour), squallOf(7, 4, 5 * hour), squallOf(8, 3, 5 * hour)]).size).toBe(4);
  expect(squallOf(7, 3, 5 * hour)).toBe(now);
});
