import type { Limits } from "../ports/limits.ts";
import type { Log } from "../ports/system.ts";

/**
 * While the shared store cannot answer, each process limits by itself: weaker by the number of processes, but never open. An attacker who
 * brings the store down must not win unlimited guesses by it, and players must not be locked out by it.
 */
export function withLocalFallback(shared: Limits, local: Limits, log: Log): Limits {
  return {
    async take(limit, key, nowMs) {
      try {
        return await shared.take(limit, key, nowMs);
      } catch (error) {
        log.warn({ limit: limit.name, error }, "limits store failed, limiting locally");
        return local.take(limit, key, nowMs);
      }
    },
  };
}
