import type { Clock } from "#core/ports/system.ts";
import { unavailable } from "./errors.ts";

export type WaitingLimits = {
  /** One more is refused. */
  readonly waitingMax: number;
  readonly waitingMsMax: number;
};

export type InLine = { readonly sinceMs: number; readonly reject: (error: Error) => void };

/** First come, first served. Who waits for too long is refused with UNAVAILABLE, and so is everyone when it ends. */
export type WaitingLine<T extends InLine> = Disposable & {
  readonly length: number;
  push(item: T): void;
  /** Before all others. */
  putBack(items: readonly T[]): void;
  /** The first ones, for as long as `fits` says so. */
  take(fits: (item: T, index: number) => boolean): readonly T[];
};

export function waitingLine<T extends InLine>(clock: Clock, limits: WaitingLimits): WaitingLine<T> {
  const ending = new AbortController();
  let items: T[] = [];
  let isWatched = false;

  const refuse = (count: number) => {
    for (const { reject } of items.splice(0, count)) reject(unavailable());
  };

  const watch = async () => {
    isWatched = true;
    while (items.length > 0) {
      const nowMs = clock.monotonicMs();
      refuse(prefixOf(items, ({ sinceMs }) => nowMs - sinceMs >= limits.waitingMsMax));
      const first = items[0];
      if (first !== undefined) await clock.sleep(first.sinceMs + limits.waitingMsMax - nowMs, ending.signal);
    }
    isWatched = false;
  };

  const changed = () => {
    if (ending.signal.aborted) refuse(items.length);
    else if (!isWatched) void watch();
  };

  return {
    get length() {
      return items.length;
    },
    push(item) {
      if (items.length >= limits.waitingMax) return item.reject(unavailable());
      items.push(item);
      changed();
    },
    putBack(again) {
      items = [...again, ...items];
      changed();
    },
    take: (fits) => items.splice(0, prefixOf(items, fits)),
    [Symbol.dispose]() {
      ending.abort();
      refuse(items.length);
    },
  };
}

function prefixOf<T>(items: readonly T[], belongs: (item: T, index: number) => boolean): number {
  const end = items.findIndex((item, index) => !belongs(item, index));
  return end === -1 ? items.length : end;
}
