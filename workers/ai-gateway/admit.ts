import { requestTokens } from "#core/llm/estimate-tokens.ts";
import { questionKey } from "#core/llm/keys.ts";
import { kindPolicies } from "#core/llm/kinds.ts";
import type { NewJob, PriorityRank } from "#core/llm/scheduler/model.ts";
import type { ModelDelivery } from "#core/ports/models.ts";
import { isJsonSchema } from "#core/protocol/json-schema.ts";
import { priorities } from "#core/protocol/llm.ts";
import { isWaitedFor } from "./ask-caller.ts";
import type { Gateway } from "./gateway.ts";
import type { Job, Waiter } from "./jobs.ts";
import { budgetOf, giveBackBudget } from "./settle-budget.ts";

/** An answer that comes at the deadline comes too late. */
const answerMarginMs = 50;

/** When it must be over, on the monotonic clock. */
export function dueMs({ ctx: { clock } }: Gateway, { request }: Pick<Waiter, "request">): number {
  return clock.monotonicMs() + request.deadlineMs - clock.nowMs() - answerMarginMs;
}

/** Takes a request in: it joins one that asks the same, is answered from memory, is refused, or waits for its turn. */
export async function admit(gateway: Gateway, delivery: ModelDelivery): Promise<void> {
  const { ctx, jobs, meters, options } = gateway;
  const { request, attempt } = delivery;
  if (attempt > 1) {
    meters.count("takenOver");
    // Whoever had it may have answered it before he died.
    if (!(await isWaitedFor(ctx, request))) return delivery.done();
  }
  const model = request.model ?? options.models.byKind[request.kind] ?? options.models.fallback;
  const key = questionKey(request, model);
  const same = jobs.sameAs(key);
  if (same !== undefined) return join(gateway, same, delivery);
  const job = jobs.open(delivery, { key, model }, ctx.clock.monotonicMs());
  if (request.schema !== undefined && !isJsonSchema(request.schema)) return refuse(gateway, job, "invalid");
  if (await answeredFromCache(gateway, job)) return;
  if (!(await reserve(gateway, job))) return jobs.close(job);
  enqueue(gateway, job);
}

function join(gateway: Gateway, job: Job, delivery: ModelDelivery): void {
  const { jobs, scheduler, answers, meters } = gateway;
  const waiter = jobs.join(job, delivery);
  meters.count("joined");
  answers.catchUp(waiter);
  if (job.state === "waiting") scheduler.amend(job.id, orderOf(gateway, job), gateway.ctx.clock.monotonicMs());
}

/** As urgent as the most urgent who waits for it, and for as long as the most patient does. */
function orderOf(gateway: Gateway, job: Job): Pick<NewJob, "rank" | "deadlineMs"> {
  const all = [...job.waiters];
  return {
    rank: Math.min(...all.map(({ request }) => priorities.indexOf(request.priority))) as PriorityRank,
    deadlineMs: Math.max(...all.map((waiter) => dueMs(gateway, waiter))),
  };
}

async function answeredFromCache({ ctx, jobs, answers, meters }: Gateway, job: Job): Promise<boolean> {
  if (kindPolicies[job.request.kind].cacheMs === 0) return false;
  const kept = await ctx.cache.get(job.key, ctx.clock.nowMs());
  if (kept === null) return false;
  jobs.close(job);
  for (const waiter of job.waiters) {
    meters.count("cacheHits");
    answers.result(waiter, { ...kept, isCached: true });
  }
  return true;
}

/** From the first of those who wait whose budget has it; the others are told that theirs has not. */
async function reserve(gateway: Gateway, job: Job): Promise<boolean> {
  const { ctx, answers, settings } = gateway;
  const tokens = requestTokens(job.request);
  for (const waiter of job.waiters) {
    const { userId } = waiter.request;
    const reserved = await ctx.budgets.reserve(userId, tokens, budgetOf(settings), ctx.clock.nowMs());
    if (reserved.isGranted) {
      job.reserved = { userId, tokens };
      return true;
    }
    answers.failure(waiter, "over-budget", reserved.retryAfterMs);
  }
  return false;
}

/** Also for a second attempt, elsewhere. */
export function enqueue(gateway: Gateway, job: Job, avoidHostId?: string): void {
  const { ctx, scheduler } = gateway;
  if (job.waiters.size === 0) return refuse(gateway, job, "cancelled");
  const rejection = scheduler.add(
    {
      id: job.id,
      userId: job.reserved?.userId ?? job.request.userId,
      model: job.model,
      tokens: requestTokens(job.request),
      ...orderOf(gateway, job),
      ...(avoidHostId !== undefined && { avoidHostId }),
    },
    ctx.clock.monotonicMs(),
  );
  if (rejection !== null) return refuse(gateway, job, rejection.reason, rejection.retryAfterMs);
  job.state = "waiting";
  gateway.pump();
}

type Reason = Parameters<Gateway["answers"]["failure"]>[1];

/** Ends a job that does not run. */
export function refuse(gateway: Gateway, job: Job, reason: Reason, retryAfterMs?: number): void {
  const { jobs, answers } = gateway;
  jobs.close(job);
  void giveBackBudget(gateway, job, 0);
  for (const waiter of job.waiters) answers.failure(waiter, reason, retryAfterMs);
}
