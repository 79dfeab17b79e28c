import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";
import { openLabelValuesMax, metricTable, type MetricName, type Metrics } from "#core/protocol/metrics.ts";

export type PrometheusMetrics = {
  readonly metrics: Metrics;
  /** All of it in Prometheus' text format. */
  text(): Promise<string>;
};

export const prometheusContentType = Registry.PROMETHEUS_CONTENT_TYPE;

/** The metrics of this process, and those of Node itself. */
export function prometheusMetrics(): PrometheusMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const kept = new Map<string, Counter | Gauge | Histogram>();
  for (const [name, declared] of Object.entries(metricTable)) {
    const options = { name, help: declared.help, labelNames: Object.keys(declared.labels), registers: [registry] };
    kept.set(name, create(declared, options));
  }
  const bounded = boundLabels();
  return {
    metrics: {
      count: (name, labels, by = 1) => (kept.get(name) as Counter).inc(bounded(name, labels), by),
      set: (name, labels, value) => (kept.get(name) as Gauge).set(bounded(name, labels), value),
      observe: (name, labels, value) => (kept.get(name) as Histogram).observe(bounded(name, labels), value),
    },
    text: () => registry.metrics(),
  };
}

type Declared = { readonly kind: "counter" | "gauge" | "histogram"; readonly buckets?: readonly number[] };
type Options = { name: string; help: string; labelNames: string[]; registers: Registry[] };

function create({ kind, buckets }: Declared, options: Options): Counter | Gauge | Histogram {
  switch (kind) {
    case "counter":
      return new Counter(options);
    case "gauge":
      return new Gauge(options);
    case "histogram":
      return new Histogram({ ...options, ...(buckets && { buckets: [...buckets] }) });
  }
}

/** A label whose values come from outside must not be able to fill the memory. */
function boundLabels() {
  const seen = new Map<string, Set<string>>();
  return (name: MetricName, labels: object): Record<string, string> => {
    const bounded = { ...(labels as Record<string, string>) };
    for (const [label, values] of Object.entries<readonly string[] | "open">(metricTable[name].labels)) {
      if (values !== "open") continue;
      const key = `${name} ${label}`;
      const known = seen.get(key) ?? new Set();
      seen.set(key, known);
      const value = bounded[label] ?? "";
      if (known.size < openLabelValuesMax) known.add(value);
      else if (!known.has(value)) bounded[label] = "other";
    }
    return bounded;
  };
}
