/** Of one host. "half-open": one may try. */
export type Breaker =
  | { readonly status: "closed"; readonly failures: number; readonly lastFailureMs: number }
  | { readonly status: "open"; readonly untilMs: number; readonly openedTimes: number }
  | { readonly status: "half-open"; readonly openedTimes: number };

/** In a row, each within `memoryMs` of the one before. */
export const failuresMax = 4;
const memoryMs = 60_000;
const openMs = { first: 2_000, max: 60_000 };

export const closedBreaker: Breaker = { status: "closed", failures: 0, lastFailureMs: 0 };

/** A time-out, a stall, a status of 5xx, a connection refused or broken: what is the host's fault, and not the request's. */
export function failed(breaker: Breaker, nowMs: number): Breaker {
  if (breaker.status === "open") return breaker;
  if (breaker.status === "half-open") return opened(breaker.openedTimes + 1, nowMs);
  const isRemembered = nowMs - breaker.lastFailureMs <= memoryMs;
  const failures = (isRemembered ? breaker.failures : 0) + 1;
  return failures >= failuresMax ? opened(1, nowMs) : { status: "closed", failures, lastFailureMs: nowMs };
}

/** What was begun before it opened says nothing of the host as it is now. */
export function succeeded(breaker: Breaker): Breaker {
  return breaker.status === "open" ? breaker : closedBreaker;
}

/** What time alone changes. */
export function waited(breaker: Breaker, nowMs: number): Breaker {
  if (breaker.status !== "open" || nowMs < breaker.untilMs) return breaker;
  return { status: "half-open", openedTimes: breaker.openedTimes };
}

/** It did not even answer when it was looked at, and does so again: whatever ailed it, it was made anew. One may try at once. */
export function revived(breaker: Breaker): Breaker {
  return breaker.status === "open" ? { status: "half-open", openedTimes: 0 } : breaker;
}

function opened(openedTimes: number, nowMs: number): Breaker {
  const pauseMs = Math.min(openMs.max, openMs.first * 2 ** (openedTimes - 1));
  return { status: "open", untilMs: nowMs + pauseMs, openedTimes };
}
