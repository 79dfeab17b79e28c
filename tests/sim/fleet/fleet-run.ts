import { inspect } from "node:util";
import { noMetrics } from "#adapters/memory/metrics.ts";
import { assert } from "#core/lib/assert.ts";
import type { WorldId } from "#core/lib/ids.ts";
import type { Leases } from "#core/ports/leases.ts";
import type { Log } from "#core/ports/system.ts";
import { worldFreed } from "#core/protocol/subjects.ts";
import { Placement } from "#core/world/placement.ts";
import type { WorldRecord } from "#core/world/spec.ts";
import { rng } from "#core/sim/rng.ts";
import { worldRecord } from "#tests/support/records.ts";
import { Fleet, type FleetContext, type RunTaken } from "#workers/world/fleet.ts";
import { unguarded } from "#workers/world/guard.ts";
import { createProcess, type SimProcess } from "../process.ts";
import { createScheduler } from "../scheduler.ts";
import { leaseTable, type Work } from "./lease-table.ts";

// The fleet as it is (workers/world/fleet.ts), in simulated time; only worlds are hollow: they take so long to open and to stop as docs/reliability.md says.

export const leaseMs = 15_000;
/** A statement there and back, in one region. */
const statementMs = 2;
const newsMs = 1;
/** Tasks that are started together are up within so long of each other. */
const startMsMost = 1_000;
const openMs = { least: 50, most: 150 };
const stopMs = { least: 20, most: 100 };
const happeningsMax = 50_000_000;

export type Worker = {
  readonly name: string;
  readonly zone: number;
  readonly process: SimProcess;
  readonly fleet: Fleet;
  readonly keeping: Promise<void>;
};

export type FleetRun = {
  readonly workers: readonly Worker[];
  /** How long each world that has changed hands was without an owner that runs it. Since the last `forget`, as is the busiest second. */
  readonly gapsMs: readonly number[];
  readonly work: Readonly<Work>;
  /** What must never be, in words. */
  readonly violations: readonly string[];
  /** Since the beginning. */
  nowMs(): number;
  /** Worlds that nobody runs. */
  idle(): number;
  forget(): void;
  add(zone: number): Worker;
  /** kill −9, all at one moment. */
  kill(workers: readonly Worker[]): void;
  /** SIGTERM: gives up all in good order, and ends. */
  stop(worker: Worker): Promise<void>;
  /** Somebody sends something to a world: every worker hears that it is wanted. */
  want(index: number): void;
  pass(ms: number): Promise<void>;
};

type Runs = { readonly by: Worker } | { readonly by: null; readonly sinceMs: number };

export function startFleet({ worlds: count, seed }: { readonly worlds: number; readonly seed: number }): FleetRun {
  const scheduler = createScheduler(happeningsMax);
  const random = rng(seed, "fleet");
  const between = ({ least, most }: { readonly least: number; readonly most: number }) =>
    least + random.float() * (most - least);
  const worlds = Array.from({ length: count }, (_, i) => worldIdOf(seed, i));
  const { table, work, leaseOf } = leaseTable(worlds, scheduler);
  const runs = new Map<WorldId, Runs>(worlds.map((id) => [id, { by: null, sinceMs: 0 }]));
  // The same answers for all; each its own would be as many times the work.
  const placement = new Placement(count);
  let workers: Worker[] = [];
  let gapsMs: number[] = [];
  let idle = count;
  let born = 0;
  const violations: string[] = [];

  const stopped = (id: WorldId, by: Worker): void => {
    const now = runs.get(id)!;
    if (now.by !== by) return;
    idle += 1;
    runs.set(id, { by: null, sinceMs: scheduler.nowMs() });
  };
  const runTaken = (self: () => Worker): RunTaken => {
    return async ({ id }, { fence }) => {
      const worker = self();
      await worker.process.clock.sleep(between(openMs));
      const before = runs.get(id)!;
      assert(before.by === null, `${worker.name} runs ${id}, and ${before.by?.name} does`);
      assert(fence === leaseOf(id).fence, `${worker.name} runs ${id} with an old fence`);
      gapsMs.push(scheduler.nowMs() - before.sinceMs);
      idle -= 1;
      runs.set(id, { by: worker });
      return {
        runner: {
          ended: new Promise(() => {}),
          async stop() {
            stopped(id, worker);
            await worker.process.clock.sleep(between(stopMs));
          },
        },
        stopServing: async () => {},
      };
    };
  };
  const tell = (hear: (worker: Worker) => void): void => {
    for (const worker of workers) scheduler.after(newsMs, () => worker.process.enter(() => hear(worker)));
  };
  const bus: FleetContext["bus"] = {
    publish(news, message) {
      assert(news.subject === worldFreed.subject, "the fleet tells of nothing else");
      const { worldId } = message as { worldId: WorldId };
      tell(({ fleet }) => fleet.freed(worldId));
    },
  };

  return {
    get workers() {
      return workers;
    },
    get gapsMs() {
      return gapsMs;
    },
    work,
    violations,
    nowMs: scheduler.nowMs,
    idle: () => idle,
    forget() {
      gapsMs = [];
      work.statementsPerSMost = 0;
    },
    add(zone) {
      const process = createProcess(scheduler, `world-${born++}`, 0, { rate: 1, wallOffsetMs: 0 });
      const ctx: FleetContext = {
        bus,
        clock: process.clock,
        leases: overTheWire(table, process),
        inputs: { waiting: async () => [] },
        log: watched(process, violations),
        metrics: noMetrics,
        worlds: { getMany: async (ids) => ids.map(recordOf), setFault: async () => {} },
      };
      const options = { owner: process.name, leaseMs, sleepAfterMs: Infinity, guard: unguarded };
      const fleet = new Fleet(
        ctx,
        options,
        runTaken(() => worker),
        placement,
      );
      const keeping = process.clock.sleep(random.float() * startMsMost).then(() => begin(fleet));
      const worker: Worker = { name: process.name, zone, process, fleet, keeping };
      workers = [...workers, worker];
      return worker;
    },
    kill(victims) {
      const dead = new Set(victims);
      workers = workers.filter((worker) => !dead.has(worker));
      for (const { process } of dead) process.kill();
      for (const [id, { by }] of runs) if (by !== null && dead.has(by)) stopped(id, by);
    },
    stop(worker) {
      const { fleet, keeping } = worker;
      workers = workers.filter((other) => other !== worker);
      fleet.stop();
      return keeping.then(() => fleet.giveUpAll());
    },
    want(index) {
      const id = worlds[index % count]!;
      tell(({ fleet }) => fleet.call(id));
    },
    pass: (ms) => scheduler.run(scheduler.nowMs() + ms),
  };
}

/** As workers/world/service.ts does it. */
async function begin(fleet: Fleet): Promise<void> {
  await fleet.round();
  await fleet.keepGoing();
}

/** Answers come a statement later, and to the dead never. */
function overTheWire(leases: Leases, { clock }: SimProcess): Leases {
  const late = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    await clock.sleep(statementMs / 2);
    const result = await work();
    await clock.sleep(statementMs / 2);
    return result;
  };
  return {
    acquire: (...args) => late(() => leases.acquire(...args)),
    renew: (...args) => late(() => leases.renew(...args)),
    look: (...args) => late(() => leases.look(...args)),
    release: (...args) => late(() => leases.release(...args)),
    sleep: (...args) => late(() => leases.sleep(...args)),
    unowned: (...args) => late(() => leases.unowned(...args)),
    leave: (...args) => late(() => leases.leave(...args)),
  };
}

function worldIdOf(seed: number, index: number): WorldId {
  const random = rng(seed, "world", index);
  const hex = [0, 1, 2, 3].map(() => random.uint32().toString(16).padStart(8, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, "$1-$2-$3-$4-$5") as WorldId;
}

const anyWorld = worldRecord(1);

function recordOf(id: WorldId): WorldRecord {
  return { ...anyWorld, id };
}

/** Nothing around the fleet fails here, so whatever does is a bug. */
function watched({ name }: SimProcess, violations: string[]): Log {
  const note = (fields: object, message: string) => void violations.push(`${name}: ${message}: ${inspect(fields)}`);
  return { debug() {}, info() {}, warn: note, error: note };
}
