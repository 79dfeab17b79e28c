import { systemClock } from "../system-clock.ts";
import type { Nats } from "./connect.ts";

/** Calls `handle` once there has been a connection again for `waitMs` after a break. The returned function ends it. */
export function afterBreaks(nats: Nats, waitMs: number, handle: () => void): () => void {
  let waiting = new AbortController();
  let wasBroken = false;
  const unwatch = nats.watch({
    down() {
      wasBroken = true;
      waiting.abort("down again");
    },
    up() {
      if (!wasBroken) return;
      const own = (waiting = new AbortController());
      void systemClock.sleep(waitMs, AbortSignal.any([own.signal, nats.closing])).then(() => {
        if (!own.signal.aborted && !nats.closing.aborted) handle();
      });
    },
  });
  return () => {
    unwatch();
    waiting.abort("ended");
  };
}
