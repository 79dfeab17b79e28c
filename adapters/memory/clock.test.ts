import { expect, test } from "vitest";
import { manualClock } from "./clock.ts";

test("time stands still until it is moved, and both clocks move together", async () => {
  const clock = manualClock(1_000);
  expect([clock.nowMs(), clock.monotonicMs()]).toEqual([1_000, 0]);
  await clock.advance(250);
  expect([clock.nowMs(), clock.monotonicMs()]).toEqual([1_250, 250]);
});

test("sleeps wake in the order of their times, equal ones in the order they began", async () => {
  const clock = manualClock(0);
  const woken: string[] = [];
  const sleep = async (name: string, ms: number) => {
    await clock.sleep(ms);
    woken.push(`${name} at ${clock.nowMs()}`);
  };
  void sleep("late", 300);
  void sleep("first", 100);
  void sleep("second", 100);
  void sleep("beyond", 301);
  await clock.advance(300);
  expect(woken).toEqual(["first at 100", "second at 100", "late at 300"]);
  expect(clock.sleeping()).toBe(1);
});

test("a loop of sleeps wakes once for each of its periods in one long advance", async () => {
  const clock = manualClock(0);
  const ticks: number[] = [];
  void (async () => {
    for (;;) {
      await clock.sleep(100);
      ticks.push(clock.nowMs());
    }
  })();
  await clock.advance(350);
  expect(ticks).toEqual([100, 200, 300]);
});

test("an aborted sleep resolves at once and leaves nothing behind", async () => {
  const clock = manualClock(0);
  const abort = new AbortController();
  const slept = clock.sleep(1_000, abort.signal);
  abort.abort();
  await slept;
  await clock.sleep(1_000, abort.signal);
  expect(clock.sleeping()).toBe(0);
});
