import type { Clock } from "#core/ports/system.ts";
import type { Tracing } from "#core/ports/tracing.ts";
import { currentTrace } from "./current.ts";

/** What an invocation gives its traces to get away; a collector beside the function takes a few milliseconds. */
export const flushMsMax = 50;
/** One that was slower is not waited for again for so long. */
const patienceMs = 30_000;

/** For Lambda, which freezes a process as soon as its answer is there: what begins a trace ends when the trace is handed over, or soon after. */
export function flushedRoots(tracing: Tracing, clock: Pick<Clock, "monotonicMs">): Tracing {
  let patientFromMs = -Infinity;

  const flush = async () => {
    const startMs = clock.monotonicMs();
    if (startMs < patientFromMs) return;
    await tracing.flush(flushMsMax);
    const endMs = clock.monotonicMs();
    if (endMs - startMs >= flushMsMax) patientFromMs = endMs + patienceMs;
  };
  return {
    ...tracing,
    async span(name, options, work) {
      const isOutermost = options.isRoot === true && currentTrace() === undefined;
      if (!isOutermost) return tracing.span(name, options, work);
      try {
        return await tracing.span(name, options, work);
      } finally {
        await flush();
      }
    },
  };
}
