import type { ModelDelivery } from "#core/ports/models.ts";
import type { LlmRequest } from "#core/protocol/llm.ts";

/** Somebody who waits for an answer. Several may wait for the same one. */
export type Waiter = { readonly delivery: ModelDelivery; readonly request: LlmRequest; readonly job: Job };

/** One question to a model. */
export type Job = {
  readonly id: string;
  readonly key: string;
  readonly model: string;
  /** Of the first who asked. */
  readonly request: LlmRequest;
  readonly waiters: Set<Waiter>;
  readonly stop: AbortController;
  readonly receivedMs: number;
  state: "admitting" | "waiting" | "running" | "ended";
  /** What has been told already: somebody who joins hears it first. */
  told: string;
  /** Tokens taken from whose budget, until it is known what it took. */
  reserved: { readonly userId: string; readonly tokens: number } | null;
  attempts: number;
};

/** What this gateway has in hand. */
export type Jobs = {
  /** A job that asks the same and is not over. */
  sameAs(key: string): Job | undefined;
  open(delivery: ModelDelivery, question: { readonly key: string; readonly model: string }, nowMs: number): Job;
  join(job: Job, delivery: ModelDelivery): Waiter;
  /** He waits no more, for whatever reason. */
  leave(waiter: Waiter): void;
  /** Nobody can join it any more. */
  close(job: Job): void;
  waiterOf(requestId: string): Waiter | undefined;
  byId(jobId: string): Job | undefined;
  waiters(): Iterable<Waiter>;
  all(): Iterable<Job>;
};

export function jobs(): Jobs {
  const byKey = new Map<string, Job>();
  const byId = new Map<string, Job>();
  const waiters = new Map<string, Waiter>();
  let opened = 0;

  const join = (job: Job, delivery: ModelDelivery): Waiter => {
    const waiter = { delivery, request: delivery.request, job };
    job.waiters.add(waiter);
    waiters.set(delivery.request.id, waiter);
    return waiter;
  };
  return {
    sameAs: (key) => byKey.get(key),
    open(delivery, { key, model }, nowMs) {
      const job: Job = {
        id: `job-${++opened}`,
        key,
        model,
        request: delivery.request,
        waiters: new Set(),
        stop: new AbortController(),
        receivedMs: nowMs,
        state: "admitting",
        told: "",
        reserved: null,
        attempts: 0,
      };
      byKey.set(key, job);
      byId.set(job.id, job);
      join(job, delivery);
      return job;
    },
    join,
    leave(waiter) {
      waiter.job.waiters.delete(waiter);
      const { id } = waiter.request;
      if (waiters.get(id) === waiter) waiters.delete(id);
    },
    close(job) {
      job.state = "ended";
      byId.delete(job.id);
      if (byKey.get(job.key) === job) byKey.delete(job.key);
    },
    waiterOf: (requestId) => waiters.get(requestId),
    byId: (jobId) => byId.get(jobId),
    waiters: () => waiters.values(),
    all: () => byId.values(),
  };
}
