// Worlds per core at 10 Hz: 1,000 in which one player idles and 100 in which ten players walk, all in this one process, beside a bare timer
// loop of as many timers in a process of the same kind. Everything but the worlds themselves is in memory and free of charge.
// Budget (targets.md): tick start p99 ≤ 20 ms late; ≤ 64 KB for an idle world without its terrain; a world asleep costs nothing.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { quantile } from "./support/statistics.ts";
import { bareTimers, lateness, type WorldsRig, worldsRig } from "./support/worlds-rig.ts";

const isSmoke = process.argv.includes("--smoke");
const idle = isSmoke ? 20 : 1_000;
const busy = isSmoke ? 4 : 100;
const playersBusy = 10;
const seconds = isSmoke ? 1 : 10;
const rounds = isSmoke ? 1 : 3;
const asleep = isSmoke ? 50 : 2_000;

console.log(
  `worlds: ${idle} with one idle player, ${busy} with ${playersBusy} who walk (a command a second each); ${rounds} rounds of ${seconds} s`,
);

await memory();
await using rig = worldsRig();
await rig.fill(idle, 1);
await rig.fill(busy, playersBusy);
await rig.start();
await sleep(isSmoke ? 500 : 5_000);
for (let round = 0; round < rounds; round++) {
  const floor = await measure(() => bareTimers(idle + busy, seconds * 1000));
  report("bare timers (floor)", floor);
  const ours = await measure(() => ticksOf(rig));
  report("worlds", ours);
}
await rig.stop();
await sleeping();

type Measured = { readonly lateMs: readonly number[]; readonly cpuShare: number; readonly loopMaxMs: number };

async function measure(work: () => Promise<readonly number[]>): Promise<Measured> {
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  const [startedMs, cpu] = [performance.now(), process.cpuUsage()];
  const lateMs = await work();
  const { user, system } = process.cpuUsage(cpu);
  loop.disable();
  return { lateMs, cpuShare: (user + system) / 1000 / (performance.now() - startedMs), loopMaxMs: loop.max / 1e6 };
}

function report(name: string, { lateMs, cpuShare, loopMaxMs }: Measured): void {
  const [p50, p99, max] = [quantile(lateMs, 0.5), quantile(lateMs, 0.99), Math.max(...lateMs)].map((ms) =>
    ms.toFixed(1),
  );
  const rate = Math.round(lateMs.length / seconds);
  const share = `${Math.round(cpuShare * 100)} % of a core`;
  console.log(
    `${name.padEnd(22)} ${rate} ticks/s, late p50 ${p50} p99 ${p99} max ${max} ms, ${share}, loop held up ≤ ${loopMaxMs.toFixed(0)} ms`,
  );
}

/** How late each tick begins, by the boundaries that the world's own clock names; every busy player walks once a second meanwhile. */
async function ticksOf(worlds: WorldsRig): Promise<readonly number[]> {
  const late = lateness(worlds);
  const walking = worlds.walk(seconds * 1000);
  await sleep(seconds * 1000);
  await walking;
  return late.stop();
}

async function memory(): Promise<void> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  await using few = worldsRig();
  await few.fill(10, 0);
  await few.start();
  const count = isSmoke ? 50 : 2_000;
  const used = async () => {
    await sleep(1_500);
    collect();
    collect();
    return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  };
  const registered = await few.fill(count, 0);
  const before = await used();
  await few.open(registered);
  const after = await used();
  console.log(
    `memory of an idle world: ${((after - before) / count / 1024).toFixed(1)} KB (of ${count}, without terrain)`,
  );
}

/** The same process with and without a registry full of worlds that sleep. */
async function sleeping(): Promise<void> {
  await using none = worldsRig();
  await none.start();
  const without = await measure(() => sleep(seconds * 1000).then(() => [0]));
  await none.stop();
  await using many = worldsRig();
  await many.fill(asleep, 0, { isAsleep: true });
  await many.start();
  const withThem = await measure(() => sleep(seconds * 1000).then(() => [0]));
  const share = ({ cpuShare }: Measured) => `${(cpuShare * 100).toFixed(2)} %`;
  console.log(
    `${asleep} worlds asleep: ${share(withThem)} of a core, none: ${share(without)}; ${many.owned()} of them run`,
  );
}
