import { expect, test } from "vitest";
import { atan, atan2, cos, exp, log, sin } from "./elementary.ts";
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

test("exp and atan are the engine's to the last digit or two", () => {
  const random = rng(1, "exponents");
  let worst = 0;
  for (let i = 0; i < 50_000; i++) {
    const x = (random.float() - 0.5) * (i % 2 === 0 ? 4 : 1200);
    worst = Math.max(worst, Math.abs(exp(x) / Math.exp(x) - 1), Math.abs(atan(x) - Math.atan(x)));
    const angle = (random.float() - 0.5) * 6.28;
    worst = Math.max(worst, Math.abs(atan2(Math.sin(angle) * 3, Math.cos(angle) * 3) - angle));
  }
  expect(worst).toBeLessThan(1e-15);
  expect([exp(0), atan(0), atan2(0, 1), atan2(0, 0), atan2(0, -1)]).toEqual([1, 0, 0, 0, Math.PI]);
  expect([atan2(1, 0), atan2(-1, 0)]).toEqual([Math.PI / 2, -Math.PI / 2]);
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
  for (const x of [701, -701, Number.NaN]) expect(() => exp(x)).toThrow("exp");
});
