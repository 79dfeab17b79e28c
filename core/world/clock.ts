import { assert } from "../lib/assert.ts";
import { dilationMax, dilationMin } from "../protocol/world-input.ts";

/**
 * Ticks are not events: the time of a world follows from the last change of its clock. All numbers are such that it follows exactly, so
 * that no number of changes makes it drift: whole milliseconds and nanoseconds, rates in whole thousandths.
 *
 * A change holds from the moment of the turn that makes it, and that moment is the boundary of a tick: the tick under way ends there and
 * the next begins. So every tick runs at one rate, and a faster world has no tick that was partly slow.
 */
export type WorldClock = {
  /** Wall time of that change, in whole milliseconds. */
  readonly sinceRealMs: number;
  /** Game time of that change: whole milliseconds, and the nanoseconds beyond them, 0 … 999,999. */
  readonly sinceGameMs: number;
  readonly sinceGameNs: number;
  /** Number of the tick that began with that change. */
  readonly sinceTick: number;
  /** Game seconds per real second as its owner wants it, 0.1 … 100 in thousandths. */
  readonly dilation: number;
  /** What of that is kept while the world's owner cannot keep up, 0.1 … 1 in thousandths. */
  readonly stretch: number;
  readonly isPaused: boolean;
  readonly ticksPerSecond: number;
};

export const ticksPerSecondDefault = 10;
export const ticksPerSecondMin = 1;
export const ticksPerSecondMax = 20;
/** However late the owner is, a tenth of the world's pace is kept. */
export const stretchMin = 0.1;

/** Of a world that has not begun. */
export const emptyClock: WorldClock = {
  sinceRealMs: 0,
  sinceGameMs: 0,
  sinceGameNs: 0,
  sinceTick: 0,
  dilation: 1,
  stretch: 1,
  isPaused: true,
  ticksPerSecond: ticksPerSecondDefault,
};

const nsPerMs = 1_000_000;

/** Game time in whole milliseconds. While the world is paused none passes. */
export function gameTimeMs(clock: WorldClock, nowMs: number): number {
  return gameTime(clock, nowMs).ms;
}

/** Counts all the ticks there were since the world began, by real time; none while it is paused. Never goes back. */
export function tickNumber(clock: WorldClock, nowMs: number): number {
  if (clock.isPaused) return clock.sinceTick;
  return clock.sinceTick + Math.floor((sinceChangeMs(clock, nowMs) * clock.ticksPerSecond) / 1000);
}

/** Wall time at which a tick of the clock as it is begins. */
export function tickBeginsAtMs(clock: WorldClock, tick: number): number {
  return clock.sinceRealMs + ((tick - clock.sinceTick) * 1000) / clock.ticksPerSecond;
}

/** By the wall, to the millisecond before it, when it was that time in the world, if that is after the clock's last change; else that change. */
export function clockTimeMs(clock: WorldClock, gameMs: number): number {
  if (clock.isPaused) return clock.sinceRealMs;
  return clock.sinceRealMs + Math.floor(Math.max(0, gameMs - clock.sinceGameMs) / paceOf(clock));
}

/** Real milliseconds from a moment to the beginning of the next tick; Infinity while the world is paused. */
export function untilNextTickMs(clock: WorldClock, nowMs: number): number {
  if (clock.isPaused) return Infinity;
  const ticks = tickNumber(clock, nowMs) - clock.sinceTick + 1;
  return Math.ceil((ticks * 1000) / clock.ticksPerSecond) - sinceChangeMs(clock, nowMs);
}

/** Game seconds per real second, as it is just now. */
export function paceOf(clock: WorldClock): number {
  return clock.isPaused ? 0 : rateNsPerMs(clock) / nsPerMs;
}

/** The same clock, and from `nowMs` on another one. Time and ticks go on without a jump. */
export function changedClock(
  clock: WorldClock,
  nowMs: number,
  changes: Partial<Pick<WorldClock, "dilation" | "stretch" | "isPaused">>,
): WorldClock {
  const { ms, ns } = gameTime(clock, nowMs);
  const next = {
    ...clock,
    ...changes,
    sinceRealMs: Math.max(clock.sinceRealMs, Math.floor(nowMs)),
    sinceGameMs: ms,
    sinceGameNs: ns,
    sinceTick: clock.isPaused ? clock.sinceTick : tickNumber(clock, nowMs) + 1,
  };
  const dilation = thousandths(next.dilation) / 1000;
  const stretch = thousandths(next.stretch) / 1000;
  assert(dilation >= dilationMin && dilation <= dilationMax, `a dilation of ${dilation}`);
  assert(stretch >= stretchMin && stretch <= 1, `a stretch of ${stretch}`);
  return { ...next, dilation, stretch };
}

/** What a clock can have of a wished dilation. */
export function asDilation(wished: number): number {
  return thousandths(Math.min(dilationMax, Math.max(dilationMin, wished))) / 1000;
}

/** The first clock of a world. */
export function firstClock(
  nowMs: number,
  first: { readonly gameMs: number; readonly dilation: number; readonly ticksPerSecond: number },
): WorldClock {
  return {
    ...emptyClock,
    sinceRealMs: Math.floor(nowMs),
    sinceGameMs: Math.floor(first.gameMs),
    dilation: asDilation(first.dilation),
    isPaused: false,
    ticksPerSecond: Math.min(ticksPerSecondMax, Math.max(ticksPerSecondMin, first.ticksPerSecond)),
  };
}

/** No product here reaches 2⁵³: rates are below 1e8, and real time is split at 1e6 ms. */
function gameTime(clock: WorldClock, nowMs: number): { ms: number; ns: number } {
  if (clock.isPaused) return { ms: clock.sinceGameMs, ns: clock.sinceGameNs };
  const rate = rateNsPerMs(clock);
  const realMs = sinceChangeMs(clock, nowMs);
  const kiloseconds = Math.floor(realMs / 1_000_000);
  const ns = (realMs - kiloseconds * 1_000_000) * rate + clock.sinceGameNs;
  const ms = Math.floor(ns / nsPerMs);
  return { ms: clock.sinceGameMs + kiloseconds * rate + ms, ns: ns - ms * nsPerMs };
}

function rateNsPerMs({ dilation, stretch }: WorldClock): number {
  return thousandths(dilation) * thousandths(stretch);
}

function sinceChangeMs(clock: WorldClock, nowMs: number): number {
  return Math.max(0, Math.floor(nowMs) - clock.sinceRealMs);
}

const thousandths = (x: number): number => Math.round(x * 1000);
