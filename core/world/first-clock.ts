import { firstClock, ticksPerSecondDefault, type WorldClock } from "./clock.ts";
import type { WorldSpec } from "./spec.ts";

/** A new world begins in the morning of its first day. */
export function firstClockOf(
  { sky, dilation, ticksPerSecond = ticksPerSecondDefault }: WorldSpec,
  nowMs: number,
): WorldClock {
  return firstClock(nowMs, { gameMs: Math.round(sky.dayLengthS * 1000 * 0.35), dilation, ticksPerSecond });
}
