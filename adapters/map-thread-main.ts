import { parentPort, workerData } from "node:worker_threads";
import { reduceColours } from "#core/sim/picture/reduce-colours.ts";
import { type PaintedMap, paintMap } from "#core/world/paint-map.ts";
import type { WorldSpec } from "#core/world/spec.ts";
import { encodeIndexedPng } from "./png.ts";

// The whole of a picture's thread: see map-thread.ts.

export type MapWork = { readonly spec: WorldSpec; readonly planet: Uint8Array | null; readonly wanted: PaintedMap };

const { spec, planet, wanted } = workerData as MapWork;
const png = encodeIndexedPng(reduceColours(paintMap(spec, planet, wanted)));
parentPort?.postMessage(Buffer.from(png).toString("base64"));
