import type { Push } from "../../sim/weather/push.ts";

/**
 * What the weather of a world follows from, besides its specification: it began at rest `spinUpS` before `originStep`, and these were its
 * pushes. Facts of the world's log, so that every owner comes to the same weather, bit for bit.
 */
export type WeatherHistory = {
  /** Steps are counted from game time 0. */
  readonly originStep: number;
  /** All since the origin. */
  readonly pushCount: number;
  /** The last `pushesKeptMax` of them, oldest first. */
  readonly pushes: readonly StepPush[];
};

/** Takes effect with the step that begins at `step`. */
export type StepPush = { readonly step: number; readonly push: Push };

/** More than a snapshot of the weather is ever behind. If they are not enough to come to the weather again, it begins anew. */
export const pushesKeptMax = 64;

/** The air starts at rest, and this long before anyone looks at it: fronts and showers are there when it is looked at. */
export const spinUpS = 10 * 86_400;

/** A weather that nobody has looked at for longer than this is not made up for: it begins anew, in the season that it then is. */
export const catchUpS = 30 * 86_400;

/** From its beginning it is computed again when what was saved is lost, if that is no longer ago: half a minute's work in a thread. */
export const recomputeS = 90 * 86_400;

export function begun(originStep: number): WeatherHistory {
  return { originStep, pushCount: 0, pushes: [] };
}

export function pushed(history: WeatherHistory, pushes: readonly StepPush[]): WeatherHistory {
  return {
    ...history,
    pushCount: history.pushCount + pushes.length,
    pushes: [...history.pushes, ...pushes].slice(-pushesKeptMax),
  };
}

/** How many pushes had taken effect before the step; null where that is not known any more. */
export function pushesBefore({ pushCount, pushes }: WeatherHistory, step: number): number | null {
  const later = pushes.filter((push) => push.step >= step).length;
  return later === pushes.length && pushCount > pushes.length ? null : pushCount - later;
}

/** Whether its weather can be come to from its beginning. */
export const isWhole = ({ pushCount, pushes }: WeatherHistory): boolean => pushCount === pushes.length;
