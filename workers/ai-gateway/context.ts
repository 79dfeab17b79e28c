import type { Bus } from "#core/ports/bus.ts";
import type { AnswerCache, ModelHost, ModelRequests, TokenBudgets } from "#core/ports/models.ts";
import type { Clock, Log } from "#core/ports/system.ts";
import type { Tracing } from "#core/ports/tracing.ts";
import type { Metrics } from "#core/protocol/metrics.ts";
import type { GatewaySettings } from "#core/protocol/llm-status.ts";
import type { LlmKind } from "#core/protocol/llm.ts";

/** Everything a gateway stands on. */
export type GatewayContext = {
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Left out: nothing is traced. */
  readonly tracing?: Tracing;
  readonly bus: Bus;
  readonly requests: ModelRequests;
  readonly budgets: TokenBudgets;
  readonly cache: AnswerCache;
  openHost(url: string): ModelHost;
};

/** The model of each kind, where a request names none. */
export type ModelNames = { readonly fallback: string; readonly byKind: Readonly<Partial<Record<LlmKind, string>>> };

export type GatewayOptions = {
  /** Names it among its like. */
  readonly name: string;
  readonly settings: GatewaySettings;
  readonly models: ModelNames;
};
