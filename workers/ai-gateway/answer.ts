import { aiResponse, type DegradedReason, type LlmResponse, type TokenCounts } from "#core/protocol/llm.ts";
import type { GatewayContext } from "./context.ts";
import type { Job, Jobs, Waiter } from "./jobs.ts";
import type { Meters } from "./meters.ts";

export type Answers = {
  /** The one answer of a request, which is over then. Not given where somebody else may have the request by now. */
  result(waiter: Waiter, answer: Answer): void;
  failure(waiter: Waiter, reason: DegradedReason, retryAfterMs?: number): void;
  /** Tells a piece to those who want pieces. */
  token(job: Job, text: string): void;
  /** Tells somebody who joined what the others have heard. */
  catchUp(waiter: Waiter): void;
};
export type Answer = {
  readonly text: string;
  readonly json?: unknown;
  readonly model: string;
  readonly tokens: TokenCounts;
  readonly isCached: boolean;
};

export function answers({ bus, clock, log }: GatewayContext, jobs: Jobs, meters: Meters): Answers {
  const end = (waiter: Waiter, response: LlmResponse): boolean => {
    jobs.leave(waiter);
    if (!waiter.delivery.isHeld()) return false;
    bus.publish(aiResponse(waiter.request.id), response);
    waiter.delivery.done();
    return true;
  };
  const tell = ({ request: { id } }: Waiter, text: string) => bus.publish(aiResponse(id), { type: "token", id, text });

  return {
    result(waiter, { text, json, model, tokens, isCached }) {
      const { id, kind } = waiter.request;
      const own = { type: "result", id, text, model, tokens, isCached } as const;
      if (end(waiter, json === undefined ? own : { ...own, json }))
        meters.answered(kind, tokens.output, clock.monotonicMs());
    },
    failure(waiter, reason, retryAfterMs) {
      const { id, kind } = waiter.request;
      const own = { type: "failure", id, reason } as const;
      if (!end(waiter, retryAfterMs === undefined ? own : { ...own, retryAfterMs })) return;
      meters.degraded(reason);
      if (retryAfterMs !== undefined) meters.count("rejected");
      log.debug({ kind, reason }, "a request for a model was not answered");
    },
    token(job, text) {
      job.told += text;
      for (const waiter of job.waiters) if (waiter.request.isStreamed) tell(waiter, text);
    },
    catchUp(waiter) {
      if (waiter.request.isStreamed && waiter.job.told !== "") tell(waiter, waiter.job.told);
    },
  };
}
