import type { Span } from "./systems.ts";

// A world that nobody ran for a while (asleep, crashed, handed over) has the right time at once: clock, calendar, sky and stamina follow
// from the clock. What goes in steps (systems.ts) is made up for, in large ones, at most so many and within so much real time.

/** Real time. A turn makes up for more than this by steps; less is an ordinary turn that came late. */
export const lateRealMsMax = 180_000;
/** The largest step, in game time. */
export const catchUpStepMsMax = 6 * 3_600_000;
/** Of one turn: sixty days of the world. What is older is skipped: there time has passed, and nothing else. */
export const catchUpStepsMax = 240;
/** Real time of one turn. When it is spent the rest is skipped but for the last step, so that the world is up to date all the same. */
export const catchUpRealMsMax = 50;

export type CatchUpPlan = { readonly skippedMs: number; readonly steps: readonly Span[] };

/** null where there is nothing to make up for. `pace`: game seconds per real second. */
export function planCatchUp({ fromMs, toMs }: Span, pace: number): CatchUpPlan | null {
  const gapMs = toMs - fromMs;
  if (gapMs <= lateRealMsMax * pace) return null;
  const coveredMs = Math.min(gapMs, catchUpStepMsMax * catchUpStepsMax);
  const startMs = toMs - coveredMs;
  const count = Math.ceil(coveredMs / catchUpStepMsMax);
  const steps = Array.from({ length: count }, (_, i) => ({
    fromMs: startMs + i * catchUpStepMsMax,
    toMs: Math.min(toMs, startMs + (i + 1) * catchUpStepMsMax),
  }));
  return { skippedMs: gapMs - coveredMs, steps };
}
