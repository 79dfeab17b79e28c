/** Jobs ended per second, over about the last ten seconds: an exponentially weighted rate, so that it needs no memory of them. */
export type DrainRate = { ended(nowMs: number): void; perSecond(nowMs: number): number };

const windowMs = 10_000;

export function drainRate(startMs: number): DrainRate {
  let weight = 0;
  let atMs = startMs;
  const decay = (nowMs: number) => {
    weight *= Math.exp(-Math.max(0, nowMs - atMs) / windowMs);
    atMs = Math.max(atMs, nowMs);
  };
  return {
    ended(nowMs) {
      decay(nowMs);
      weight += 1;
    },
    perSecond(nowMs) {
      decay(nowMs);
      // Younger than its window it would seem slower than it is.
      const seen = 1 - Math.exp(-Math.max(1, nowMs - startMs) / windowMs);
      return (weight * 1000) / (windowMs * seen);
    },
  };
}

const retryMs = { min: 250, max: 60_000, unknown: 2_000 };

/** How long until what waits now has been worked off. */
export function retryAfterMs(waiting: number, perSecond: number): number {
  if (perSecond <= 0) return retryMs.unknown;
  return Math.round(Math.min(retryMs.max, Math.max(retryMs.min, (waiting / perSecond) * 1000)));
}
