import { stretchMin } from "./clock.ts";

// When ticks come late for a while, the world's time keeps only so much of its pace that each tick brings as much of it as a punctual one
// would. Nothing is dropped: inputs are applied as they come. It falls after two bad windows, to what is needed at once, and comes back in
// steps after three good ones; differences of less than a tenth change nothing, so that it does not flap.

/** Ticks are judged together, a second's worth of them or those of `windowMsMax`, so that one late timer says nothing. */
const windowMsMax = 1500;
const windowTicksMin = 3;
/** Real time of a window against what it should take; up to this it is punctual. */
const lateLoad = 1.1;
const lateWindows = 2;
const goodWindows = 3;
const deadBand = 0.1;
const quantum = 0.05;
/** Back to the full pace in four steps at most. */
const riseMax = 0.25;

export type Stretcher = {
  /** A tick begins, at this monotonic time, of a world that keeps `stretch` of its pace. Answers what it should keep from now on; null: the same. */
  tick(monotonicMs: number, stretch: number): number | null;
  /** There were no ticks for a while, and that says nothing. */
  reset(): void;
};

export function createStretcher(ticksPerSecond: number): Stretcher {
  const windowTicks = Math.max(windowTicksMin, ticksPerSecond);
  let ticks = 0;
  let startedMs: number | null = null;
  let late = 0;
  let good = 0;
  const reset = (): void => {
    ticks = late = good = 0;
    startedMs = null;
  };
  return {
    reset,
    tick(monotonicMs, stretch) {
      if (startedMs === null) {
        startedMs = monotonicMs;
        return null;
      }
      const elapsedMs = monotonicMs - startedMs;
      ticks++;
      if (ticks < windowTicks && (ticks < windowTicksMin || elapsedMs < windowMsMax)) return null;
      const target = keepable((elapsedMs * ticksPerSecond) / (1000 * ticks));
      ticks = 0;
      startedMs = monotonicMs;
      const isLate = target <= stretch - deadBand + 1e-9 || (target === stretchMin && target < stretch);
      const isGood = target > stretch && (target === 1 || target >= stretch + deadBand - 1e-9);
      late = isLate ? late + 1 : 0;
      good = isGood ? good + 1 : 0;
      if (late >= lateWindows) return target;
      if (good < goodWindows) return null;
      good = 0;
      return rounded(Math.min(target, stretch + riseMax));
    },
  };
}

/** Of the pace, under a load: the part of it that a late tick may bring. */
function keepable(load: number): number {
  if (load <= lateLoad) return 1;
  return Math.max(stretchMin, rounded(Math.floor(1 / load / quantum + 1e-9) * quantum));
}

const rounded = (stretch: number): number => Math.round(stretch * 1000) / 1000;
