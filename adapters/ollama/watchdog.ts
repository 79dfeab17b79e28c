import type { Clock } from "#core/ports/system.ts";
import type { HostLimits } from "./host.ts";

export type Watchdog = {
  /** Until it is disposed of; `alive` whenever something came. */
  watch(bite: (reason: "timed-out" | "stalled") => void): Disposable & { alive(): void };
};

type Watched = { readonly startedMs: number; aliveMs: number | null; readonly bite: Parameters<Watchdog["watch"]>[0] };

/** It looks so many times within its shortest limit: so much later than it should it may bite. */
const looksPerLimit = 20;
const lookEveryMsMax = 100;

/** Bites when nothing comes for too long, or it takes too long in all. One for all calls: a timer for each would cost more than they do. */
export function watchdog(clock: Clock, limits: HostLimits): Watchdog {
  const { firstTokenMs, stallMs, totalMs } = limits;
  const lookEveryMs = Math.min(lookEveryMsMax, Math.min(firstTokenMs, stallMs, totalMs) / looksPerLimit);
  const all = new Set<Watched>();
  let isLooking = false;

  const look = async () => {
    isLooking = true;
    while (all.size > 0) {
      await clock.sleep(lookEveryMs);
      const nowMs = clock.monotonicMs();
      for (const each of all) {
        const reason = reasonToBite(each, limits, nowMs);
        if (reason === null) continue;
        all.delete(each);
        each.bite(reason);
      }
    }
    isLooking = false;
  };
  return {
    watch(bite) {
      const own: Watched = { startedMs: clock.monotonicMs(), aliveMs: null, bite };
      all.add(own);
      if (!isLooking) void look();
      return {
        alive: () => void (own.aliveMs = clock.monotonicMs()),
        [Symbol.dispose]: () => void all.delete(own),
      };
    },
  };
}

function reasonToBite(
  { startedMs, aliveMs }: Watched,
  limits: HostLimits,
  nowMs: number,
): "timed-out" | "stalled" | null {
  if (nowMs >= startedMs + limits.totalMs) return "timed-out";
  if (aliveMs === null) return nowMs >= startedMs + limits.firstTokenMs ? "timed-out" : null;
  return nowMs >= aliveMs + limits.stallMs ? "stalled" : null;
}
