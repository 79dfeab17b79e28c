/** Workers write their numbers into their logs once a minute (METRICS=emf), and CloudWatch reads them from there. */
export const namespace = "ThousandWorlds";

export type WorkerMetric =
  | "ai_answers_total"
  | "ai_call_seconds_p99"
  | "ai_degraded_total"
  | "ai_pressure"
  | "ai_rejected_total"
  | "ai_running"
  | "ai_slots"
  | "ai_wait_seconds_p99"
  | "ai_waiting"
  | "db_errors_total"
  | "posts_total"
  | "posts_waiting"
  | "world_faults_total"
  | "world_inputs_total"
  | "world_stretches_total"
  | "world_tick_late_seconds_p99"
  | "world_turn_seconds_p99"
  | "worlds_owned";

/** A number of all workers of a role in this stage. */
export function workerMetric(role: string, metricName: WorkerMetric) {
  return { namespace, metricName, dimensions: { stage: $app.stage, role } } as const;
}
