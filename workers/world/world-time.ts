import type { Clock } from "#core/ports/system.ts";

/**
 * Wall time as a world knows it, in whole milliseconds: it never goes back, and never stands still either. Where the wall clock steps back
 * (or an earlier owner's was ahead), it goes on from where it was by the monotonic clock; where it steps ahead, so does the world.
 */
export function worldTime(clock: Clock, notBeforeMs: number): () => number {
  let sinceMs = Math.floor(notBeforeMs);
  let sinceMonotonicMs = clock.monotonicMs();
  return () => {
    const monotonicMs = clock.monotonicMs();
    const steadyMs = sinceMs + Math.floor(monotonicMs - sinceMonotonicMs);
    const wallMs = Math.floor(clock.nowMs());
    if (wallMs <= steadyMs) return steadyMs;
    sinceMs = wallMs;
    sinceMonotonicMs = monotonicMs;
    return wallMs;
  };
}
