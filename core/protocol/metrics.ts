import { hostStates } from "./llm-status.ts";
import { degradedReasons, llmKinds, modelFailures, priorities } from "./llm.ts";

/**
 * Every metric there is: the names that dashboards and alerts rely on. A label has a closed list of values, or `open` where they come from a
 * configuration (a host, a model): of those at most `openLabelValuesMax` are told apart, what comes later counts as "other".
 */
export const openLabelValuesMax = 50;

type Labels = Readonly<Record<string, readonly string[] | "open">>;
type Declared = {
  readonly kind: "counter" | "gauge" | "histogram";
  readonly help: string;
  readonly labels: Labels;
  readonly buckets?: readonly number[];
};

const secondsFast = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10] as const;
/** Of what a model does, and of waiting for it. */
const secondsSlow = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120] as const;

export const metricTable = {
  http_requests_total: {
    kind: "counter",
    help: "Requests answered, by the class of their status.",
    labels: { status: ["2xx", "3xx", "4xx", "5xx"] },
  },
  world_turn_seconds: {
    kind: "histogram",
    help: "One turn of a world, from its inputs to its commit.",
    labels: {},
    buckets: secondsFast,
  },
  world_inputs_total: { kind: "counter", help: "Inputs that worlds have taken in.", labels: {} },
  world_faults_total: {
    kind: "counter",
    help: "Worlds stopped by a fault of their own, and inputs set aside because of one. Anything above 0 is for somebody to look at.",
    labels: { what: ["stopped", "quarantined", "input_rejected"] },
  },
  world_events_total: { kind: "counter", help: "Events that worlds have committed.", labels: {} },
  world_tick_late_seconds: {
    kind: "histogram",
    help: "How late the ticks of worlds begin.",
    labels: {},
    buckets: secondsFast,
  },
  world_stretches_total: {
    kind: "counter",
    help: "Changes of the share of its pace that a world keeps because its owner cannot keep up.",
    labels: { to: ["less", "more"] },
  },
  world_catch_ups_total: { kind: "counter", help: "Times that a world made up for what it had missed.", labels: {} },
  weather_steps_seconds: {
    kind: "histogram",
    help: "A few steps of the weather of one world, in the thread of the weather.",
    labels: {},
    buckets: secondsFast,
  },
  weather_begun_total: {
    kind: "counter",
    help: "Weathers that began at rest: of a new world, of one nobody looked at for too long, and of one whose past was lost.",
    labels: { why: ["new", "slept", "lost"] },
  },
  weather_opened_total: {
    kind: "counter",
    help: "Weathers that were opened, from a saved state or computed from their beginning.",
    labels: { from: ["saved", "beginning"] },
  },
  db_errors_total: {
    kind: "counter",
    help: "Statements that the database could not do: it was away or full, it took too long, or it refused them for another reason.",
    labels: { what: ["unavailable", "timeout", "other"] },
  },
  posts_total: {
    kind: "counter",
    help: "Frames handed to sockets, by what came of them.",
    labels: { outcome: ["posted", "gone", "slow", "failed"] },
  },
  posts_waiting: { kind: "gauge", help: "Frames on their way to sockets, waiting or under way.", labels: {} },
  worlds_owned: { kind: "gauge", help: "Worlds that this worker runs.", labels: {} },
  ai_waiting: {
    kind: "gauge",
    help: "Questions to models that wait for a host, by priority.",
    labels: { priority: priorities },
  },
  ai_running: { kind: "gauge", help: "Questions that hosts are at.", labels: {} },
  ai_slots: { kind: "gauge", help: "Questions that this gateway's share of its open hosts can be at.", labels: {} },
  ai_pressure: {
    kind: "gauge",
    help: "Waiting questions per slot, every 2 s: scale gateways' hosts by it.",
    labels: {},
  },
  ai_wait_seconds: {
    kind: "histogram",
    help: "How long a question waited until a host was given it.",
    labels: {},
    buckets: secondsSlow,
  },
  ai_calls_total: {
    kind: "counter",
    help: "Calls to hosts that are over, by what came of them.",
    labels: { outcome: ["answered", ...modelFailures] },
  },
  ai_call_seconds: { kind: "histogram", help: "How long hosts took.", labels: {}, buckets: secondsSlow },
  ai_tokens_total: {
    kind: "counter",
    help: "Tokens that hosts have read and written.",
    labels: { of: ["prompt", "output"] },
  },
  ai_answers_total: { kind: "counter", help: "Questions answered, by kind.", labels: { kind: llmKinds } },
  ai_degraded_total: {
    kind: "counter",
    help: "Questions whose callers must go on without a model, by reason.",
    labels: { reason: degradedReasons },
  },
  ai_rejected_total: { kind: "counter", help: "Of those: told when to try again.", labels: {} },
  ai_cache_hits_total: { kind: "counter", help: "Questions answered from the cache.", labels: {} },
  ai_joined_total: { kind: "counter", help: "Questions that joined one that asked the same.", labels: {} },
  ai_retries_total: { kind: "counter", help: "Second attempts after a fault of a host.", labels: {} },
  ai_repairs_total: { kind: "counter", help: "Answers that satisfied their schema only when asked again.", labels: {} },
  ai_taken_over_total: { kind: "counter", help: "Questions that another gateway had before.", labels: {} },
  ai_host_state: {
    kind: "gauge",
    help: "1 for the state that a host is in.",
    labels: { host: "open", state: hostStates },
  },
} as const satisfies Record<string, Declared>;

type Table = typeof metricTable;
export type MetricName = keyof Table;
type OfKind<Kind extends Declared["kind"]> = {
  [Name in MetricName]: Table[Name]["kind"] extends Kind ? Name : never;
}[MetricName];
export type CounterName = OfKind<"counter">;
export type GaugeName = OfKind<"gauge">;
export type HistogramName = OfKind<"histogram">;

export type LabelsOf<Name extends MetricName> = {
  readonly [Label in keyof Table[Name]["labels"]]: Table[Name]["labels"][Label] extends readonly (infer Value)[]
    ? Value
    : string;
};

/** Numbers by the names of core/protocol/metrics.ts. Costs next to nothing, and never fails. */
export type Metrics = {
  count<Name extends CounterName>(name: Name, labels: LabelsOf<Name>, by?: number): void;
  set<Name extends GaugeName>(name: Name, labels: LabelsOf<Name>, value: number): void;
  /** Of times in seconds. */
  observe<Name extends HistogramName>(name: Name, labels: LabelsOf<Name>, value: number): void;
};
