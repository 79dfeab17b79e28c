import { expect, test } from "vitest";
import type { InputId } from "../lib/ids.ts";
import { stage } from "#tests/support/stage.ts";
import { d100, diceAt, diceOf } from "./dice.ts";

const scene = () => {
  const s = stage();
  s.play();
  return s.scene();
};
const roll = (inputId: string, changes: { nowMs?: number; version?: number } = {}) => {
  const { state, ...same } = scene();
  const { nowMs = same.nowMs, version = state.version } = changes;
  return d100(diceOf({ scene: { ...same, nowMs, state: { ...state, version } }, inputId: inputId as InputId }));
};

test("the same command at the same moment throws the same; another, or a millisecond later, throws anew", () => {
  const { nowMs, state } = scene();
  expect(roll("a")).toBe(roll("a"));
  const others = [
    Array.from({ length: 30 }, (_, n) => roll(`a${n}`)),
    Array.from({ length: 30 }, (_, n) => roll("a", { nowMs: nowMs + n })),
    Array.from({ length: 30 }, (_, n) => roll("a", { version: state.version + n })),
    Array.from({ length: 30 }, (_, n) => d100(diceAt(scene(), "strike x", n))),
  ];
  for (const rolls of others) expect(new Set(rolls).size).toBeGreaterThan(15);
});

test("every number from 1 to 100 comes about as often", () => {
  const counts = new Map<number, number>();
  const before = scene();
  for (let n = 0; n < 20_000; n++) {
    const thrown = d100(diceOf({ scene: { ...before, nowMs: n }, inputId: "i" as InputId }));
    counts.set(thrown, (counts.get(thrown) ?? 0) + 1);
  }
  expect([Math.min(...counts.keys()), Math.max(...counts.keys()), counts.size]).toEqual([1, 100, 100]);
  // 200 of each are expected, and a deviation of 14; five of those are luck that nobody has.
  for (const [number, count] of counts) expect(Math.abs(count - 200), `${number}`).toBeLessThan(75);
});
