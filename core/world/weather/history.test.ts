import { expect, test } from "vitest";
import { begun, isWhole, pushed, pushesBefore, pushesKeptMax, type StepPush } from "./history.ts";

const push = (step: number): StepPush => ({
  step,
  push: { kind: "rain", x: 1, y: 0, z: 0, radiusM: 1e6, strength: 1, hours: 6 },
});

test("of each step is known which pushes came before it", () => {
  const history = pushed(pushed(begun(10), [push(12)]), [push(15), push(15)]);
  expect([12, 13, 15, 16].map((step) => pushesBefore(history, step))).toEqual([0, 1, 1, 3]);
  expect(isWhole(history)).toBe(true);
});

test("only the last pushes are kept, and what is no longer known is not guessed", () => {
  const steps = Array.from({ length: pushesKeptMax + 1 }, (_, i) => 100 + i);
  const history = steps.reduce((before, step) => pushed(before, [push(step)]), begun(10));
  expect(history.pushes).toHaveLength(pushesKeptMax);
  expect(history.pushCount).toBe(pushesKeptMax + 1);
  expect(isWhole(history)).toBe(false);
  expect(pushesBefore(history, 101)).toBeNull();
  expect(pushesBefore(history, 102)).toBe(2);
});
