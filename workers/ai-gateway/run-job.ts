import { type Completion, complete } from "#core/llm/complete.ts";
import { kindPolicies } from "#core/llm/kinds.ts";
import type { Dispatch } from "#core/llm/scheduler/model.ts";
import { enqueue } from "./admit.ts";
import type { Gateway } from "./gateway.ts";
import type { Job } from "./jobs.ts";
import { giveBackBudget } from "./settle-budget.ts";

/** The first included. A model's answer has no effect but itself, so another is safe as long as nothing of the first was told. */
const attemptsMax = 2;

/** Starts everything that can start. */
export function pump(gateway: Gateway): void {
  const { ctx, scheduler, jobs, meters } = gateway;
  for (;;) {
    const nowMs = ctx.clock.monotonicMs();
    const dispatch = scheduler.next(nowMs);
    if (dispatch === null) return;
    const job = jobs.byId(dispatch.job.id);
    if (job === undefined) {
      scheduler.settle(dispatch.job.id, 0, nowMs);
      continue;
    }
    job.state = "running";
    if (job.attempts === 0) meters.waited(nowMs - job.receivedMs);
    job.attempts += 1;
    void run(gateway, job, dispatch);
  }
}

async function run(gateway: Gateway, job: Job, { hostId }: Dispatch): Promise<void> {
  const { ctx, scheduler, hosts, answers } = gateway;
  const host = hosts.get(hostId);
  const completion: Completion =
    host === undefined
      ? { status: "failed", reason: "upstream-error", isHostFault: false, tokens: { prompt: 0, output: 0 } }
      : await traced(gateway, job, () =>
          complete(
            host,
            { ...job.request, isStreamed: isToldAsItComes(job) },
            {
              model: job.model,
              signal: job.stop.signal,
              onToken: (text) => answers.token(job, text),
            },
          ),
        );
  const { prompt, output } = completion.tokens;
  scheduler.settle(job.id, prompt + output, ctx.clock.monotonicMs());
  if (completion.status === "answered" || completion.reason !== "cancelled")
    hosts.report(hostId, completion.status === "failed" && completion.isHostFault);
  try {
    finish(gateway, job, completion, hostId);
  } finally {
    gateway.pump();
  }
}

/** As part of what the first who waits for it was asked in: what started it may be the end of somebody else's job. */
function traced<T>({ ctx: { tracing } }: Gateway, job: Job, work: () => Promise<T>): Promise<T> {
  if (tracing === undefined) return work();
  const [first] = job.waiters;
  const attributes = { "ai.attempt": job.attempts, "ai.waiters": job.waiters.size };
  return tracing.span("model job", { parent: first?.delivery.trace ?? null, attributes }, work);
}

function finish(gateway: Gateway, job: Job, completion: Completion, hostId: string): void {
  const { ctx, jobs, answers, meters } = gateway;
  if (completion.status === "failed" && isWorthAnother(job, completion)) {
    meters.count("retried");
    return enqueue(gateway, job, hostId);
  }
  const { prompt, output } = completion.tokens;
  jobs.close(job);
  void giveBackBudget(gateway, job, prompt + output);
  const waiters = [...job.waiters];
  if (completion.status === "failed") {
    for (const waiter of waiters) answers.failure(waiter, completion.reason);
    return;
  }
  if (completion.isRepaired) meters.count("repaired");
  const answer = {
    text: completion.text,
    ...("json" in completion && { json: completion.json }),
    model: job.model,
    tokens: completion.tokens,
  };
  for (const waiter of waiters) answers.result(waiter, { ...answer, isCached: false });
  const { cacheMs } = kindPolicies[job.request.kind];
  if (cacheMs > 0) void ctx.cache.set(job.key, answer, cacheMs, ctx.clock.nowMs());
}

const isToldAsItComes = ({ waiters }: Job): boolean => [...waiters].some(({ request }) => request.isStreamed);

function isWorthAnother(job: Job, { reason, isHostFault }: Extract<Completion, { status: "failed" }>): boolean {
  if (job.attempts >= attemptsMax || job.told !== "" || job.waiters.size === 0 || job.stop.signal.aborted) return false;
  return isHostFault || reason === "no-model";
}
