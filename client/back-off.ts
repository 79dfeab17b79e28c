/** Before the first try again and at most, in milliseconds. */
const firstMs = 500;
const mostMs = 20_000;

/**
 * How long to wait before the given try (0 for the first again): grows twofold, and anything from half of that on, so that those whom one
 * event has cut do not come back at one moment. `random` is uniform in [0, 1).
 */
export function backOffMs(attempt: number, random: number): number {
  const full = Math.min(mostMs, firstMs * 2 ** Math.min(attempt, 16));
  return Math.round(full * (0.5 + 0.5 * random));
}
