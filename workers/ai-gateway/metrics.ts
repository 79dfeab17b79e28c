import type { ModelHost } from "#core/ports/models.ts";
import type { Clock } from "#core/ports/system.ts";
import type { CounterName, Metrics } from "#core/protocol/metrics.ts";
import { type GatewayStatus, hostStates } from "#core/protocol/llm-status.ts";
import { priorities } from "#core/protocol/llm.ts";
import type { Jobs } from "./jobs.ts";
import type { Meters } from "./meters.ts";

type HostState = (typeof hostStates)[number];

const counterOf = {
  rejected: "ai_rejected_total",
  cacheHits: "ai_cache_hits_total",
  joined: "ai_joined_total",
  retried: "ai_retries_total",
  repaired: "ai_repairs_total",
  takenOver: "ai_taken_over_total",
} as const satisfies Partial<Record<keyof GatewayStatus["counts"], CounterName>>;

/** Tells everything that is counted to the metrics of the process, too. */
export function countedIn(metrics: Metrics, meters: Meters): Meters {
  return {
    ...meters,
    count(counter) {
      meters.count(counter);
      if (counter !== "answered") metrics.count(counterOf[counter], {});
    },
    answered(kind, outputTokens, nowMs) {
      meters.answered(kind, outputTokens, nowMs);
      metrics.count("ai_answers_total", { kind });
    },
    degraded(reason) {
      meters.degraded(reason);
      metrics.count("ai_degraded_total", { reason });
    },
    waited(ms) {
      meters.waited(ms);
      metrics.observe("ai_wait_seconds", {}, ms / 1000);
    },
  };
}

/** What a host was asked: each call once, however many wait for its answer. */
export function measuredHost(host: ModelHost, metrics: Metrics, clock: Clock): ModelHost {
  return {
    look: (signal) => host.look(signal),
    async run(call, options) {
      const startedMs = clock.monotonicMs();
      const outcome = await host.run(call, options);
      metrics.observe("ai_call_seconds", {}, (clock.monotonicMs() - startedMs) / 1000);
      metrics.count("ai_calls_total", { outcome: outcome.status === "answered" ? "answered" : outcome.reason });
      metrics.count("ai_tokens_total", { of: "prompt" }, outcome.tokens.prompt);
      metrics.count("ai_tokens_total", { of: "output" }, outcome.tokens.output);
      return outcome;
    },
  };
}

/** What is not counted but looked at: how much waits, what the hosts are like. */
export function gauges(metrics: Metrics): (status: GatewayStatus, jobs: Jobs) => void {
  let hostsTold: readonly string[] = [];
  const tell = (host: string, now: HostState | null) => {
    for (const state of hostStates) metrics.set("ai_host_state", { host, state }, state === now ? 1 : 0);
  };
  return ({ running, slots, pressure, hosts }, jobs) => {
    const waiting = new Map(priorities.map((priority) => [priority, 0]));
    for (const { state, request } of jobs.all())
      if (state === "waiting") waiting.set(request.priority, (waiting.get(request.priority) ?? 0) + 1);
    for (const [priority, count] of waiting) metrics.set("ai_waiting", { priority }, count);
    metrics.set("ai_running", {}, running);
    metrics.set("ai_slots", {}, slots);
    metrics.set("ai_pressure", {}, pressure);
    const gone = hostsTold.filter((told) => !hosts.some(({ id }) => id === told));
    for (const host of gone) tell(host, null);
    for (const { id, state } of hosts) tell(id, state);
    hostsTold = hosts.map(({ id }) => id);
  };
}
