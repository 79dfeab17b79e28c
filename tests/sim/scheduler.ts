import { assert } from "#core/lib/assert.ts";

/** Something that happens at a moment of simulated time, unless it is cancelled before. */
export type Happening = { readonly atMs: number; readonly order: number; work: (() => void) | null };

export type Scheduler = {
  /** Since the history began. */
  nowMs(): number;
  after(ms: number, work: () => void): Happening;
  /** Lets happen what is due until then, in the order of its moments, and of its asking within one; ends early where `isOver` says so. */
  run(untilMs: number, isOver?: () => boolean): Promise<void>;
  readonly happened: number;
};

/** A history with more than this many happenings does not come to rest. */
const usualMax = 200_000;
/** Between two immediates of one batch Node runs all microtasks; a batch of many costs less than a turn of the event loop for each. */
const batch = 32;

/**
 * Simulated time. Each happening runs alone, with everything that it sets off in microtasks, before the next one: so one seed gives one
 * history. Nothing in it may use timers, immediates or sockets of its own.
 */
export function createScheduler(happeningsMax = usualMax): Scheduler {
  const heap: Happening[] = [];
  let nowMs = 0;
  let asked = 0;
  let happened = 0;

  return {
    nowMs: () => nowMs,
    get happened() {
      return happened;
    },
    after(ms, work) {
      const happening: Happening = { atMs: nowMs + Math.max(0, ms), order: asked++, work };
      push(heap, happening);
      return happening;
    },
    run(untilMs, isOver = () => false) {
      return new Promise((resolve, reject) => {
        let isDone = false;
        const end = (finish: () => void) => {
          if (!isDone) finish();
          isDone = true;
        };
        const step = () => {
          if (isDone) return;
          if (isOver()) return end(resolve);
          while (heap[0] !== undefined && heap[0].work === null) pop(heap);
          const next = heap[0];
          if (next === undefined || next.atMs > untilMs) {
            nowMs = Math.max(nowMs, untilMs);
            return end(resolve);
          }
          pop(heap);
          nowMs = Math.max(nowMs, next.atMs);
          happened++;
          try {
            assert(happened < happeningsMax, `the history does not come to rest (${nowMs} ms)`);
            next.work?.();
          } catch (error) {
            end(() => reject(error));
          }
        };
        const go = () => {
          for (let i = 0; i < batch; i++) setImmediate(step);
          setImmediate(() => {
            if (!isDone) go();
          });
        };
        go();
      });
    },
  };
}

function isBefore(one: Happening, other: Happening): boolean {
  return one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order);
}

function push(heap: Happening[], happening: Happening): void {
  let at = heap.length;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!isBefore(happening, heap[parent]!)) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = happening;
}

function pop(heap: Happening[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
    if (!isBefore(heap[child]!, last)) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = last;
}
