import { AppError } from "../lib/errors.ts";
import type { Bus } from "../ports/bus.ts";
import type { Llm, LlmAnswer, ModelRequests, Question } from "../ports/models.ts";
import type { Clock, Entropy, Log } from "../ports/system.ts";
import {
  aiCancel,
  aiResponse,
  aiWaiting,
  type DegradedReason,
  type LlmRequest,
  llmRequest,
  type LlmResponse,
} from "../protocol/llm.ts";
import { gatewayPresence } from "./gateway-presence.ts";
import { kindPolicies } from "./kinds.ts";

type Ctx = {
  readonly bus: Bus;
  readonly requests: ModelRequests;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
};

/** Questions of one process that wait for an answer. One more is degraded at once. */
export const questionsMax = 10_000;

/** Asked again at once, when the queue may have lost them. */
const againMax = 100;

type Waiting = {
  readonly request: LlmRequest;
  readonly onToken: ((text: string) => void) | undefined;
  readonly resolve: (answer: LlmAnswer) => void;
};

/**
 * Asks the gateways over the bus, and again should the queue lose it. They in turn ask this process from time to time whether it still waits: what it does not wait for any more,
 * or what dies with it, costs no model anything.
 */
export function busLlm(ctx: Ctx): Llm & AsyncDisposable {
  const { bus, clock, entropy } = ctx;
  // Those of the same rights could hear each other's answers; to all others both parts are closed.
  const caller = `${ctx.requests.asker}.${entropy.uuid()}`;
  const waiting = new Map<string, Waiting>();
  const presence = gatewayPresence(ctx);
  let asked = 0;

  const hear = (response: LlmResponse) => {
    const one = waiting.get(response.id);
    if (one === undefined) return;
    if (response.type === "token") one.onToken?.(response.text);
    else one.resolve(answerOf(response));
  };
  const stopDoubting = ctx.requests.onDoubt(() => void addAgain(ctx, waiting));
  const unsubscribe = bus.subscribe(aiResponse(`${caller}.*`), hear);
  const stopServing = bus.serve(aiWaiting(caller), async ({ ids }) => ({ ids: ids.filter((id) => waiting.has(id)) }));

  return {
    async ask(question, { signal, onToken } = {}) {
      if (signal?.aborted === true) return degraded("cancelled");
      const waitMs = question.waitMsMax ?? kindPolicies[question.kind].waitMsMax;
      const request = requestOf(question, {
        id: `${caller}.${++asked}`,
        caller,
        deadlineMs: clock.nowMs() + waitMs,
        isStreamed: onToken !== undefined,
      });
      if (request === null) return degraded("invalid");
      if (waiting.size >= questionsMax) return degraded("queue-full");
      const { id } = request;
      const { promise, resolve } = Promise.withResolvers<LlmAnswer>();
      waiting.set(id, { request, onToken, resolve });
      const ended = new AbortController();
      const cancel = () => resolve(degraded("cancelled"));
      signal?.addEventListener("abort", cancel, { once: true });
      void clock.sleep(waitMs, ended.signal).then(() => resolve(degraded("timed-out")));
      try {
        void send(ctx, presence, request, resolve);
        const answer = await promise;
        if (isOurDoing(answer)) bus.publish(aiCancel(id), { id });
        return answer;
      } finally {
        waiting.delete(id);
        // Without a reason it would make an exception, with a stack, for every question.
        ended.abort("answered");
        signal?.removeEventListener("abort", cancel);
      }
    },
    async [Symbol.asyncDispose]() {
      for (const { resolve } of waiting.values()) resolve(degraded("cancelled"));
      stopDoubting();
      unsubscribe();
      presence[Symbol.dispose]();
      await stopServing();
    },
  };
}

async function send(
  { requests, log }: Ctx,
  presence: ReturnType<typeof gatewayPresence>,
  request: LlmRequest,
  resolve: (answer: LlmAnswer) => void,
): Promise<void> {
  try {
    // Asked only when nothing was heard of late: usually this does not wait.
    const reason = presence.known() ?? (await presence.ask());
    if (reason !== "open") return resolve(degraded(reason));
    await requests.add(request);
  } catch (error) {
    if (error instanceof AppError)
      return resolve({ status: "degraded", reason: "no-gateway", retryAfterMs: (error.retryAfterS ?? 1) * 1000 });
    log.error({ error, kind: request.kind }, "a question could not be asked");
    resolve(degraded("no-gateway"));
  }
}

/** Until it is answered a question is here, too: it outlives the queue. Where the queue still has it, it is not taken again. */
async function addAgain({ requests, log }: Ctx, waiting: ReadonlyMap<string, Waiting>): Promise<void> {
  const ids = [...waiting.keys()];
  log.info({ waiting: ids.length }, "the queue may have lost questions: asked again");
  for (let from = 0; from < ids.length; from += againMax) {
    const some = ids.slice(from, from + againMax).flatMap((id) => waiting.get(id)?.request ?? []);
    // One that is not taken now is answered in another way: whoever asked stops waiting at its deadline.
    await Promise.allSettled(some.map((request) => requests.add(request)));
  }
}

function requestOf(
  question: Question,
  own: Pick<LlmRequest, "id" | "caller" | "deadlineMs" | "isStreamed">,
): LlmRequest | null {
  const { waitMsMax: _, ...asked } = question;
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  const parsed = llmRequest.safeParse({ priority: kindPolicies[question.kind].priority, ...given, ...own });
  return parsed.success ? parsed.data : null;
}

function answerOf(response: Exclude<LlmResponse, { type: "token" }>): LlmAnswer {
  if (response.type === "result") {
    const { text, model, tokens, isCached } = response;
    return { status: "answered", text, model, tokens, isCached, ...("json" in response && { json: response.json }) };
  }
  const { reason, retryAfterMs } = response;
  return { ...degraded(reason), ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

const degraded = (reason: DegradedReason): Extract<LlmAnswer, { status: "degraded" }> => ({
  status: "degraded",
  reason,
});

/** Nobody has answered: a gateway may still be at it. */
const isOurDoing = (answer: LlmAnswer): boolean =>
  answer.status === "degraded" && (answer.reason === "cancelled" || answer.reason === "timed-out");
