import { writeSync } from "node:fs";
import { type CounterName, type GaugeName, type HistogramName, type Metrics } from "#core/protocol/metrics.ts";
import type { Clock } from "#core/ports/system.ts";

// CloudWatch's Embedded Metric Format: a line of JSON in the log, out of which CloudWatch makes metrics. For a fleet that nobody can scrape. A metric of its own costs
// money for each set of dimensions, so this is a short list, without labels, by stage and role alone; all the rest is Prometheus'.

export const emfNamespace = "ThousandWorlds";
export const emitEveryMs = 60_000;

const counters = [
  "world_inputs_total",
  "world_faults_total",
  "world_stretches_total",
  "ai_answers_total",
  "ai_degraded_total",
  "ai_rejected_total",
  "db_errors_total",
  "posts_total",
] as const satisfies readonly CounterName[];
const gauges = [
  "worlds_owned",
  "posts_waiting",
  "ai_waiting",
  "ai_running",
  "ai_slots",
  "ai_pressure",
] as const satisfies readonly GaugeName[];
const histograms = [
  "world_turn_seconds",
  "world_tick_late_seconds",
  "ai_wait_seconds",
  "ai_call_seconds",
] as const satisfies readonly HistogramName[];

type Unit = "Count" | "None" | "Seconds";

/** Every metric that CloudWatch may be told of; labels of all of them have closed lists of values. A counter is what was counted in the minute, over all labels; a histogram its 99th percentile of that minute. */
export const emfMetricNames: readonly string[] = [...counters, ...gauges, ...histograms.map((name) => `${name}_p99`)];

type Options = {
  readonly clock: Clock;
  readonly role: string;
  readonly stage: string;
  /** Left out: a line of its own on stdout, whatever the log's level is. */
  readonly write?: (line: string) => void;
};

/** Writes a line a minute, and the last one when it is disposed of. Of what a process never counted it says nothing. */
export function emfMetrics({ clock, role, stage, write = toStdout }: Options): AsyncDisposable & { metrics: Metrics } {
  const counted = new Map<string, number>();
  const levels = new Map<string, Map<string, number>>();
  const spread = new Map<string, Percentiles>(histograms.map((name) => [name, percentiles()]));
  const isListed = (name: string) => listed.has(name);

  const emit = () => {
    const values: [string, Unit, number][] = [];
    for (const [name, count] of counted) values.push([name, "Count", count]);
    for (const name of counted.keys()) counted.set(name, 0);
    for (const [name, byLabels] of levels) values.push([name, "None", sum(byLabels.values())]);
    for (const [name, measured] of spread) {
      const p99 = measured.take(0.99);
      if (p99 !== null) values.push([`${name}_p99`, "Seconds", p99]);
    }
    if (values.length > 0) write(lineOf(values, { role, stage, nowMs: clock.nowMs() }));
  };

  const stopping = new AbortController();
  const running = (async () => {
    while (!stopping.signal.aborted) {
      await clock.sleep(emitEveryMs, stopping.signal);
      emit();
    }
  })();
  return {
    metrics: {
      count(name, _labels, by = 1) {
        if (isListed(name)) counted.set(name, (counted.get(name) ?? 0) + by);
      },
      set(name, labels, value) {
        if (!isListed(name)) return;
        const byLabels = levels.get(name) ?? new Map<string, number>();
        levels.set(name, byLabels.set(Object.values(labels).join(" "), value));
      },
      observe: (name, _labels, value) => spread.get(name)?.add(value),
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await running;
    },
  };
}

/** Each is told. */
export function bothMetrics(one: Metrics, other: Metrics): Metrics {
  return {
    count(...told) {
      one.count(...told);
      other.count(...told);
    },
    set(...told) {
      one.set(...told);
      other.set(...told);
    },
    observe(...told) {
      one.observe(...told);
      other.observe(...told);
    },
  };
}

const listed: ReadonlySet<string> = new Set([...counters, ...gauges]);

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
function lineOf(
  values: readonly (readonly [string, Unit, number])[],
  { role, stage, nowMs }: { readonly role: string; readonly stage: string; readonly nowMs: number },
): string {
  const metrics = values.map(([Name, Unit]) => ({ Name, Unit }));
  const directive = { Namespace: emfNamespace, Dimensions: [["stage", "role"]], Metrics: metrics };
  return JSON.stringify({
    _aws: { Timestamp: nowMs, CloudWatchMetrics: [directive] },
    stage,
    role,
    ...Object.fromEntries(values.map(([name, , value]) => [name, value])),
  });
}

type Percentiles = { add(value: number): void; take(share: number): number | null };

/** Each bucket's bound is a tenth above the one before: from a tenth of a millisecond to more than an hour. */
const firstBoundS = 1e-4;
const growth = 1.1;
const bucketsMax = 190;

/** Any number of values in a fixed space. A percentile is the upper bound of its bucket: right, or up to a tenth too high. */
function percentiles(): Percentiles {
  const buckets = new Uint32Array(bucketsMax);
  let count = 0;
  return {
    add(value) {
      const at = value <= firstBoundS ? 0 : Math.ceil(Math.log(value / firstBoundS) / Math.log(growth));
      buckets[Math.min(bucketsMax - 1, at)]! += 1;
      count += 1;
    },
    take(share) {
      if (count === 0) return null;
      const rank = Math.ceil(share * count);
      let seen = 0;
      const at = buckets.findIndex((inBucket) => (seen += inBucket) >= rank);
      buckets.fill(0);
      count = 0;
      return firstBoundS * growth ** at;
    },
  };
}

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

function toStdout(line: string): void {
  writeSync(1, `${line}\n`);
}
