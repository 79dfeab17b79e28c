import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  asDilation,
  changedClock,
  firstClock,
  gameTimeMs,
  paceOf,
  tickNumber,
  untilNextTickMs,
  type WorldClock,
} from "./clock.ts";

const startMs = Date.UTC(2030, 0, 1);
const clockOf = (changes: Partial<{ gameMs: number; dilation: number; ticksPerSecond: number }> = {}): WorldClock =>
  firstClock(startMs, { gameMs: 0, dilation: 1, ticksPerSecond: 10, ...changes });
const yearMs = 360 * 86_400_000;

describe("game time", () => {
  test.each([
    [1, 86_400_000, 86_400_000],
    [0.1, 86_400_005, 8_640_000],
    [100, 3, 300],
    [0.3, 10, 3],
    [99.999, 100 * yearMs, 9999.9 * yearMs],
  ])("at a dilation of %d is, after %d ms, %d", (dilation, realMs, gameMs) => {
    expect(gameTimeMs(clockOf({ dilation }), startMs + realMs)).toBe(gameMs);
  });

  test("does not go back where the wall clock does, nor pass while the world is paused", () => {
    expect(gameTimeMs(clockOf({ gameMs: 7 }), startMs - 1000)).toBe(7);
    const paused = changedClock(clockOf(), startMs + 50, { isPaused: true });
    expect([gameTimeMs(paused, startMs + 1e9), paceOf(paused)]).toEqual([50, 0]);
    const resumed = changedClock(paused, startMs + 1e9, { isPaused: false });
    expect(gameTimeMs(resumed, startMs + 1e9 + 25)).toBe(75);
  });

  const change = fc.record({
    afterMs: fc.oneof(fc.integer({ min: 0, max: 250 }), fc.integer({ min: 20_000_000, max: 60_000_000 })),
    dilation: fc.integer({ min: 100, max: 100_000 }).map((thousandths) => thousandths / 1000),
    stretch: fc.integer({ min: 100, max: 1000 }).map((thousandths) => thousandths / 1000),
    isPaused: fc.boolean(),
  });

  test("does not drift: over years with thousands of changes it is what whole numbers of any size come to", () => {
    let longestMs = 0;
    fc.assert(
      fc.property(fc.array(change, { minLength: 2500, maxLength: 3000 }), (changes) => {
        let clock = clockOf();
        let nowMs = startMs;
        let exactNs = 0n;
        for (const { afterMs, ...to } of changes) {
          const rate = BigInt(Math.round(clock.dilation * 1000)) * BigInt(Math.round(clock.stretch * 1000));
          if (!clock.isPaused) exactNs += BigInt(afterMs) * rate;
          nowMs += afterMs;
          clock = changedClock(clock, nowMs, to);
          // A comparison of its own: fifty thousand `expect`s take seconds.
          if (BigInt(clock.sinceGameMs) * 1_000_000n + BigInt(clock.sinceGameNs) !== exactNs)
            expect(clock).toBe(`${exactNs} ns at ${nowMs}`);
        }
        longestMs = Math.max(longestMs, nowMs - startMs);
      }),
      { numRuns: 20, endOnFailure: true },
    );
    expect(longestMs).toBeGreaterThan(yearMs);
  });

  test("is the same however often it was asked, or changed to what it is", () => {
    const plain = clockOf({ dilation: 0.333 });
    let touched = plain;
    for (let i = 1; i <= 100_000; i++) touched = changedClock(touched, startMs + i * 7, {});
    const endMs = startMs + 700_000;
    expect(gameTimeMs(touched, endMs)).toBe(gameTimeMs(plain, endMs));
  });
});

describe("ticks", () => {
  test.each([1, 3, 7, 10, 20])("come %d times a second, each at its moment and none at another", (ticksPerSecond) => {
    const clock = clockOf({ ticksPerSecond });
    let nowMs = startMs;
    for (let tick = 1; tick <= 10 * ticksPerSecond; tick++) {
      const untilMs = untilNextTickMs(clock, nowMs);
      expect(tickNumber(clock, nowMs + untilMs - 1)).toBe(tick - 1);
      nowMs += untilMs;
      expect(tickNumber(clock, nowMs)).toBe(tick);
    }
    expect(nowMs - startMs).toBe(10_000);
  });

  test("begin anew with a change of the clock, so that each runs at one rate; their number goes on", () => {
    const faster = changedClock(clockOf(), startMs + 250, { dilation: 50 });
    expect([tickNumber(faster, startMs + 250), untilNextTickMs(faster, startMs + 250)]).toEqual([3, 100]);
    expect(tickNumber(faster, startMs + 350)).toBe(4);
    const paused = changedClock(faster, startMs + 420, { isPaused: true });
    expect([tickNumber(paused, startMs + 1e9), untilNextTickMs(paused, startMs + 1e9)]).toEqual([5, Infinity]);
    const resumed = changedClock(paused, startMs + 1e9, { isPaused: false });
    expect([tickNumber(resumed, startMs + 1e9), tickNumber(resumed, startMs + 1e9 + 100)]).toEqual([5, 6]);
  });

  test("and game time never go back, whatever changes", () => {
    const step = fc.record({
      afterMs: fc.integer({ min: -50, max: 5000 }),
      dilation: fc.constantFrom(0.1, 1, 33.3, 100),
      isPaused: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let clock = clockOf();
        let nowMs = startMs;
        for (const { afterMs, ...to } of steps) {
          const [tick, gameMs] = [tickNumber(clock, nowMs), gameTimeMs(clock, nowMs)];
          nowMs = Math.max(nowMs, nowMs + afterMs);
          clock = changedClock(clock, nowMs + Math.min(0, afterMs), to);
          expect(tickNumber(clock, nowMs)).toBeGreaterThanOrEqual(tick);
          expect(gameTimeMs(clock, nowMs)).toBeGreaterThanOrEqual(gameMs);
        }
      }),
    );
  });
});

test("what a specification asks for is brought within bounds", () => {
  expect([0, 0.01, 0.12345, 5, 1e6].map(asDilation)).toEqual([0.1, 0.1, 0.123, 5, 100]);
  expect([clockOf({ ticksPerSecond: 0 }), clockOf({ ticksPerSecond: 60 })].map((c) => c.ticksPerSecond)).toEqual([
    1, 20,
  ]);
  expect(() => changedClock(clockOf(), startMs, { dilation: 100.001 })).toThrow("dilation");
  expect(() => changedClock(clockOf(), startMs, { stretch: 0.05 })).toThrow("stretch");
});
