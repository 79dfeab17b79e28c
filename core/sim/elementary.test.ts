import { expect, test } from "vitest";
import { cos, log, sin } from "./elementary.ts";
import { hashWords } from "./hash.ts";
import { rng } from "./rng.ts";

test("sin and cos are the engine's to the last digit or two, over many turns", () => {
  const random = rng(1, "angles");
  let worst = 0;
  for (let i = 0; i < 100_000; i++) {
    const angle = (random.float() - 0.5) * (i % 2 === 0 ? 8 : 20_000);
    worst = Math.max(worst, Math.abs(sin(angle) - Math.sin(angle)), Math.abs(cos(angle) - Math.cos(angle)));
  }
  expect(worst).toBeLessThan(3e-16);
});

test("log is the engine's to the last digit or two, from the smallest normal number to the largest", () => {
  const random = rng(1, "logs");
  let worst = 0;
  for (let i = 0; i < 50_000; i++) {
    const x = (random.float() + 2 ** -53) * 2 ** (random.int(1900) - 950);
    worst = Math.max(worst, Math.abs(log(x) - Math.log(x)) / Math.abs(Math.log(x)));
  }
  expect(worst).toBeLessThan(5e-16);
  expect(log(1)).toBe(0);
});

test("the bits are the same on every engine", () => {
  const random = rng(2, "bits");
  const values = new Float64Array(3000);
  for (let i = 0; i < 3000; i += 3) {
    const x = random.float() * 100;
    values.set([sin(x), cos(x), log(x + 0.001)], i);
  }
  expect(hashWords(new Int32Array(values.buffer), 0)).toBe(3513864109);
});

test("what is out of range is refused, not answered wrongly", () => {
  for (const x of [1e5 + 1, -1e6, Number.NaN, Infinity]) expect(() => sin(x)).toThrow("out of range");
  for (const x of [0, -1, Number.NaN, Infinity]) expect(() => log(x)).toThrow("log");
});
