import { expect, test } from "vitest";
import { Rng, rng, seedOf } from "./rng.ts";

const draw = (random: Rng, n: number) => Array.from({ length: n }, () => random.uint32());

test("agrees with the reference xoshiro128** (rand_xoshiro's vector)", () => {
  expect(draw(new Rng(1, 2, 3, 4), 10)).toEqual([
    11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
  ]);
});

test("a stream is fixed for good by its seed and its path", () => {
  expect(draw(rng(42, "weather", 7), 4)).toEqual([893285147, 2984940499, 2205487309, 1989242442]);
  expect(seedOf(42, "relief")).toBe(2918239788);
});

test("streams that differ in seed, name or tick share nothing", () => {
  const streams = [rng(1, "a", 1), rng(1, "a", 2), rng(1, "b", 1), rng(2, "a", 1), rng(1, "a"), rng(1, "a", 1, 0)];
  const drawn = streams.flatMap((random) => draw(random, 100));
  expect(new Set(drawn).size).toBe(drawn.length);
});

test("one more draw in a stream shifts nothing in another", () => {
  const before = draw(rng(1, "b", 1), 5);
  rng(1, "a", 1).uint32();
  expect(draw(rng(1, "b", 1), 5)).toEqual(before);
});

test("a state of zeros does not stay zero", () => {
  expect(draw(new Rng(0, 0, 0, 0), 20).some((word) => word !== 0)).toBe(true);
});

test.each([1, 2, 3, 6, 7, 10])("int(%i) reaches every value, each equally often", (n) => {
  const counts = Array.from({ length: n }, () => 0);
  const random = rng(3, "int", n);
  for (let i = 0; i < 10_000 * n; i++) counts[random.int(n)]! += 1;
  // Five deviations of a binomial count.
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
});

test("int has no bias where the words do not divide evenly", () => {
  // Folding 2³² words onto 3 · 2³⁰ values would make the lowest third come half of the time.
  const random = rng(3, "bias");
  let low = 0;
  for (let i = 0; i < 30_000; i++) if (random.int(3 * 2 ** 30) < 2 ** 30) low++;
  expect(low / 30_000).toBeCloseTo(1 / 3, 1);
});

test("int of the whole range is a word", () => {
  expect(rng(9, "x").int(2 ** 32)).toBe(rng(9, "x").uint32());
});

test.each([0, -1, 1.5, Number.NaN, 2 ** 32 + 1])("int(%d) is refused", (n) => {
  expect(() => rng(1, "x").int(n)).toThrow("not within");
});

test("a seed that is no safe integer is refused", () => {
  expect(() => rng(0.5, "x")).toThrow("safe integer");
  expect(() => rng(1, "x", Number.NaN)).toThrow("safe integer");
});

test("floats lie in [0, 1) with the mean and spread of the uniform", () => {
  const random = rng(5, "float");
  const values = Array.from({ length: 100_000 }, () => random.float());
  expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
  const mean = average(values);
  expect(mean).toBeCloseTo(0.5, 2);
  expect(average(values.map((value) => (value - mean) ** 2))).toBeCloseTo(1 / 12, 2);
});

test("normals have mean 0, deviation 1, no skew and the kurtosis of the bell", () => {
  const random = rng(6, "normal");
  const values = Array.from({ length: 200_000 }, () => random.normal());
  expect(Math.abs(average(values))).toBeLessThan(0.01);
  expect(average(values.map((value) => value ** 2))).toBeCloseTo(1, 1);
  expect(Math.abs(average(values.map((value) => value ** 3)))).toBeLessThan(0.05);
  expect(average(values.map((value) => value ** 4))).toBeCloseTo(3, 0);
});

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
