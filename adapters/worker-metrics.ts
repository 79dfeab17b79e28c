import type { Clock } from "#core/ports/system.ts";
import { bothMetrics, emfMetrics } from "./emf.ts";
import type { EmfConfig } from "./env/metrics-variables.ts";
import { prometheusMetrics, type PrometheusMetrics } from "./prometheus.ts";

/** A worker's numbers: at its `/metrics`, and in its log where CloudWatch is to read them. */
export function workerMetrics(
  emf: EmfConfig | null,
  { role, clock }: { readonly role: string; readonly clock: Clock },
): AsyncDisposable & PrometheusMetrics {
  const { metrics, text } = prometheusMetrics();
  if (emf === null) return { metrics, text, async [Symbol.asyncDispose]() {} };
  const told = emfMetrics({ clock, role, stage: emf.stage });
  return {
    metrics: bothMetrics(metrics, told.metrics),
    text,
    [Symbol.asyncDispose]: () => told[Symbol.asyncDispose](),
  };
}
