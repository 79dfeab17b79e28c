import { parentPort, workerData } from "node:worker_threads";
import { encodePlanet } from "#core/sim/planet/storage.ts";
import { generateFor } from "#core/world/make-planet.ts";
import type { PlanetGenerator } from "#core/world/spec.ts";

// The whole of a planet's thread: see planet-thread.ts.

export type ThreadReport =
  | { readonly type: "progress"; readonly stage: string; readonly share: number }
  | { readonly type: "done"; readonly planet: Uint8Array };

/** Between two reports of progress. */
const reportEveryMs = 100;

const tell = (report: ThreadReport) => parentPort?.postMessage(report);
const generation = generateFor(workerData as PlanetGenerator);
let toldMs = -Infinity;
for (let step = generation.next(); ; step = generation.next()) {
  if (step.done === true) {
    tell({ type: "done", planet: encodePlanet(step.value) });
    break;
  }
  if (performance.now() - toldMs < reportEveryMs) continue;
  toldMs = performance.now();
  tell({ type: "progress", ...step.value });
}
