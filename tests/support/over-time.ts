import type { ManualClock } from "#adapters/memory/clock.ts";

/** What waits for somebody who does not answer. */
export async function overTime<T>(clock: ManualClock, work: Promise<T>): Promise<T> {
  let isOver = false;
  const done = work.finally(() => (isOver = true));
  while (!isOver) {
    if (clock.sleeping() > 0) await clock.advance(50);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return done;
}
