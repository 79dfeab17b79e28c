import { assert } from "../../lib/assert.ts";
import { at, createWeatherState, stateLength, type WeatherState } from "../../sim/weather/state.ts";
import type { Observation } from "../../sim/weather/observation.ts";
import { type ObservedPlace, observe } from "../../sim/weather/observe.ts";
import type { WeatherView } from "../../sim/weather/sample.ts";
import type { Weather } from "../../sim/weather/weather.ts";
import type { WorldSpec } from "../spec.ts";
import { airLevelOf, airOf, airStepS, planetOf } from "./air.ts";
import { airGrid } from "./air-grid.ts";
import type { AirLand } from "./air-land.ts";
import { spinUpS, type StepPush } from "./history.ts";

// The air of one world while somebody steps it, in whatever thread. What others read lies in memory that both have: two states, of even and
// of odd steps, and the number of the newest. It is stepped only when it is asked for, and who asks for a step no longer reads the last but
// one before it: so nobody reads what is being written.

/** Where the air is to begin: saved, or in its season, at rest, before its origin. */
export type AirStart =
  | { readonly kind: "saved"; readonly state: Uint8Array }
  | { readonly kind: "rest"; readonly originStep: number };

export type AirOrder = {
  readonly spec: WorldSpec;
  /** Of a planet that was made, and only there. */
  readonly land?: AirLand;
  readonly start: AirStart;
  readonly pushes: readonly StepPush[];
};

export type AirMemory = {
  /** The newest step that is to be read, and whether there is one. */
  readonly newest: Int32Array<SharedArrayBuffer>;
  readonly states: readonly [SharedArrayBuffer, SharedArrayBuffer];
  readonly groundM: SharedArrayBuffer;
  readonly isLand: SharedArrayBuffer;
};

export function createAirMemory(spec: WorldSpec): AirMemory {
  const { cellCount } = airGrid(airLevelOf(spec));
  const doubles = (count: number) => new SharedArrayBuffer(8 * count);
  return {
    newest: new Int32Array(new SharedArrayBuffer(8)),
    states: [doubles(stateLength(cellCount)), doubles(stateLength(cellCount))],
    groundM: doubles(cellCount),
    isLand: new SharedArrayBuffer(cellCount),
  };
}

/** What there is to read of a step: with the next one if that is there, alone if it is the newest, null if it is neither. */
export function airReader(spec: WorldSpec, memory: AirMemory): (step: number, share: number) => WeatherView | null {
  const grid = airGrid(airLevelOf(spec));
  const states = memory.states.map((buffer) => createWeatherState(grid.cellCount, buffer));
  const groundM_c = new Float64Array(memory.groundM);
  const isLand_c = new Uint8Array(memory.isLand);
  const stateOf = (step: number): WeatherState => states[step & 1]!;
  return (step, share) => {
    if (Atomics.load(memory.newest, 1) === 0) return null;
    const newest = Atomics.load(memory.newest, 0);
    if (newest !== step && newest !== step + 1) return null;
    if (stateOf(step).header[at.step] !== step) return null;
    const next = newest === step ? {} : { next: { state: stateOf(step + 1), share } };
    return { grid, state: stateOf(step), groundM_c, isLand_c, ...next };
  };
}

export type AirRun = {
  readonly stepS: number;
  /** Asks for a step. It is there after enough calls of `goOn`. */
  askFor(step: number): void;
  /** Does at most so many steps. False when nothing is left to do. */
  goOn(stepsMax: number): boolean;
  /** False: that step is done already, and the air is not what it should be any more. */
  push(pushes: readonly StepPush[]): boolean;
  /** The last but one of the steps that are there: whoever goes on from it has both, and sees no jump. */
  save(): { readonly step: number; readonly state: Uint8Array<ArrayBuffer> };
  /** What will be seen there at these times, the first of which may be now; the air itself stays where it is. */
  forecast(place: ObservedPlace, timesS: readonly number[]): Observation[];
};

/** Steps of one forecast. What is later is not foretold. */
export const forecastStepsMax = 1000;

export function startAir(order: AirOrder, memory: AirMemory, restS = spinUpS): AirRun {
  const { spec, pushes: given } = order;
  const weather = beginAir(order, restS);
  const { model } = weather;
  new Float64Array(memory.groundM).set(model.ground_c.map((ground) => ground / model.planet.gravity));
  new Uint8Array(memory.isLand).set(model.isLand_c);
  let pushes = [...given];
  let asked = weather.step();
  let published: number | null = null;
  let last: ReturnType<AirRun["save"]> | null = null;
  const publish = (): void => {
    const step = weather.step();
    weather.copyTo(new Float64Array(memory.states[step & 1]!));
    Atomics.store(memory.newest, 0, step);
    // A single state is of use, too: where the air begins at the very step that is looked at.
    Atomics.store(memory.newest, 1, 1);
    published = step;
  };
  return {
    stepS: weather.stepS,
    askFor(step) {
      asked = Math.max(asked, step);
    },
    goOn(stepsMax) {
      if (published === null && weather.step() >= asked - 1) publish();
      for (let done = 0; done < stepsMax && weather.step() < asked; done++) {
        if (weather.step() === asked - 1) last = { step: weather.step(), state: weather.snapshot() };
        stepOnce(weather, pushes);
        if (weather.step() >= asked - 1) publish();
      }
      pushes = pushes.filter(({ step }) => step >= weather.step());
      return weather.step() < asked;
    },
    push(more) {
      if (more.some(({ step }) => step < weather.step())) return false;
      pushes.push(...more);
      return true;
    },
    save: () => last ?? { step: weather.step(), state: weather.snapshot() },
    forecast(place, timesS) {
      const here = weather.snapshot();
      try {
        return foretell(weather, pushes, { spec, place, timesS });
      } finally {
        weather.restore(here);
      }
    },
  };
}

function beginAir({ spec, land, start }: AirOrder, restS: number): Weather {
  const on = land === undefined ? {} : { land };
  if (start.kind === "rest") return airOf(spec, { ...on, step: start.originStep - Math.round(restS / airStepS(spec)) });
  const weather = airOf(spec, on);
  weather.restore(start.state);
  return weather;
}

function stepOnce(weather: Weather, pushes: readonly StepPush[]): void {
  const step = weather.step();
  for (const each of pushes) if (each.step === step) weather.input(each.push);
  weather.advanceTo(step + 1);
}

function foretell(
  weather: Weather,
  pushes: readonly StepPush[],
  { spec, place, timesS }: { spec: WorldSpec; place: ObservedPlace; timesS: readonly number[] },
): Observation[] {
  const { model, stepS } = weather;
  const lastStep = weather.step() + forecastStepsMax;
  const view: WeatherView = {
    grid: model.grid,
    state: model.state,
    groundM_c: model.ground_c.map((ground) => ground / model.planet.gravity),
    isLand_c: model.isLand_c,
  };
  const seen: Observation[] = [];
  for (const timeS of timesS) {
    const step = Math.round(timeS / stepS);
    assert(step >= weather.step() - 1, "what was is not foretold");
    if (step > lastStep) break;
    while (weather.step() < step) stepOnce(weather, pushes);
    seen.push(observe(view, planetOf(spec), spec.seed, place, timeS));
  }
  return seen;
}
