import { AppError } from "#core/lib/errors.ts";

export type Slots = <Result>(task: () => Promise<Result>) => Promise<Result>;

/** Runs so many tasks at once; further ones wait in order, up to a bound. */
export function slots({ runningMax, waitingMax }: { readonly runningMax: number; readonly waitingMax: number }): Slots {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running < runningMax) {
      running += 1;
    } else {
      if (waiting.length >= waitingMax) throw new AppError("UNAVAILABLE", "Too many frames are waiting to be sent.");
      // The slot is handed over, not freed: nobody can slip in between.
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
