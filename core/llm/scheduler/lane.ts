import { IndexedHeap } from "./indexed-heap.ts";
import type { Job, PriorityRank } from "./model.ts";

// What waits for one model. Start-time fair queuing (Goyal, Vin, Cheng 1996) on two levels: priorities share the model by weight, and the
// users of a priority share it equally. A flow's tag is the virtual moment at which its next job starts; whoever has the least is next, and
// pays for it with the tokens expected, corrected at settlement by those that it really took. Who comes anew starts at the present: he
// neither waits behind what a hog has queued nor is paid for the time he was away. Within a user the earliest deadline is first.

/** Tokens of each priority while all of them wait: nobody starves, and the urgent hardly notice the others. */
export const priorityWeights = [64, 16, 4, 1] as const;
/** Users whose past is remembered beyond what waits. Of one forgotten only what he took ahead of his turn is. */
const idleFlowsMax = 4_096;

type Flow = { readonly userId: string; readonly jobs: IndexedHeap<Job>; tag: number; inClass: number };
type PriorityClass = {
  readonly weight: number;
  readonly flows: Map<string, Flow>;
  readonly waiting: IndexedHeap<Flow>;
  tag: number;
  virtual: number;
};

export type Lane = {
  readonly model: string;
  readonly waiting: number;
  add(job: Job): void;
  /** False where it does not wait here. */
  remove(job: Job): boolean;
  /** The one whose turn it is. */
  peek(): Job | undefined;
  /** The one whose turn it is; from now on its user has had its tokens. */
  take(): Job | undefined;
  /** What a job really took, in place of what was expected. */
  settle(job: Job, tokens: number): void;
  /** The one that has waited longest. */
  oldest(): Job | undefined;
};

export function lane(model: string): Lane {
  const classes = priorityWeights.map((weight) => newClass(weight));
  const ages = new IndexedHeap<Job>((a, b) => a.sequence < b.sequence, {
    get: (job) => job.inAges,
    set: (job, at) => void (job.inAges = at),
  });
  let virtual = 0;
  let waiting = 0;

  const classOf = (rank: PriorityRank) => classes[rank] as PriorityClass;
  const next = (): PriorityClass | null => {
    let first: PriorityClass | null = null;
    for (const each of classes) if (each.waiting.size > 0 && (first === null || each.tag < first.tag)) first = each;
    return first;
  };
  const remove = (job: Job): boolean => {
    const { flows, waiting: turns } = classOf(job.rank);
    const flow = flows.get(job.userId);
    if (flow === undefined || !flow.jobs.remove(job)) return false;
    ages.remove(job);
    if (flow.jobs.size === 0) turns.remove(flow);
    waiting -= 1;
    return true;
  };

  return {
    model,
    get waiting() {
      return waiting;
    },
    add(job) {
      const group = classOf(job.rank);
      if (group.waiting.size === 0) group.tag = Math.max(group.tag, virtual);
      const flow = group.flows.get(job.userId) ?? newFlow(group, job.userId);
      flow.jobs.add(job);
      ages.add(job);
      waiting += 1;
      if (flow.jobs.size > 1) return;
      flow.tag = Math.max(flow.tag, group.virtual);
      group.waiting.add(flow);
    },
    remove,
    peek: () => next()?.waiting.peek()?.jobs.peek(),
    take() {
      const group = next();
      const flow = group?.waiting.peek();
      const job = flow?.jobs.peek();
      if (group === null || flow === undefined || job === undefined) return undefined;
      virtual = group.tag;
      group.virtual = flow.tag;
      remove(job);
      charge(group, flow, job.tokens);
      return job;
    },
    settle(job, tokens) {
      const group = classOf(job.rank);
      const flow = group.flows.get(job.userId);
      if (flow !== undefined) charge(group, flow, tokens - job.tokens);
    },
    oldest: () => ages.peek(),
  };
}

function charge(group: PriorityClass, flow: Flow, tokens: number): void {
  flow.tag += tokens;
  group.waiting.moved(flow);
  group.tag += tokens / group.weight;
}

function newClass(weight: number): PriorityClass {
  const waiting = new IndexedHeap<Flow>((a, b) => a.tag < b.tag, {
    get: (flow) => flow.inClass,
    set: (flow, at) => void (flow.inClass = at),
  });
  return { weight, flows: new Map(), waiting, tag: 0, virtual: 0 };
}

function newFlow(group: PriorityClass, userId: string): Flow {
  if (group.flows.size - group.waiting.size > idleFlowsMax) forgetIdle(group);
  const jobs = new IndexedHeap<Job>(
    (a, b) => a.deadlineMs < b.deadlineMs || (a.deadlineMs === b.deadlineMs && a.sequence < b.sequence),
    { get: (job) => job.inFlow, set: (job, at) => void (job.inFlow = at) },
  );
  const flow: Flow = { userId, jobs, tag: group.virtual, inClass: -1 };
  group.flows.set(userId, flow);
  return flow;
}

/** First those whose past is past; where that does not do, the others as well. */
function forgetIdle({ flows, virtual }: PriorityClass): void {
  for (const [userId, flow] of flows) if (flow.jobs.size === 0 && flow.tag <= virtual) flows.delete(userId);
  if (flows.size <= idleFlowsMax) return;
  for (const [userId, flow] of flows) if (flow.jobs.size === 0) flows.delete(userId);
}
