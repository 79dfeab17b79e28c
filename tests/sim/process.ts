import type { Clock } from "#core/ports/system.ts";
import type { Scheduler } from "./scheduler.ts";

/** How a process' clocks differ from true time. */
export type ClockFault = {
  /** Its seconds for each true one. */
  readonly rate: number;
  /** Its wall clock is off by so much. */
  wallOffsetMs: number;
};

export type SimProcess = {
  readonly name: string;
  readonly clock: Clock;
  readonly isAlive: boolean;
  readonly isPaused: boolean;
  /** Everything from outside comes in here: at once, when the process goes on, or never. */
  enter(work: () => void): void;
  /** SIGSTOP, and SIGCONT. Its clocks go on; what it has sent is on its way. */
  pause(): void;
  resume(): void;
  /** kill −9. */
  kill(): void;
  /** The wall clock is set. */
  jump(ms: number): void;
  /** What it waits for: sleeps, and answers from elsewhere. */
  readonly sleeping: number;
  waiting: number;
};

/** As of the real timers: a shorter sleep is as long as this. */
const timerMsMin = 1;

/** One operating system's process: its code runs only in answer to what enters. */
export function createProcess(scheduler: Scheduler, name: string, startMs: number, fault: ClockFault): SimProcess {
  const bornMs = scheduler.nowMs();
  const backlog: (() => void)[] = [];
  const wall = { offsetMs: fault.wallOffsetMs };
  let isAlive = true;
  let isPaused = false;
  let sleeping = 0;
  let draining = false;

  const enter = (work: () => void): void => {
    if (!isAlive) return;
    if (isPaused || backlog.length > 0) backlog.push(work);
    else work();
  };
  /** One by one, as an event loop does it. */
  const drain = (): void => {
    draining = false;
    if (!isAlive || isPaused) return;
    backlog.shift()?.();
    if (backlog.length > 0) {
      draining = true;
      scheduler.after(0, drain);
    }
  };

  const clock: Clock = {
    nowMs: () => Math.floor(startMs + scheduler.nowMs() + wall.offsetMs),
    monotonicMs: () => (scheduler.nowMs() - bornMs) * fault.rate,
    sleep(ms, signal) {
      if (signal?.aborted === true) return Promise.resolve();
      return new Promise((resolve) => {
        sleeping++;
        const wake = () => {
          if (happening.work === null) return;
          happening.work = null;
          sleeping--;
          signal?.removeEventListener("abort", wake);
          resolve();
        };
        const happening = scheduler.after(Math.max(timerMsMin, ms) / fault.rate, () => enter(wake));
        signal?.addEventListener("abort", wake, { once: true });
      });
    },
  };

  return {
    name,
    clock,
    get isAlive() {
      return isAlive;
    },
    get isPaused() {
      return isPaused;
    },
    enter,
    pause: () => void (isPaused = true),
    resume() {
      isPaused = false;
      if (backlog.length > 0 && !draining) {
        draining = true;
        scheduler.after(0, drain);
      }
    },
    kill() {
      isAlive = false;
      backlog.length = 0;
    },
    jump: (ms) => void (wall.offsetMs += ms),
    get sleeping() {
      return sleeping;
    },
    waiting: 0,
  };
}
