import { firstClock, ticksPerSecondDefault, type WorldClock } from "./clock.ts";
import type { WorldSpec } from "./spec.ts";

/** A new world begins in the morning of its first day. */
export function firstClockOf(spec: WorldSpec, nowMs: number): WorldClock {
  const { dilation, ticksPerSecond = ticksPerSecondDefault } = spec;
  return firstClock(nowMs, { gameMs: firstMorningMs(spec), dilation, ticksPerSecond });
}

export function firstMorningMs({ sky }: WorldSpec): number {
  return Math.round(sky.dayLengthS * 1000 * 0.35);
}
