import type { Clock } from "#core/ports.ts";
import type { HostLimits } from "./host.ts";

/** Bites when nothing comes for too long, or it takes too long in all. */
export function watchdog(
  clock: Clock,
  { firstTokenMs, stallMs, totalMs }: HostLimits,
  bite: (reason: "timed-out" | "stalled") => void,
): Disposable & { alive(): void } {
  const done = new AbortController();
  const startedMs = clock.monotonicMs();
  let aliveMs: number | null = null;

  const watch = async () => {
    while (!done.signal.aborted) {
      const nowMs = clock.monotonicMs();
      const dueMs = Math.min(startedMs + totalMs, aliveMs === null ? startedMs + firstTokenMs : aliveMs + stallMs);
      if (nowMs >= dueMs) return bite(aliveMs === null || nowMs >= startedMs + totalMs ? "timed-out" : "stalled");
      await clock.sleep(dueMs - nowMs, done.signal);
    }
  };
  void watch();
  return { alive: () => void (aliveMs = clock.monotonicMs()), [Symbol.dispose]: () => done.abort("done") };
}
