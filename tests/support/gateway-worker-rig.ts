import { memoryAnswerCache } from "#adapters/memory/answer-cache.ts";
import { memoryBus } from "#adapters/memory/bus.ts";
import { manualClock } from "#adapters/memory/clock.ts";
import { seededEntropy } from "#adapters/memory/entropy.ts";
import { recordedMetrics } from "#adapters/memory/metrics.ts";
import { memoryModelRequests } from "#adapters/memory/model-requests.ts";
import { memoryTokenBudgets } from "#adapters/memory/token-budgets.ts";
import { busLlm } from "#core/llm/bus-llm.ts";
import type { LlmAnswer, ModelCall, ModelHost, ModelOutcome, Question } from "#core/ports/models.ts";
import type { Log } from "#core/ports/system.ts";
import type { GatewaySettings } from "#core/protocol/llm-status.ts";
import type { GatewayContext } from "#workers/ai-gateway/context.ts";
import { startGateway } from "#workers/ai-gateway/service.ts";

/** A call that a fake host has been given; the test says what becomes of it. */
export type HostCall = {
  readonly url: string;
  readonly call: ModelCall;
  readonly signal: AbortSignal;
  token(text: string): void;
  answer(text?: string, output?: number): void;
  fail(reason?: Extract<ModelOutcome, { status: "failed" }>["reason"], isHostFault?: boolean): void;
  isOver: boolean;
};

export const settingsOf = (over: Partial<GatewaySettings["limits"]> = {}, hosts = ["a"]): GatewaySettings => ({
  revision: 0,
  hosts: hosts.map((id) => ({ id, url: `http://${id}.test`, slotsPerModel: 2, loadedMax: 1, isDraining: false })),
  limits: { waitingMax: 100, waitingPerUserMax: 100, tokensPerUserBurst: 1e6, tokensPerUserPerMinute: 1e6, ...over },
});

export const question = (text = "What is there?", over: Partial<Question> = {}): Question => ({
  kind: "npc",
  userId: "ann",
  messages: [{ role: "user", content: text }],
  outputTokensMax: 50,
  ...over,
});

/** What has become of a question so far. */
export const watched = (asking: Promise<LlmAnswer>) => {
  const own: { answer: LlmAnswer | null } = { answer: null };
  void asking.then((answer) => (own.answer = answer));
  return own;
};

/** Gateways, and one who asks, over memory, with hosts whose every call the test answers by hand. */
export async function gatewayRig(settings = settingsOf(), options: { readonly gateways?: number } = {}) {
  const clock = manualClock();
  const errors: string[] = [];
  const log: Log = { debug() {}, info() {}, warn() {}, error: (_, message) => void errors.push(message) };
  const bus = memoryBus({ clock, log });
  const requests = memoryModelRequests({ clock });
  const metrics = recordedMetrics();
  const calls: HostCall[] = [];
  const down = new Set<string>();
  const models = new Set(["m"]);

  const openHost = (url: string): ModelHost => ({
    async look() {
      if (down.has(url)) throw new Error("refused");
      return { models, loaded: models };
    },
    run(call, { signal, onToken }) {
      const { promise, resolve } = Promise.withResolvers<ModelOutcome>();
      const tokens = { prompt: 10, output: 0 };
      const end = (outcome: ModelOutcome) => {
        own.isOver = true;
        resolve(outcome);
      };
      const own: HostCall = {
        url,
        call,
        signal,
        isOver: false,
        token: (text) => onToken?.(text),
        answer: (text = "A quiet place.", output = 5) =>
          end({ status: "answered", text, tokens: { prompt: 10, output } }),
        fail: (reason = "upstream-error", isHostFault = true) => end({ status: "failed", reason, isHostFault, tokens }),
      };
      signal.addEventListener("abort", () =>
        end({ status: "failed", reason: "cancelled", isHostFault: false, tokens }),
      );
      calls.push(own);
      return promise;
    },
  });
  const ctx: GatewayContext = {
    clock,
    log,
    metrics,
    bus,
    requests,
    budgets: memoryTokenBudgets(),
    cache: memoryAnswerCache(),
    openHost,
  };
  const start = (name: string) => startGateway(ctx, { name, settings, models: { fallback: "m", byKind: {} } });
  const gateways = await Promise.all(Array.from({ length: options.gateways ?? 1 }, (_, n) => start(`gateway-${n}`)));
  const llm = busLlm({ bus, requests, clock, entropy: seededEntropy(), log });
  /** Lets everything that is ready happen. */
  const settle = () =>
    clock
      .advance(0)
      .then(() => clock.advance(0))
      .then(() => clock.advance(0));
  await settle();
  return {
    clock,
    errors,
    metrics,
    bus,
    requests,
    calls,
    down,
    models,
    ctx,
    llm,
    gateways,
    gateway: gateways[0]!,
    start,
    settle,
    open: () => calls.filter(({ isOver }) => !isOver),
    async [Symbol.asyncDispose]() {
      const ending = Promise.all([llm[Symbol.asyncDispose](), ...gateways.map((each) => each[Symbol.asyncDispose]())]);
      await clock.advance(15_000);
      await ending;
    },
  };
}
