import { assert } from "#core/lib/assert.ts";
import type { Clock } from "#core/ports/system.ts";

export type ManualClock = Clock & {
  /**
   * Moves both clocks on and resolves the sleeps that fall due, in the order of their wake-up times. Time stands at each sleep's own
   * moment while whoever it woke runs, so that a loop of sleeps wakes as often as it would have.
   */
  advance(ms: number): Promise<void>;
  /** Sleeps under way. */
  sleeping(): number;
};

type Sleeper = { readonly wakesAtMs: number; readonly order: number; readonly wake: () => void };

/** A clock that stands still until it is told to move. */
export function manualClock(startMs = Date.UTC(2030, 0, 1)): ManualClock {
  let elapsedMs = 0;
  let sleepsStarted = 0;
  const sleepers = new Set<Sleeper>();

  return {
    nowMs: () => startMs + elapsedMs,
    monotonicMs: () => elapsedMs,

    sleep(ms, signal) {
      if (signal?.aborted === true) return Promise.resolve();
      return new Promise((resolve) => {
        const wake = () => {
          sleepers.delete(sleeper);
          signal?.removeEventListener("abort", wake);
          resolve();
        };
        const sleeper: Sleeper = { wakesAtMs: elapsedMs + Math.max(0, ms), order: sleepsStarted++, wake };
        sleepers.add(sleeper);
        signal?.addEventListener("abort", wake, { once: true });
      });
    },

    async advance(ms) {
      assert(ms >= 0, "time does not go back");
      const untilMs = elapsedMs + ms;
      for (;;) {
        await settle();
        const next = firstDue(sleepers, untilMs);
        if (next === null) break;
        elapsedMs = Math.max(elapsedMs, next.wakesAtMs);
        next.wake();
      }
      elapsedMs = untilMs;
    },

    sleeping: () => sleepers.size,
  };
}

function firstDue(sleepers: Iterable<Sleeper>, untilMs: number): Sleeper | null {
  let first: Sleeper | null = null;
  for (const sleeper of sleepers) {
    if (sleeper.wakesAtMs > untilMs) continue;
    if (
      first === null ||
      sleeper.wakesAtMs < first.wakesAtMs ||
      (sleeper.wakesAtMs === first.wakesAtMs && sleeper.order < first.order)
    )
      first = sleeper;
  }
  return first;
}

/** Lets everything that is ready to run do so: setImmediate comes after all microtasks and those they queue. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
