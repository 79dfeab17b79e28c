import { dueMs, refuse } from "./admit.ts";
import { failWaiter } from "./cancel.ts";
import type { Gateway } from "./gateway.ts";

const tickMs = 20;
const retryWithoutHostMs = 5_000;

/** Tells everybody in time that it will not be in time, and looks again whether something can start: patience runs out by itself. */
export async function watchDeadlines(gateway: Gateway, stopped: AbortSignal): Promise<void> {
  const { ctx, scheduler, jobs } = gateway;
  while (!stopped.aborted) {
    await ctx.clock.sleep(tickMs, stopped);
    const nowMs = ctx.clock.monotonicMs();
    for (const waiter of jobs.waiters())
      if (dueMs(gateway, waiter) <= nowMs)
        failWaiter(gateway, waiter, waiter.job.state === "running" ? "timed-out" : "expired");
    for (const { id } of scheduler.expire(nowMs)) {
      const job = jobs.byId(id);
      if (job !== undefined) refuse(gateway, job, "expired");
    }
    for (const { id } of scheduler.stranded()) {
      const job = jobs.byId(id);
      if (job !== undefined) refuse(gateway, job, "no-host", retryWithoutHostMs);
    }
    if (scheduler.waiting > 0) gateway.pump();
  }
}
