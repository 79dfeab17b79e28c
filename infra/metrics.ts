/** Workers write their numbers into their logs once a minute (METRICS=emf), and CloudWatch reads them from there. */
export const namespace = "ThousandWorlds";

export type WorkerMetric =
  | "ai_pressure"
  | "ai_degraded_total"
  | "worlds_owned"
  | "world_tick_late_seconds_p99"
  | "world_faults_total";

/** A number of all workers of a role in this stage. */
export function workerMetric(role: string, metricName: WorkerMetric) {
  return { namespace, metricName, dimensions: { stage: $app.stage, role } } as const;
}
