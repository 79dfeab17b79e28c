import type { Clock } from "#core/ports/system.ts";

/** Lets one loop sleep until something happens or a time has passed. */
export type Wake = { ring(): void; wait(ms: number): Promise<void> };

export function createWake(clock: Clock): Wake {
  let hasRung = false;
  let sleeping: AbortController | null = null;
  return {
    ring() {
      hasRung = true;
      sleeping?.abort();
    },
    async wait(ms) {
      if (!hasRung && ms > 0) {
        sleeping = new AbortController();
        await clock.sleep(ms, sleeping.signal);
        sleeping = null;
      }
      hasRung = false;
    },
  };
}
