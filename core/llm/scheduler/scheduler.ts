import { assert } from "../../lib/assert.ts";
import { chooseHost } from "./choose-host.ts";
import { drainRate, retryAfterMs } from "./drain-rate.ts";
import { canServe, type Choice, type HostState, newHost, useOf } from "./hosts.ts";
import { IndexedHeap } from "./indexed-heap.ts";
import { type Lane, lane } from "./lane.ts";
import type { Dispatch, HostSpec, Job, NewJob, Rejection, SchedulerOptions } from "./model.ts";

/** A full queue is full for the least urgent first. */
const waitingShares = [1, 0.95, 0.85, 0.7] as const;
/** Between models: a job counts as having come so much earlier. It ages, so nobody starves. */
const rankBonusMs = [120_000, 30_000, 5_000, 0] as const;
const noHostRetryMs = 5_000;

/**
 * Who runs next, and where. Pure: time is given, never goes back, and nothing happens by itself. Every job that is added leaves exactly once:
 * by `next` and then `settle`, or by `cancel`, `expire` or `stranded`.
 */
export type Scheduler = {
  /** Adds a host, or changes one. What runs there goes on. */
  setHost(spec: HostSpec): void;
  removeHost(id: string): void;
  /** What the host itself says that it has in memory. */
  setLoaded(id: string, models: ReadonlySet<string>, nowMs: number): void;
  add(job: NewJob, nowMs: number): Rejection | null;
  /** More urgent, or with a later deadline, than it was. Only while it waits. */
  amend(id: string, change: Pick<NewJob, "rank" | "deadlineMs">, nowMs: number): void;
  /** null while nothing that waits can start. */
  next(nowMs: number): Dispatch | null;
  /** Ends a job that was dispatched, with the tokens that it took. */
  settle(id: string, tokens: number, nowMs: number): void;
  /** One that runs goes on until it is settled. */
  cancel(id: string): "waiting" | "running" | null;
  /** Takes out what waits past its deadline. */
  expire(nowMs: number): Job[];
  /** Takes out what waits for a model that no host serves any more. */
  stranded(): Job[];
  nextDeadlineMs(): number | null;
  readonly waiting: number;
  readonly running: number;
  perSecond(nowMs: number): number;
  runningOn(hostId: string): number;
};

export function scheduler(options: SchedulerOptions, startMs: number): Scheduler {
  const state = newState(startMs);
  const { hosts, lanes, waitingJobs, runningJobs, deadlines, rate } = state;

  return {
    setHost: (spec) => {
      const host = hosts.get(spec.id);
      if (host === undefined) hosts.set(spec.id, newHost(spec));
      else host.spec = spec;
    },
    removeHost: (id) => void hosts.delete(id),
    setLoaded(id, models, nowMs) {
      const host = hosts.get(id);
      if (host === undefined) return;
      for (const model of models) load(host, model, nowMs);
      for (const [model, use] of host.uses) if (!models.has(model) && use.running === 0) use.isLoaded = false;
    },
    add(job, nowMs) {
      assert(!waitingJobs.has(job.id) && !runningJobs.has(job.id), `job ${job.id} was added before`);
      const rejection = refusal(state, options, job, nowMs);
      if (rejection === null) enqueue(state, job, nowMs);
      return rejection;
    },
    amend(id, change) {
      const job = waitingJobs.get(id);
      if (job === undefined) return;
      leave(state, job);
      enqueue(state, { ...job, ...change }, job.queuedAtMs);
    },
    next(nowMs) {
      const best = bestChoice({ hosts, lanes, options, nowMs });
      const job = best?.lane.take();
      if (best === null || job === undefined) return null;
      forget(state, job);
      begin(best.choice, job, nowMs);
      runningJobs.set(job.id, { job, host: best.choice.host });
      return { job, hostId: best.choice.host.spec.id, isLoading: best.choice.kind !== "warm" };
    },
    settle: (id, tokens, nowMs) => settle(state, { id, tokens }, nowMs),
    cancel(id) {
      const job = waitingJobs.get(id);
      if (job === undefined) return runningJobs.has(id) ? "running" : null;
      leave(state, job);
      return "waiting";
    },
    expire: (nowMs) => expire(state, nowMs),
    stranded() {
      const lost = [...waitingJobs.values()].filter(({ model }) => !isServed(hosts, model));
      for (const job of lost) leave(state, job);
      return lost;
    },
    nextDeadlineMs: () => deadlines.peek()?.deadlineMs ?? null,
    get waiting() {
      return waitingJobs.size;
    },
    get running() {
      return runningJobs.size;
    },
    perSecond: (nowMs) => rate.perSecond(nowMs),
    runningOn: (hostId) => hosts.get(hostId)?.running ?? 0,
  };
}

type State = ReturnType<typeof newState>;

function newState(startMs: number) {
  return {
    hosts: new Map<string, HostState>(),
    lanes: new Map<string, Lane>(),
    waitingJobs: new Map<string, Job>(),
    runningJobs: new Map<string, { readonly job: Job; readonly host: HostState }>(),
    waitingOfUser: new Map<string, number>(),
    deadlines: new IndexedHeap<Job>((a, b) => a.deadlineMs < b.deadlineMs, {
      get: (job) => job.inDeadlines,
      set: (job, at) => void (job.inDeadlines = at),
    }),
    rate: drainRate(startMs),
    jobsEver: 0,
  };
}

function leave(state: State, job: Job): void {
  state.lanes.get(job.model)?.remove(job);
  forget(state, job);
}

function expire(state: State, nowMs: number): Job[] {
  const late: Job[] = [];
  const { deadlines } = state;
  for (let job = deadlines.peek(); job !== undefined && job.deadlineMs <= nowMs; job = deadlines.peek()) {
    leave(state, job);
    late.push(job);
  }
  return late;
}

function settle(state: State, { id, tokens }: { readonly id: string; readonly tokens: number }, nowMs: number): void {
  const running = state.runningJobs.get(id);
  assert(running !== undefined, `job ${id} does not run`);
  state.runningJobs.delete(id);
  const { job, host } = running;
  host.running -= 1;
  const use = useOf(host, job.model);
  use.running -= 1;
  use.lastUsedMs = nowMs;
  state.lanes.get(job.model)?.settle(job, tokens);
  state.rate.ended(nowMs);
}

function refusal(state: State, options: SchedulerOptions, job: NewJob, nowMs: number): Rejection | null {
  const { hosts, waitingJobs, waitingOfUser, rate } = state;
  if (!isServed(hosts, job.model)) {
    const isKnown = [...hosts.values()].some(({ spec }) => spec.models.has(job.model));
    const reason = isKnown || hosts.size === 0 || !isAnyOpen(hosts) ? "no-host" : "no-model";
    return { reason, retryAfterMs: noHostRetryMs };
  }
  const isFull = waitingJobs.size >= options.waitingMax * waitingShares[job.rank];
  const hasTooMany = (waitingOfUser.get(job.userId) ?? 0) >= options.waitingPerUserMax;
  if (!isFull && !hasTooMany) return null;
  return { reason: "queue-full", retryAfterMs: retryAfterMs(waitingJobs.size, rate.perSecond(nowMs)) };
}

function isServed(hosts: State["hosts"], model: string): boolean {
  for (const host of hosts.values()) if (canServe(host, model)) return true;
  return false;
}

const isAnyOpen = (hosts: State["hosts"]): boolean => [...hosts.values()].some(({ spec }) => spec.runningMax > 0);

function enqueue(state: State, job: NewJob, queuedAtMs: number): void {
  const { lanes, waitingJobs, waitingOfUser, deadlines } = state;
  const queued: Job = { ...job, queuedAtMs, sequence: ++state.jobsEver, inFlow: -1, inDeadlines: -1, inAges: -1 };
  const own = lanes.get(job.model) ?? lane(job.model);
  lanes.set(job.model, own);
  own.add(queued);
  deadlines.add(queued);
  waitingJobs.set(job.id, queued);
  waitingOfUser.set(job.userId, (waitingOfUser.get(job.userId) ?? 0) + 1);
}

function forget({ waitingJobs, waitingOfUser, deadlines }: State, job: Job): void {
  waitingJobs.delete(job.id);
  deadlines.remove(job);
  const left = (waitingOfUser.get(job.userId) ?? 1) - 1;
  if (left === 0) waitingOfUser.delete(job.userId);
  else waitingOfUser.set(job.userId, left);
}

/** Of those models whose next job can start somewhere, the one whose job has waited longest, urgency counted as waiting. */
function bestChoice(given: Parameters<typeof chooseHost>[0]): { readonly lane: Lane; readonly choice: Choice } | null {
  const { hosts, lanes, nowMs } = given;
  for (const host of hosts.values())
    if (host.awaits !== null && (lanes.get(host.awaits)?.waiting ?? 0) === 0) host.awaits = null;
  let best: { lane: Lane; choice: Choice } | null = null;
  let bestAtMs = Infinity;
  for (const each of lanes.values()) {
    const job = each.peek();
    if (job === undefined || job.deadlineMs <= nowMs) continue;
    const choice = chooseHost(given, each);
    const atMs = job.queuedAtMs - rankBonusMs[job.rank];
    if (choice !== null && atMs < bestAtMs) [best, bestAtMs] = [{ lane: each, choice }, atMs];
  }
  return best;
}

function begin({ host, victim }: Choice, job: Job, nowMs: number): void {
  if (victim !== undefined) useOf(host, victim).isLoaded = false;
  if (host.awaits === job.model) host.awaits = null;
  load(host, job.model, nowMs);
  const use = useOf(host, job.model);
  use.running += 1;
  use.lastUsedMs = nowMs;
  host.running += 1;
}

function load(host: HostState, model: string, nowMs: number): void {
  const use = useOf(host, model);
  if (use.isLoaded) return;
  use.isLoaded = true;
  use.loadedAtMs = nowMs;
}
