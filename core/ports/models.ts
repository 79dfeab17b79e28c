import type { Budget } from "../llm/budget.ts";
import type { DegradedReason, LlmRequest, ModelFailure, TokenCounts } from "../protocol/llm.ts";

/** Tokens that a user may have models read and write. Shared by all gateways. */
export type TokenBudgets = {
  /** Atomic: takes the tokens, or says in how many milliseconds they will be there. */
  reserve(
    userId: string,
    tokens: number,
    budget: Budget,
    nowMs: number,
  ): Promise<{ readonly isGranted: true } | { readonly isGranted: false; readonly retryAfterMs: number }>;
  /** Atomic: gives back what was reserved and not used; less than 0 takes what was used beyond it. */
  settle(userId: string, unused: number, budget: Budget, nowMs: number): Promise<void>;
};

export type KeptAnswer = {
  readonly text: string;
  readonly json?: unknown;
  readonly model: string;
  readonly tokens: TokenCounts;
};

/** Answers by the whole question. Nobody depends on it: it forgets when it likes, before their time is over. */
export type AnswerCache = {
  /** null where it is not known, or not any more at `nowMs`. Never rejects. */
  get(key: string, nowMs: number): Promise<KeptAnswer | null>;
  /** Never rejects. */
  set(key: string, answer: KeptAnswer, lifeMs: number, nowMs: number): Promise<void>;
};

/** A request that is this taker's. */
export type ModelDelivery = {
  readonly request: LlmRequest;
  /** The `traceparent` it was added under, where there was one. */
  readonly trace?: string;
  /** From 1. More than 1: another one had it, and died, or gave it back. */
  readonly attempt: number;
  /** Whether it is surely still this taker's: nobody else has been given it. */
  isHeld(): boolean;
  /** It is answered: nobody is given it again. */
  done(): void;
  /** Somebody else is to have it, at once. */
  giveBack(): void;
};

/**
 * Requests for models, kept until they are done, whoever of those who take them dies. A crash of the queue itself may lose the latest: whoever asked
 * still has his, and adds it again when he is told. Any number of gateways share them.
 */
export type ModelRequests = {
  /** Whose rights this process asks with: one part of a subject. What is answered is heard by nobody who has others. */
  readonly asker: string;
  /**
   * Resolves when it is kept. The same id again within two minutes is taken only once. Throws UNAVAILABLE when it cannot be kept, or too
   * many are: then it may or may not be in.
   */
  add(request: LlmRequest): Promise<void>;
  /**
   * Delivers each request to one taker at a time, for as long as it lives; which comes first is the taker's affair, who holds many. One that
   * dies, or is cut off, loses what it has: within `modelRequestLeaseMs` it is given to another, or, where the server has not noticed that
   * he is gone, within twice that. `lost` is told of those it has lost, surely or perhaps. While paused nothing new is delivered.
   * Stopped, it gives back everything that is not done.
   */
  take(handlers: ModelRequestHandlers): ModelRequestTaker;
  /**
   * Calls back when the queue was away, and what was kept may be lost: not before `modelRequestLeaseMs` have gone by, so that most of what is under
   * way somewhere is answered by then. What is still kept is not taken a second time. The returned function ends it.
   */
  onDoubt(handle: () => void): () => void;
};

export type ModelRequestHandlers = {
  readonly deliver: (delivery: ModelDelivery) => void;
  readonly lost: (delivery: ModelDelivery) => void;
};

export type ModelRequestTaker = { pause(): void; resume(): void; stop(): Promise<void> };

/** A taker that says nothing for so long has lost what it had. */
export const modelRequestLeaseMs = 6_000;

export type ModelCall = Pick<LlmRequest, "mode" | "messages" | "schema" | "outputTokensMax"> & {
  readonly model: string;
};

export type ModelOutcome =
  | { readonly status: "answered"; readonly text: string; readonly tokens: TokenCounts }
  | {
      readonly status: "failed";
      readonly reason: ModelFailure;
      /** Whether it is the host's fault rather than the request's. */
      readonly isHostFault: boolean;
      /** What it has cost all the same, as far as is known. */
      readonly tokens: TokenCounts;
    };

/** A server that runs models. */
export type ModelHost = {
  /** What it has, and what of that is in its memory. Throws UNAVAILABLE where it does not answer. */
  look(signal: AbortSignal): Promise<{ readonly models: ReadonlySet<string>; readonly loaded: ReadonlySet<string> }>;
  /**
   * One answer. Never rejects. What is not wholly and rightly an answer is a failure. When the signal aborts the connection is closed, and the
   * outcome is "cancelled".
   */
  run(
    call: ModelCall,
    options: { readonly signal: AbortSignal; readonly onToken?: (text: string) => void },
  ): Promise<ModelOutcome>;
};

/** What a caller wants to know. What is left out is as its kind has it. */
export type Question = Pick<LlmRequest, "kind" | "userId" | "messages" | "outputTokensMax"> &
  Partial<Pick<LlmRequest, "priority" | "mode" | "schema" | "model" | "prompt">> & { readonly waitMsMax?: number };

export type LlmAnswer =
  | ({ readonly status: "answered"; readonly isCached: boolean } & KeptAnswer)
  | { readonly status: "degraded"; readonly reason: DegradedReason; readonly retryAfterMs?: number };

export type Llm = {
  /**
   * Never rejects, and is never later than the question's `waitMsMax`. "degraded" at once where nobody could answer; the caller then goes on
   * without a model. Tokens come in order and are the beginning of the answer; where it is degraded in the end they count for nothing.
   */
  ask(
    question: Question,
    options?: { readonly signal?: AbortSignal; readonly onToken?: (text: string) => void },
  ): Promise<LlmAnswer>;
};
