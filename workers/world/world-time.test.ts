import { expect, test } from "vitest";
import { worldTime } from "./world-time.ts";

function setup(notBeforeMs = 0) {
  let [wallMs, monotonicMs] = [1_000_000, 50.75];
  const clock = { nowMs: () => wallMs, monotonicMs: () => monotonicMs, sleep: async () => {} };
  const now = worldTime(clock, notBeforeMs);
  return {
    now,
    pass: (ms: number) => {
      wallMs += ms;
      monotonicMs += ms;
    },
    jump: (ms: number) => void (wallMs += ms),
  };
}

test("is the wall clock's while that goes evenly", () => {
  const { now, pass } = setup();
  expect(now()).toBe(1_000_000);
  for (let i = 1; i <= 100; i++) {
    pass(0.4);
    expect(now()).toBe(Math.floor(1_000_000 + i * 0.4));
  }
});

test("goes on evenly where the wall clock is set back, and jumps ahead with it", () => {
  const { now, pass, jump } = setup();
  pass(100);
  expect(now()).toBe(1_000_100);
  jump(-3_600_000);
  expect(now()).toBe(1_000_100);
  pass(250);
  expect(now()).toBe(1_000_350);
  jump(3_600_000);
  expect(now()).toBe(1_000_350);
  jump(5000);
  expect(now()).toBe(1_005_350);
  pass(1);
  expect(now()).toBe(1_005_351);
});

test("does not stand still where the owner before had a clock that was ahead", () => {
  const { now, pass } = setup(2_000_000);
  expect(now()).toBe(2_000_000);
  pass(10_000);
  expect(now()).toBe(2_010_000);
});
