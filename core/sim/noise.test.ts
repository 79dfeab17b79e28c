import { expect, test } from "vitest";
import { hashWords } from "./hash.ts";
import { fbm, ridged, simplex3, smoothstep } from "./noise.ts";
import { rng } from "./rng.ts";

const place = (random: ReturnType<typeof rng>, span: number) =>
  [(random.float() - 0.5) * span, (random.float() - 0.5) * span, (random.float() - 0.5) * span] as const;

test.each([
  ["simplex3", 2358614835, (x: number, y: number, z: number) => simplex3(11, x, y, z)],
  ["fbm", 1749427092, (x: number, y: number, z: number) => fbm(11, x, y, z, 6, 0.5)],
  ["ridged", 454952221, (x: number, y: number, z: number) => ridged(11, x, y, z, 6, 0.5)],
])("%s of a seed is fixed for good", (_name, expected, noise) => {
  const random = rng(1, "golden");
  const values = Array.from({ length: 1000 }, () => Math.round(noise(...place(random, 200)) * 1e9));
  expect(hashWords(values, 0)).toBe(expected);
});

test("simplex noise stays within −1 … 1, with mean 0, and uses most of the range", () => {
  for (let seed = 0; seed < 100; seed++) {
    const random = rng(seed, "range");
    let [low, high, sum] = [0, 0, 0];
    for (let i = 0; i < 5000; i++) {
      const value = simplex3(seed, ...place(random, 1000));
      low = Math.min(low, value);
      high = Math.max(high, value);
      sum += value;
    }
    expect(low, `seed ${seed}`).toBeGreaterThan(-1);
    expect(high, `seed ${seed}`).toBeLessThan(1);
    expect(high - low, `seed ${seed}`).toBeGreaterThan(1.5);
    expect(Math.abs(sum / 5000), `seed ${seed}`).toBeLessThan(0.04);
  }
});

test("it has no steps, at the faces of the simplices either", () => {
  const random = rng(2, "steps");
  let steepest = 0;
  for (let i = 0; i < 50_000; i++) {
    const [x, y, z] = place(random, 100);
    // Half of the places on a face between two simplices of a cell: two coordinates equal but for whole steps.
    const side = i % 2 === 0 ? y : x + Math.floor(y);
    const step = simplex3(3, x + 5e-7, side - 5e-7, z) - simplex3(3, x - 5e-7, side + 5e-7, z);
    steepest = Math.max(steepest, Math.abs(step) / 1e-6);
  }
  expect(steepest).toBeLessThan(10);
});

test("nothing comes again after 256 lattice steps, and seeds have nothing in common", () => {
  const random = rng(4, "period");
  let [again, other, self] = [0, 0, 0];
  for (let i = 0; i < 20_000; i++) {
    const [x, y, z] = place(random, 100);
    const here = simplex3(5, x, y, z);
    self += here * here;
    again += here * simplex3(5, x + 256, y, z);
    other += here * simplex3(6, x, y, z);
  }
  expect(Math.abs(again / self)).toBeLessThan(0.05);
  expect(Math.abs(other / self)).toBeLessThan(0.05);
});

test("far from the origin it is as smooth as near it", () => {
  const far = 1.3e6;
  for (let i = 0; i < 1000; i++) {
    const x = far + i * 0.01;
    expect(Math.abs(simplex3(7, x + 0.01, far, far) - simplex3(7, x, far, far))).toBeLessThan(0.08);
  }
});

test("octaves do not all vanish at the lattice's origin", () => {
  const values = Array.from({ length: 20 }, (_, seed) => Math.abs(fbm(seed * 100, 0, 0, 0, 6, 0.5)));
  expect(values.filter((value) => value > 0.01).length).toBeGreaterThan(15);
});

test("ridges lie within 0 … 1", () => {
  const random = rng(8, "ridges");
  const values = Array.from({ length: 20_000 }, () => ridged(9, ...place(random, 100), 6, 0.5));
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...values)).toBeLessThanOrEqual(1);
  expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(0.8);
});

test("smoothstep is flat outside, and halfway in the middle", () => {
  expect([0, 1, 2, 3, 4].map((value) => smoothstep(1, 3, value))).toEqual([0, 0, 0.5, 1, 1]);
});
