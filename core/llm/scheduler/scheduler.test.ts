import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededEntropy } from "#adapters/memory/entropy.ts";
import { type HostSpec, type NewJob, type PriorityRank, schedulerDefaults } from "./model.ts";
import { type Scheduler, scheduler } from "./scheduler.ts";

const host = (over: Partial<HostSpec> = {}): HostSpec => ({
  id: "gpu-1",
  models: new Set(["m"]),
  slotsPerModel: 2,
  loadedMax: 1,
  runningMax: 8,
  ...over,
});
const job = (id: string, over: Partial<NewJob> = {}): NewJob => ({
  id,
  userId: "ann",
  model: "m",
  rank: 2,
  tokens: 100,
  deadlineMs: 1e9,
  ...over,
});
const setup = (over: Partial<typeof schedulerDefaults> = {}, ...hosts: HostSpec[]) => {
  const own = scheduler({ ...schedulerDefaults, ...over }, 0);
  for (const each of hosts.length === 0 ? [host()] : hosts) own.setHost(each);
  return own;
};
const startAll = (own: Scheduler, nowMs = 0) => {
  const started = [];
  for (let next = own.next(nowMs); next !== null; next = own.next(nowMs)) started.push(`${next.job.id}@${next.hostId}`);
  return started;
};

describe("places", () => {
  test("a host takes as many of a model as it has slots, and the next when one is free", () => {
    const own = setup();
    for (const id of ["1", "2", "3"]) expect(own.add(job(id), 0)).toBeNull();
    expect(startAll(own)).toEqual(["1@gpu-1", "2@gpu-1"]);
    own.settle("1", 100, 10);
    expect(startAll(own, 10)).toEqual(["3@gpu-1"]);
  });

  test("of two hosts that have the model the less loaded is next, and where a job has failed is the last resort", () => {
    const own = setup({}, host({ id: "a" }), host({ id: "b" }));
    own.setLoaded("a", new Set(["m"]), 0);
    own.setLoaded("b", new Set(["m"]), 0);
    for (const id of ["1", "2"]) own.add(job(id), 0);
    expect(startAll(own)).toEqual(["1@a", "2@b"]);
    own.settle("1", 100, 1);
    own.add(job("3", { avoidHostId: "a" }), 1);
    expect(startAll(own, 1)).toEqual(["3@b"]);
    own.add(job("4", { avoidHostId: "b" }), 1);
    own.add(job("5", { avoidHostId: "a" }), 1);
    own.add(job("6", { avoidHostId: "a" }), 1);
    expect(startAll(own, 1)).toEqual(["4@a", "5@a"]);
  });

  test("a host on probation takes one; one that is closed takes nothing, and what runs there still ends", () => {
    const own = setup({}, host({ runningMax: 1 }));
    for (const id of ["1", "2"]) own.add(job(id), 0);
    expect(startAll(own)).toEqual(["1@gpu-1"]);
    own.setHost(host({ runningMax: 0 }));
    expect(own.stranded().map(({ id }) => id)).toEqual(["2"]);
    own.settle("1", 1, 5);
    expect([own.waiting, own.running, own.runningOn("gpu-1")]).toEqual([0, 0, 0]);
  });
});

describe("refusals", () => {
  test("without a host, without one that is open, and for a model that nobody has, it is said at once which of these", () => {
    const empty = scheduler(schedulerDefaults, 0);
    expect(empty.add(job("1"), 0)).toEqual({ reason: "no-host", retryAfterMs: 5_000 });
    expect(setup({}, host({ runningMax: 0 })).add(job("1"), 0)).toMatchObject({ reason: "no-host" });
    expect(setup().add(job("1", { model: "unheard-of" }), 0)).toMatchObject({ reason: "no-model" });
  });

  test("a full queue is full for the least urgent first, and says how long what waits will take", () => {
    const own = setup({ waitingMax: 100 });
    for (let n = 0; n < 40; n++) {
      own.add(job(`run-${n}`), n * 100);
      startAll(own, n * 100);
      own.settle(`run-${n}`, 100, n * 100);
    }
    const results = [3, 2, 1, 0].map((rank) => {
      let taken = 0;
      while (own.add(job(`${rank}-${taken}`, { rank: rank as PriorityRank }), 4_000) === null) taken += 1;
      return own.waiting;
    });
    expect(results).toEqual([70, 85, 95, 100]);
    // Ten a second ended.
    const rejection = own.add(job("more", { rank: 0 }), 4_000);
    expect(rejection).toMatchObject({ reason: "queue-full" });
    expect(rejection!.retryAfterMs).toBeGreaterThan(8_000);
    expect(rejection!.retryAfterMs).toBeLessThan(12_000);
  });

  test("one user cannot fill the queue", () => {
    const own = setup({ waitingPerUserMax: 3 });
    for (const id of ["1", "2", "3"]) expect(own.add(job(id), 0)).toBeNull();
    expect(own.add(job("4"), 0)).toMatchObject({ reason: "queue-full" });
    expect(own.add(job("5", { userId: "bob" }), 0)).toBeNull();
  });
});

test("a job that becomes more urgent overtakes what it waited behind", () => {
  const own = setup({}, host({ slotsPerModel: 1 }));
  for (const id of ["1", "2", "3"]) own.add(job(id, { userId: id }), 0);
  own.amend("3", { rank: 0, deadlineMs: 1e9 }, 0);
  expect(startAll(own)).toEqual(["3@gpu-1"]);
  expect(own.waiting).toBe(2);
});

type Act = { readonly kind: "add" | "next" | "settle" | "cancel" | "expire" | "hosts"; readonly n: number };
const acts = fc.array(
  fc.record({
    kind: fc.constantFrom<Act["kind"]>("add", "add", "add", "next", "next", "settle", "cancel", "expire", "hosts"),
    n: fc.nat({ max: 1_000 }),
  }),
  { maxLength: 300 },
);

test("whatever happens, no job is lost, none runs twice, no host has more than it may, and no slot leaks", () => {
  fc.assert(
    fc.property(acts, (all) => {
      const own = setup({ waitingMax: 60, waitingPerUserMax: 30 }, host({ models: new Set(["m", "x"]), loadedMax: 2 }));
      own.setHost(host({ id: "gpu-2", models: new Set(["m"]) }));
      const [added, started, gone] = [new Set<string>(), new Map<string, string>(), new Set<string>()];
      const leave = (id: string) => {
        expect(gone.has(id)).toBe(false);
        gone.add(id);
      };
      let nowMs = 0;
      const step = ({ kind, n }: Act) => {
        nowMs += n % 50;
        if (kind === "add") {
          const id = `j${added.size}`;
          const model = n % 3 === 0 ? "x" : "m";
          const given = job(id, {
            userId: `u${n % 5}`,
            model,
            rank: (n % 4) as PriorityRank,
            tokens: 1 + n,
            deadlineMs: nowMs + n,
          });
          added.add(id);
          if (own.add(given, nowMs) !== null) leave(id);
        } else if (kind === "next") {
          const dispatch = own.next(nowMs);
          if (dispatch === null) return;
          expect(started.has(dispatch.job.id) || gone.has(dispatch.job.id)).toBe(false);
          expect(dispatch.job.deadlineMs).toBeGreaterThan(nowMs);
          started.set(dispatch.job.id, dispatch.hostId);
        } else if (kind === "settle") {
          const id = [...started.keys()][n % Math.max(1, started.size)];
          if (id === undefined) return;
          own.settle(id, n, nowMs);
          started.delete(id);
          leave(id);
        } else if (kind === "cancel") {
          const id = `j${n % Math.max(1, added.size)}`;
          const was = own.cancel(id);
          expect(was).toBe(started.has(id) ? "running" : gone.has(id) || !added.has(id) ? null : "waiting");
          if (was === "waiting") leave(id);
        } else if (kind === "expire") {
          for (const { id } of own.expire(nowMs)) leave(id);
        } else {
          own.setHost(host({ id: "gpu-2", runningMax: n % 3 }));
          for (const { id } of own.stranded()) leave(id);
        }
        expect([...started.values()].filter((on) => on === "gpu-1").length).toBeLessThanOrEqual(8);
      };
      for (const act of all) step(act);
      for (const id of started.keys()) {
        own.settle(id, 1, nowMs);
        leave(id);
      }
      own.setHost(host({ id: "gpu-2" }));
      for (nowMs += 1_000; own.waiting > 0; nowMs += 1_000) {
        for (const { id } of own.expire(nowMs)) leave(id);
        for (let next = own.next(nowMs); next !== null; next = own.next(nowMs)) {
          own.settle(next.job.id, 1, nowMs);
          leave(next.job.id);
        }
      }
      expect(gone).toEqual(added);
      expect([own.waiting, own.running, own.runningOn("gpu-1"), own.runningOn("gpu-2")]).toEqual([0, 0, 0, 0]);
    }),
    { numRuns: 300 },
  );
});

test("ten thousand cancels at random moments leak no slot", () => {
  const own = setup({ waitingMax: 500 }, host({ slotsPerModel: 8 }), host({ id: "gpu-2", slotsPerModel: 8 }));
  const { uint32 } = seededEntropy(3);
  const running = new Set<string>();
  let cancels = 0;
  for (let n = 0; cancels < 10_000; n++) {
    own.add(job(`j${n}`, { userId: `u${n % 7}`, rank: (n % 4) as PriorityRank }), n);
    for (let next = own.next(n); next !== null; next = own.next(n)) running.add(next.job.id);
    const was = own.cancel(`j${n - (uint32() % 40)}`);
    if (was === null) continue;
    cancels += 1;
    const oldest = [...running][uint32() % running.size]!;
    running.delete(oldest);
    own.settle(oldest, 10, n);
  }
  for (const id of running) own.settle(id, 1, 1e6);
  const before = own.waiting;
  for (let n = 0; n < before; n++) {
    const next = own.next(1e6);
    own.settle(next!.job.id, 1, 1e6);
  }
  expect([own.waiting, own.running, own.runningOn("gpu-1"), own.runningOn("gpu-2")]).toEqual([0, 0, 0, 0]);
});
