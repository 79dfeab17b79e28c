// A simulated month of one world at a hundredfold pace, tick by tick, with five players who do something every ten seconds of real time.
// Beside it the same month of the bare clock that drives it.
// Budget: the heap after the last day is within a tenth (or 3 MB) of the heap after the fifth; no tick is missing.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { manualClock } from "#adapters/memory/clock.ts";
import { unguarded } from "#workers/world/guard.ts";
import { worldsRig } from "./support/worlds-rig.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const days = process.argv.includes("--smoke") ? 6 : 30;
const dilation = 100;
const dayMs = 86_400_000 / dilation;
const pauseMs = 10_000;

const clock = manualClock();
await using rig = worldsRig({ clock, isForgetful: true, dilation, guard: unguarded });
await rig.fill(1, 5);
const start = rig.start();
await clock.advance(1_000);
await start;
let ticks = 0;
rig.onTick(() => ticks++);
const beganAtMs = clock.monotonicMs();

const heapMb: number[] = [];
const startedMs = performance.now();
for (let day = 1; day <= days; day++) {
  for (let ms = 0; ms < dayMs; ms += pauseMs) {
    await rig.command(["n", "say what a day", "s", "look"][(ms / pauseMs) % 4]!);
    await clock.advance(pauseMs);
  }
  collect();
  heapMb.push(process.memoryUsage().heapUsed / 2 ** 20);
}
const tookS = (performance.now() - startedMs) / 1000;

const bare = manualClock();
const bareStartedMs = performance.now();
let bareTicks = 0;
const loop = (async () => {
  for (; bareTicks < (days * dayMs) / 100; bareTicks++) await bare.sleep(100);
})();
await bare.advance(days * dayMs);
await loop;
const bareS = (performance.now() - bareStartedMs) / 1000;

const [early, late] = [heapMb[4]!, heapMb.at(-1)!];
const wanted = (clock.monotonicMs() - beganAtMs) / 100;
console.log(
  `soak: ${days} days at ${dilation}×, ${ticks} of ${Math.round(wanted)} ticks in ${tookS.toFixed(1)} s; the bare clock ${bareS.toFixed(1)} s`,
);
console.log(
  `heap after day 5: ${early.toFixed(1)} MB, after day ${days}: ${late.toFixed(1)} MB, at most ${Math.max(...heapMb).toFixed(1)} MB`,
);
const isFlat = late <= Math.max(early * 1.1, early + 3);
if (!isFlat || Math.abs(ticks - wanted) > wanted / 1000) {
  console.log("NOT flat, or ticks are missing");
  process.exitCode = 1;
}
const stop = rig.stop();
await clock.advance(60_000);
await stop;
