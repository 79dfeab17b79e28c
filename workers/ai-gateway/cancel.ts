import type { DegradedReason } from "#core/protocol/llm.ts";
import type { Gateway } from "./gateway.ts";
import type { Job, Waiter } from "./jobs.ts";
import { giveBackBudget } from "./settle-budget.ts";

/** He waits no more: nobody is told anything. Where he was the last, the model stops. */
export function cancelWaiter(gateway: Gateway, waiter: Waiter): void {
  gateway.answers.failure(waiter, "cancelled");
  stopUnwanted(gateway, waiter.job);
}

/** Too late for him; others may still wait for the same. */
export function failWaiter(gateway: Gateway, waiter: Waiter, reason: DegradedReason): void {
  gateway.answers.failure(waiter, reason);
  stopUnwanted(gateway, waiter.job);
}

/** Somebody else has it by now. */
export function loseWaiter(gateway: Gateway, waiter: Waiter): void {
  gateway.jobs.leave(waiter);
  stopUnwanted(gateway, waiter.job);
}

function stopUnwanted(gateway: Gateway, job: Job): void {
  if (job.waiters.size > 0 || job.state === "ended") return;
  const { scheduler, jobs } = gateway;
  // Of what runs its end is heard where it runs; nobody may join it meanwhile.
  job.stop.abort();
  if (job.state !== "waiting") return jobs.close(job);
  scheduler.cancel(job.id);
  jobs.close(job);
  void giveBackBudget(gateway, job, 0);
}
