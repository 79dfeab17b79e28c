import { assert } from "../../lib/assert.ts";
import { hashWords } from "../hash.ts";
import type { SphereGrid } from "../sphere-grid.ts";
import { stepCyclones } from "./cyclones.ts";
import { stepExtremes } from "./extremes.ts";
import { layerCount } from "./layers.ts";
import { createModel, type Model, type Surface } from "./model.ts";
import { type Planet, spinRate } from "./planet.ts";
import { putGeopotential } from "./pressure-force.ts";
import { addPush, type Push } from "./push.ts";
import { startAtRest } from "./start.ts";
import { at, stateVersion } from "./state.ts";
import { stepDynamics, stepPhysics } from "./step.ts";
import type { TuningValues } from "./tuning.ts";

// The weather of one world: a pure function of grid, land, planet, seed and the inputs at their steps. It runs in one thread; the state
// may lie in shared memory, and others read a copy of it (`copyTo`). Steps are of one length for a world, chosen for its grid and its
// air; when winds are strong each is divided in 2, 4 or 8, by a rule that reads the state only: replay takes the same path.

export type Weather = {
  /** The length of a step in game seconds: 3600/2^n. */
  readonly stepS: number;
  readonly model: Model;
  /** Steps done since the beginning of the world. */
  step(): number;
  /** Does nothing if it is there already. */
  advanceTo(step: number): void;
  /** Takes effect with the next step. */
  input(push: Push): void;
  snapshot(): Uint8Array<ArrayBuffer>;
  /** Throws if it is not a whole snapshot of such a weather. */
  restore(snapshot: Uint8Array): void;
  /** Of everything that the future depends on. */
  hash(): string;
  /** The state as it lies, for readers in other threads: see `createWeatherState`. */
  copyTo(out: Float64Array): void;
};

export type WeatherOptions = {
  readonly tuning?: Partial<TuningValues>;
  /** Where the state is to lie, of `stateLength` doubles; fresh memory where nothing is said. */
  readonly buffer?: ArrayBufferLike;
};

export function createWeather(
  grid: SphereGrid,
  surface: Surface,
  planet: Planet,
  seed: number,
  options: WeatherOptions = {},
): Weather {
  const model = createModel(grid, surface, planet, options);
  startAtRest(model, seed);
  const { state } = model;
  const stepS = stepLength(model.ops.spanLeastM, planet);
  const words = () => new Int32Array(state.all.buffer, state.all.byteOffset, state.prognosticCount * 2);
  return {
    stepS,
    model,
    step: () => state.header[at.step]!,
    advanceTo(step) {
      assert(Number.isSafeInteger(step), `step ${step}`);
      while (state.header[at.step]! < step) advance(model, stepS);
    },
    input: (push) => addPush(model, push),
    snapshot: () => save(state.all),
    restore(snapshot) {
      load(model, snapshot);
      putGeopotential(model);
    },
    hash: () => [1, 2].map((salt) => hashWords(words(), salt).toString(16).padStart(8, "0")).join(""),
    copyTo: (out) => out.set(state.all),
  };
}

function advance(model: Model, stepS: number): void {
  const { header } = model.state;
  const step = header[at.step]!;
  const stepsPerHour = 3600 / stepS;
  if (step % stepsPerHour === 0) chooseLadder(model);
  const parts = 1 << header[at.ladder]!;
  const dtS = stepS / parts;
  for (let part = 0; part < parts; part++) {
    stepDynamics(model, dtS);
    stepPhysics(model, step * stepS + part * dtS, dtS);
  }
  putSurfaceWind(model);
  header[at.step] = step + 1;
  stepCyclones(model, stepS);
  stepExtremes(model, stepS);
}

const longestStepS = 1800;
/** Share of the span that a gravity wave may cross in a step (forward–backward on hexagons: 0.816). */
const waveShare = 0.8;
/** Radians that the wind may turn by in a step (Adams–Bashforth: 0.72). */
const turnShare = 0.55;

/** Of a weather over cells that are `spanLeastM` apart where they are closest. Game seconds. */
export function stepLength(spanLeastM: number, planet: Planet): number {
  // Sound in warm air; where more sun or opacity makes it warmer, faster.
  const heat = Math.max(1, (planet.sunlight / 1361) * planet.greenhouse);
  const waveSpeed = 345 * Math.sqrt(Math.sqrt(Math.sqrt(heat)));
  let stepS = longestStepS;
  while (stepS > (waveShare * spanLeastM) / waveSpeed) stepS /= 2;
  while (stepS * 2 * Math.abs(spinRate(planet)) > turnShare) stepS /= 2;
  return stepS;
}

/** m/s from which a step is divided in 2, 4 and 8. */
const ladderWinds = [90, 180, 360];

function chooseLadder({ state }: Model): void {
  const { wind_ke, header } = state;
  let fastest = 0;
  for (let ke = 0; ke < wind_ke.length; ke++) {
    const speed = Math.abs(wind_ke[ke]!);
    if (speed > fastest) fastest = speed;
  }
  assert(fastest < 2000, `the wind has become ${fastest} m/s at step ${header[at.step]}`);
  let ladder = 0;
  for (const wind of ladderWinds) if (fastest > wind) ladder++;
  if (ladder === header[at.ladder]) return;
  header[at.ladder] = ladder;
  // Adams–Bashforth needs equal steps: it begins again.
  header[at.history] = 0;
}

function putSurfaceWind({ ops, state, work }: Model): void {
  const { cellCount, edgeCount, edge_cn } = ops;
  const { east_cn, north_cn } = work.compass;
  const { wind_ke, east_c, north_c } = state;
  const low = (layerCount - 1) * edgeCount;
  for (let c = 0, n = 0; c < cellCount; c++, n += 6) {
    let east = 0;
    let north = 0;
    for (let m = n; m < n + 6; m++) {
      const wind = wind_ke[low + edge_cn[m]!]!;
      east += east_cn[m]! * wind;
      north += north_cn[m]! * wind;
    }
    east_c[c] = east;
    north_c[c] = north;
  }
}

/** The numbers as they lie, and their hash. */
function save(all: Float64Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(all.byteLength + 4);
  bytes.set(new Uint8Array(all.buffer, all.byteOffset, all.byteLength));
  new DataView(bytes.buffer).setUint32(all.byteLength, checksum(bytes, all.byteLength));
  return bytes;
}

function load({ state, grid }: Model, snapshot: Uint8Array): void {
  const { all } = state;
  assert(snapshot.length === all.byteLength + 4, `a snapshot of ${snapshot.length} bytes`);
  const bytes = new Uint8Array(snapshot);
  const stored = new DataView(bytes.buffer).getUint32(all.byteLength);
  assert(stored === checksum(bytes, all.byteLength), "a damaged snapshot");
  const numbers = new Float64Array(bytes.buffer, 0, all.length);
  assert(numbers[at.version] === stateVersion, `a snapshot of version ${numbers[at.version]}`);
  assert(numbers[at.level] === grid.level, `a snapshot of level ${numbers[at.level]}`);
  all.set(numbers);
}

function checksum(bytes: Uint8Array<ArrayBuffer>, length: number): number {
  return hashWords(new Int32Array(bytes.buffer, 0, length / 4), 3);
}
