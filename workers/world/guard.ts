import { Script } from "node:vm";
import { AppError } from "#core/lib/errors.ts";

// One thread runs many worlds, and one of them may never come back from its turn. Node can interrupt what runs inside `vm` with a timeout, and
// what is thrown then cannot be caught inside; but each such call starts a thread and costs 0.1 ms. So all the turns that are due at the same
// moment are run in one call. Who was interrupted is known by who had begun: his turn fails, and the rest is run in the next call.

/** A turn that takes longer is ended: short enough that no other world misses a tick of ten a second. */
export const turnMsMax = 90;
/** No further turn is begun in a call after this long, so that each has its time. */
const callMsMax = 10;
/** An interrupted turn that had less of the processor than this was kept waiting by the machine (stopped, or starved): no fault of the world. */
const ownShareMin = 0.1;

/**
 * A machine with too much to do lets this thread wait in the middle of a turn, which is then as long by the clock as one that does not end. So
 * a turn has so many times what this thread has waited lately at the most on top, up to a bound; the waiting is known by its own processor time.
 */
const starvedFactor = 4;
const starvedMsMax = 500;
const starvedWindowMs = 10_000;

/** Our own bug: a turn did not end by itself. What it did to its world is to be thrown away. */
export class TurnStalled extends Error {
  override readonly name = "TurnStalled";
}

/** Runs what is synchronous, and ends it when it does not end. */
export type Guard = <Result>(work: () => Result, msMax?: number) => Promise<Result>;

/** Without a bound, at once. */
export const unguarded: Guard = async (work) => work();

type Job = {
  readonly work: () => unknown;
  readonly msMax: number;
  readonly done: (result: unknown) => void;
  readonly failed: (error: unknown) => void;
  hasBegun: boolean;
};

const runKey = Symbol.for("thousand-worlds.turns");
const script = new Script(`globalThis[Symbol.for("thousand-worlds.turns")]()`);

export function createGuard(): Guard {
  /** The first one may be under way: it stays until it is over, so that none is lost wherever the call is interrupted. */
  const waiting: Job[] = [];
  const starved = starvation();
  let isDue = false;

  const runSome = (): void => {
    const untilMs = performance.now() + callMsMax;
    for (let job = waiting[0]; job !== undefined && performance.now() < untilMs; job = waiting[0]) {
      job.hasBegun = true;
      try {
        job.done(job.work());
      } catch (error) {
        job.failed(error);
      }
      waiting.shift();
    }
  };

  const flush = (): void => {
    isDue = false;
    const msMax = Math.max(...waiting.map((job) => job.msMax));
    const timeout = Math.ceil(callMsMax + msMax + starvedFactor * starved.lately());
    const [startedMs, before] = [performance.now(), process.threadCpuUsage()];
    (globalThis as Record<symbol, unknown>)[runKey] = runSome;
    try {
      script.runInThisContext({ timeout });
    } catch {
      // Nothing else is thrown: what a turn throws is its own.
      const [job] = waiting;
      if (job?.hasBegun === true) {
        waiting.shift();
        job.failed(stalledFor(timeout, ownMsSince(before)));
      }
    }
    starved.saw(performance.now() - startedMs - ownMsSince(before));
    if (waiting.length > 0) schedule();
  };

  const schedule = (): void => {
    if (isDue) return;
    isDue = true;
    setImmediate(flush);
  };

  return (work, msMax = turnMsMax) =>
    new Promise((resolve, reject) => {
      waiting.push({ work, msMax, done: resolve as (result: unknown) => void, failed: reject, hasBegun: false });
      schedule();
    });
}

/** The longest that this thread was kept waiting in a call, in the last two windows. */
function starvation() {
  let [current, previous, sinceMs] = [0, 0, performance.now()];
  const turnOver = (): void => {
    const windows = (performance.now() - sinceMs) / starvedWindowMs;
    if (windows < 1) return;
    [previous, current, sinceMs] = [windows < 2 ? current : 0, 0, performance.now()];
  };
  return {
    lately(): number {
      turnOver();
      return Math.min(starvedMsMax, Math.max(current, previous));
    },
    saw(waitedMs: number): void {
      turnOver();
      current = Math.max(current, waitedMs);
    },
  };
}

function ownMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

function stalledFor(timeoutMs: number, ownMs: number): Error {
  if (ownMs < timeoutMs * ownShareMin)
    return new AppError("UNAVAILABLE", "The machine is too busy for this world just now.");
  return new TurnStalled(`a turn did not end within ${timeoutMs} ms`);
}
