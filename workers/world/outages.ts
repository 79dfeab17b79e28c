import type { DegradedReason } from "#core/protocol/llm.ts";

/** After nobody could answer, so long nobody of a world is asked. */
export const silenceMs = 30_000;

const outages: ReadonlySet<DegradedReason> = new Set([
  "no-gateway",
  "no-host",
  "no-model",
  "queue-full",
  "timed-out",
  "expired",
  "gateway-stopped",
]);

/** Whether that says that it is not this question that failed. */
export const isOutage = (reason: DegradedReason): boolean => outages.has(reason);
