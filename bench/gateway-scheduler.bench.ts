// The scheduler of the AI gateway alone: enqueue + dispatch + settle, with 1,000 users and 10,000 jobs waiting, beside the floor, a plain
// array used as a queue with a map of ids. Budget (targets.md): ≥ 200,000 enqueue + dispatch a second.
import type { NewJob, PriorityRank } from "#core/llm/scheduler/model.ts";
import { schedulerDefaults } from "#core/llm/scheduler/model.ts";
import { scheduler } from "#core/llm/scheduler/scheduler.ts";
import { summary } from "./support/statistics.ts";

const isSmoke = process.argv.includes("--smoke");
const rounds = isSmoke ? 1 : 9;
const jobs = isSmoke ? 2_000 : 200_000;
const waiting = isSmoke ? 500 : 10_000;
const users = 1_000;

const jobOf = (n: number): NewJob => ({
  id: `job-${n}`,
  userId: `user-${(n * 7919) % users}`,
  model: "m",
  rank: (n % 4) as PriorityRank,
  tokens: 50 + ((n * 31) % 400),
  deadlineMs: 1e9 + ((n * 104_729) % 60_000),
});
const given = Array.from({ length: jobs + waiting }, (_, n) => jobOf(n));

function ours(): number {
  const own = scheduler({ ...schedulerDefaults, waitingMax: 4 * waiting, waitingPerUserMax: waiting }, 0);
  for (const id of ["a", "b", "c", "d"])
    own.setHost({ id, models: new Set(["m"]), slotsPerModel: 8, loadedMax: 1, runningMax: 8 });
  for (let n = 0; n < waiting; n++) own.add(given[n] as NewJob, 0);
  const startedMs = performance.now();
  for (let n = waiting; n < jobs + waiting; n++) {
    own.add(given[n] as NewJob, n);
    const next = own.next(n);
    if (next === null) throw new Error("nothing to start");
    own.settle(next.job.id, next.job.tokens + 3, n);
  }
  const perSecond = (jobs / (performance.now() - startedMs)) * 1000;
  if (own.waiting !== waiting) throw new Error("a job was lost");
  return perSecond;
}

function floor(): number {
  const [queue, byId] = [[] as NewJob[], new Map<string, NewJob>()];
  let head = 0;
  const add = (job: NewJob) => {
    queue.push(job);
    byId.set(job.id, job);
  };
  for (let n = 0; n < waiting; n++) add(given[n] as NewJob);
  const startedMs = performance.now();
  for (let n = waiting; n < jobs + waiting; n++) {
    add(given[n] as NewJob);
    byId.delete((queue[head++] as NewJob).id);
  }
  return (jobs / (performance.now() - startedMs)) * 1000;
}

const [own, plain]: [number[], number[]] = [[], []];
for (let round = 0; round < rounds; round++) {
  plain.push(floor());
  own.push(ours());
}
const [a, b] = [summary(own), summary(plain)];
console.log(
  `scheduler: ${rounds} interleaved rounds, ${users} users, ${waiting} waiting, ${jobs} enqueued + dispatched + settled`,
);
console.log(`ours            ${Math.round(a.min)} ${Math.round(a.median)} a second (min, median)`);
console.log(
  `array (floor)   ${Math.round(b.min)} ${Math.round(b.median)} a second; the floor has no order, no users, no hosts`,
);
