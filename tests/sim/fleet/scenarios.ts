import { assert } from "#core/lib/assert.ts";
import { Placement } from "#core/world/placement.ts";
import { type FleetRun, startFleet } from "./fleet-run.ts";
import { type Size, zones } from "./sizes.ts";

/** Of one event: how long worlds stood still, and when all was as it should be again. */
export type Disturbance = {
  readonly worldsMoved: number;
  readonly gapMsMedian: number;
  readonly gapMsMost: number;
  /** From the event until every world runs where it belongs. */
  readonly settledMs: number;
  /** Of the database, in the busiest second. */
  readonly statementsPerSMost: number;
};

export type FleetReport = {
  readonly worlds: number;
  /** The fullest worker's worlds, as a multiple of the mean. */
  readonly fullest: number;
  /** Of the database, a second, with nothing but play. */
  readonly statementsPerS: number;
  readonly rowsWrittenPerS: number;
  readonly oneKilled: Disturbance;
  readonly zoneLost: Disturbance;
  /** As many as the zone had come again. */
  readonly zoneBack: Disturbance;
  /** A release: as many new ones beside the old, then all old ones are asked to end. */
  readonly release: Disturbance;
  readonly violations: readonly string[];
};

const calmMs = 10_000;
const settleMsMost = 180_000;
const stepMs = 100;
/** From a task's start until the balancer and ECS call it healthy, and the old one is told to stop. */
const healthyMs = 30_000;

/** `wants`: news of somebody who wants a world, a second. */
export async function fleetReport(size: Size, { seed, wants }: { readonly seed: number; readonly wants: number }) {
  const run = startFleet({ worlds: size.worlds, seed });
  for (let i = 0; i < size.workers; i++) run.add(i % zones);
  await settled(run);
  const fullest = Math.max(...run.workers.map(({ fleet }) => fleet.owned.size)) / (size.worlds / size.workers);

  const calm = { ...run.work };
  for (let i = 0; i < (wants * calmMs) / 1000; i++) {
    run.want(i);
    await run.pass(1000 / wants);
  }
  if (wants === 0) await run.pass(calmMs);
  const perS = (from: number, to: number, ms: number) => Math.round(((to - from) * 1000) / ms);
  const statementsPerS = perS(calm.statements, run.work.statements, calmMs);
  const rowsWrittenPerS = perS(calm.rowsWritten, run.work.rowsWritten, calmMs);

  const oneKilled = await disturbed(run, () => run.kill(run.workers.slice(0, 1)));
  run.add(0);
  await settled(run);
  const lost = run.workers.filter(({ zone }) => zone === 0);
  const zoneLost = await disturbed(run, () => run.kill(lost));
  const zoneBack = await disturbed(run, () => {
    for (let i = run.workers.length; i < size.workers; i++) run.add(0);
  });
  const release = await disturbed(run, () => replaceAll(run));
  const report: FleetReport = {
    worlds: size.worlds,
    fullest,
    statementsPerS,
    rowsWrittenPerS,
    oneKilled,
    zoneLost,
    zoneBack,
    release,
    violations: run.violations,
  };
  return report;
}

async function disturbed(run: FleetRun, disturb: () => void | Promise<void>): Promise<Disturbance> {
  run.forget();
  const fromMs = run.nowMs();
  await disturb();
  await settled(run);
  const gaps = run.gapsMs.toSorted((one, other) => one - other);
  return {
    worldsMoved: gaps.length,
    gapMsMedian: Math.round(gaps[gaps.length >> 1] ?? 0),
    gapMsMost: Math.round(gaps.at(-1) ?? 0),
    settledMs: run.nowMs() - fromMs,
    statementsPerSMost: run.work.statementsPerSMost,
  };
}

async function replaceAll(run: FleetRun): Promise<void> {
  const old = run.workers;
  for (const { zone } of old) run.add(zone);
  await run.pass(healthyMs);
  const gone = old.map((worker) => run.stop(worker));
  let isOver = false;
  void Promise.all(gone).then(() => (isOver = true));
  while (!isOver) await run.pass(stepMs);
}

/** Until every world runs on the worker that it belongs to, as everybody will reckon it. */
async function settled(run: FleetRun): Promise<void> {
  const untilMs = run.nowMs() + settleMsMost;
  const placement = new Placement(Infinity);
  placement.see(new Set(run.workers.map(({ name }) => name)));
  const isAtHome = () =>
    run.workers.every(({ fleet, name }) => [...fleet.owned].every((id) => placement.ownerOf(id) === name));
  do {
    await run.pass(stepMs);
    assert(run.nowMs() < untilMs, `${run.idle()} worlds are idle after ${settleMsMost} ms`);
  } while (run.idle() > 0 || !isAtHome());
}
