import type { HostSpec, NewJob, PriorityRank, SchedulerOptions } from "#core/llm/scheduler/model.ts";
import { scheduler } from "#core/llm/scheduler/scheduler.ts";

/** One arrival of a simulation: what it takes differs from what was expected of it. */
export type Arrival = {
  readonly atMs: number;
  readonly userId: string;
  readonly model?: string;
  readonly rank?: PriorityRank;
  readonly expected: number;
  readonly tokens: number;
  readonly deadlineMs?: number;
};

export type Ended = Arrival & {
  readonly id: string;
  readonly outcome: "done" | "expired" | "rejected";
  readonly startedMs: number;
  readonly endedMs: number;
  readonly hostId: string | null;
};

export type SimulationOptions = {
  readonly scheduler: SchedulerOptions;
  readonly hosts: readonly HostSpec[];
  readonly tokensPerSecond: number;
  readonly untilMs: number;
};

type Running = {
  readonly id: string;
  readonly arrival: Arrival;
  readonly startedMs: number;
  readonly endsMs: number;
  readonly hostId: string;
};

/** Runs the scheduler against hosts that take so long as they say, in virtual time. The same arrivals give the same outcome. */
export function simulate(arrivals: readonly Arrival[], options: SimulationOptions) {
  const own = scheduler(options.scheduler, 0);
  for (const host of options.hosts) own.setHost(host);
  const sorted = arrivals
    .map((arrival, n) => ({ id: `job-${n}`, arrival }))
    .toSorted((a, b) => a.arrival.atMs - b.arrival.atMs);
  const arrivalOf = new Map(sorted.map(({ id, arrival }) => [id, arrival]));
  const ended: Ended[] = [];
  const running = new Map<string, Running>();
  let [nowMs, arrived, loads] = [0, 0, 0];

  const start = () => {
    for (let dispatch = own.next(nowMs); dispatch !== null; dispatch = own.next(nowMs)) {
      const { job, hostId, isLoading } = dispatch;
      const arrival = arrivalOf.get(job.id) as Arrival;
      if (isLoading) loads += 1;
      const tookMs = (isLoading ? options.scheduler.loadMs : 0) + (arrival.tokens / options.tokensPerSecond) * 1000;
      running.set(job.id, { id: job.id, arrival, startedMs: nowMs, endsMs: nowMs + tookMs, hostId });
    }
  };
  const leave = (id: string, outcome: "expired" | "rejected") =>
    ended.push({ ...(arrivalOf.get(id) as Arrival), id, outcome, startedMs: NaN, endedMs: nowMs, hostId: null });
  const finish = ({ id, arrival, startedMs, hostId }: Running) => {
    running.delete(id);
    own.settle(id, arrival.tokens, nowMs);
    ended.push({ ...arrival, id, outcome: "done", startedMs, endedMs: nowMs, hostId });
  };
  /** Patience runs out without anything happening: looked at so often. */
  const lookAgainMs = options.scheduler.loadMs / 4;

  while (nowMs < options.untilMs) {
    const due = [
      sorted[arrived]?.arrival.atMs ?? Infinity,
      ...[...running.values()].map(({ endsMs }) => endsMs),
      own.nextDeadlineMs() ?? Infinity,
      own.waiting > 0 ? nowMs + lookAgainMs : Infinity,
    ];
    nowMs = Math.max(nowMs, Math.min(...due));
    if (nowMs === Infinity || nowMs >= options.untilMs) break;
    for (const each of running.values()) if (each.endsMs <= nowMs) finish(each);
    for (const job of own.expire(nowMs)) leave(job.id, "expired");
    for (; (sorted[arrived]?.arrival.atMs ?? Infinity) <= nowMs; arrived++) {
      const { id, arrival } = sorted[arrived] as { id: string; arrival: Arrival };
      if (own.add(jobOf(id, arrival), nowMs) !== null) leave(id, "rejected");
    }
    start();
  }
  return { ended, loads, waiting: own.waiting, running: own.running };
}

function jobOf(id: string, { userId, model = "m", rank = 2, expected, deadlineMs = 1e12 }: Arrival): NewJob {
  return { id, userId, model, rank, tokens: expected, deadlineMs };
}

/** Jain's index of fairness: 1 where all have the same, 1/n where one has everything. https://arxiv.org/abs/cs/9809099 */
export function jain(shares: readonly number[]): number {
  const sum = shares.reduce((total, share) => total + share, 0);
  const squares = shares.reduce((total, share) => total + share * share, 0);
  return sum ** 2 / (shares.length * squares);
}
