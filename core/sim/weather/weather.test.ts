import { describe, expect, test } from "vitest";
import { createSphereGrid, type SphereGrid } from "../sphere-grid.ts";
import { airEnergy, airMass, groundEnergy, water } from "./energy.ts";
import { layerCount, thickness_k } from "./layers.ts";
import type { Surface } from "./model.ts";
import { putKinetic } from "./momentum.ts";
import { earth } from "./planet.ts";
import type { Push } from "./push.ts";
import { at, pushesMax, pushSize } from "./state.ts";
import { moveMass } from "./mass.ts";
import { stepPhysics } from "./step.ts";
import { carryMoisture } from "./transport.ts";
import { createWeather } from "./weather.ts";

const grid = createSphereGrid(2);

/** A continent of plains and a range, and a cold one at the south pole. */
function continents({ cellCount, latitude_c, longitude_c }: SphereGrid): Surface {
  const isLand = (c: number) =>
    (Math.abs(longitude_c[c]! - 0.8) < 0.8 && latitude_c[c]! > -0.6 && latitude_c[c]! < 1.3) || latitude_c[c]! < -1.2;
  return {
    landShare_c: Float64Array.from({ length: cellCount }, (_, c) => (isLand(c) ? 1 : 0)),
    elevationM_c: Float64Array.from({ length: cellCount }, (_, c) =>
      isLand(c) ? 300 + 2500 * Math.max(0, 1 - Math.abs(longitude_c[c]! - 1) / 0.3) : -4000,
    ),
  };
}

const surface = continents(grid);
const weather = (seed = 1, tuning = {}) => createWeather(grid, surface, earth, seed, { tuning });
const daySteps = 48;
const days = 7;

function meanOver(values: Float64Array, shares: Float64Array): number {
  return values.reduce((sum, value, c) => sum + value * shares[c]!, 0);
}

describe("conservation", () => {
  test("air is neither made nor lost: 1e-12 in each step, and over two days", () => {
    const w = weather();
    const before = airMass(w.model);
    let last = before;
    for (let step = 1; step <= 2 * daySteps; step++) {
      w.advanceTo(step);
      const now = airMass(w.model);
      expect(Math.abs(now / last - 1)).toBeLessThan(1e-12);
      last = now;
    }
    expect(Math.abs(last / before - 1)).toBeLessThan(1e-11);
  });

  test("water of air, soil, snow and sea is the same after a week, to a part in 10⁹, and nowhere negative", () => {
    const w = weather();
    const { state, ops } = w.model;
    const before = water(w.model);
    w.advanceTo(days * daySteps);
    expect(Math.abs(water(w.model) / before - 1)).toBeLessThan(1e-9);
    for (const field of [state.humidity_kc, state.soil_c, state.snow_c, state.iceM_c, state.rain_c, state.snowfall_c]) {
      expect(Math.min(...field)).toBeGreaterThanOrEqual(0);
    }
    // It did rain, so that the sum had a chance to go wrong.
    expect(meanOver(state.rain_c, ops.share_c) * 86_400).toBeGreaterThan(1);
  });

  test("what air and ground hold grows by what the world took in, within a millionth of a watt per square metre", () => {
    const w = weather();
    const { header } = w.model.state;
    // What the air should hold: the fixer gives it at the beginning of the next step, after friction and damping took theirs.
    const held = () => header[at.energy]! + groundEnergy(w.model);
    w.advanceTo(1);
    const [start, received, fixed] = [held(), header[at.received]!, header[at.fixed]!];
    w.advanceTo(days * daySteps);
    const seconds = (days * daySteps - 1) * w.stepS;
    expect(Math.abs(held() - start - (header[at.received]! - received)) / seconds).toBeLessThan(1e-6);
    expect(Math.abs(header[at.received]! - received) / seconds).toBeGreaterThan(1);
    // What winds lost comes back: some watts, not tens.
    expect(Math.abs(header[at.fixed]! - fixed) / seconds).toBeLessThan(5);
    for (let k = 0; k < layerCount; k++) putKinetic(w.model, k);
    expect(Math.abs(header[at.energy]! - airEnergy(w.model)) / w.stepS).toBeLessThan(50);
  });

  test("each column of the physics passes on exactly the energy that it takes, in air that does not move", () => {
    const w = weather();
    w.advanceTo(days * daySteps);
    const { model } = w;
    const { state } = model;
    state.wind_ke.fill(0);
    for (let k = 0; k < layerCount; k++) putKinetic(model, k);
    const [before, booked] = [airEnergy(model), state.header[at.energy]!];
    const ground = groundEnergy(model);
    const received = state.header[at.received]!;
    stepPhysics(model, 1e6, w.stepS);
    const gained = airEnergy(model) - before;
    expect(Math.abs(gained - (state.header[at.energy]! - booked)) / w.stepS).toBeLessThan(1e-5);
    const all = gained + groundEnergy(model) - ground;
    expect(Math.abs(all - (state.header[at.received]! - received)) / w.stepS).toBeLessThan(1e-5);
    // Rain fell and the ground changed, so that there was something to miss.
    expect(meanOver(state.rain_c, model.ops.share_c) * 86_400).toBeGreaterThan(0.5);
  });

  test("where more moisture would leave a cell than it has, all of it leaves and no more", () => {
    const w = weather();
    const { state, ops } = w.model;
    const cell = 40;
    const layer = 2;
    state.humidity_kc.fill(0);
    state.humidity_kc[layer * grid.cellCount + cell] = 0.01;
    const before = water(w.model);
    // A gale out of the cell on all sides, and as much air into it above.
    for (let n = 6 * cell; n < 6 * cell + 6; n++) {
      const outward = 700 * Math.sign(ops.divergence_cn[n]!);
      const e = ops.edge_cn[n]!;
      state.wind_ke[layer * ops.edgeCount + e] = outward;
      state.wind_ke[(layer - 1) * ops.edgeCount + e] = (-outward * thickness_k[layer]!) / thickness_k[layer - 1]!;
    }
    moveMass(w.model, w.stepS);
    carryMoisture(w.model, w.stepS);
    expect(Math.abs(water(w.model) / before - 1)).toBeLessThan(1e-12);
    expect(Math.min(...state.humidity_kc)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...state.humidity_kc)).toBeLessThan(0.011);
  });

  test("air that is evenly moist stays so where nothing condenses", () => {
    const w = weather();
    w.advanceTo(daySteps);
    const { state } = w.model;
    state.humidity_kc.fill(1e-6);
    const before = w.model.state.pressurePa_c.slice();
    moveMass(w.model, w.stepS);
    carryMoisture(w.model, w.stepS);
    expect(before).not.toEqual(state.pressurePa_c);
    for (const humid of state.humidity_kc) expect(humid / 1e-6 - 1).toBeCloseTo(0, 9);
  });
});

describe("replay", () => {
  test("the same seed gives the same bits, another seed others", () => {
    const [one, other, third] = [weather(1), weather(1), weather(2)];
    for (const w of [one, other, third]) w.advanceTo(daySteps);
    expect(other.hash()).toBe(one.hash());
    expect(third.hash()).not.toBe(one.hash());
  });

  test("the bits are those of every engine", () => {
    const w = weather(1);
    w.advanceTo(daySteps);
    expect(w.hash()).toBe("4454b8836b7e70a8");
  });

  test("a jump over many steps is as many single steps", () => {
    const [jumping, walking] = [weather(), weather()];
    jumping.advanceTo(100);
    for (let step = 1; step <= 100; step++) walking.advanceTo(step);
    expect(walking.hash()).toBe(jumping.hash());
    jumping.advanceTo(50);
    expect(jumping.step()).toBe(100);
  });

  test("saved and restored it goes on as if nothing had been, and can be read at once", () => {
    const original = weather();
    original.advanceTo(75);
    const saved = original.snapshot();
    const other = weather(99);
    other.advanceTo(10);
    other.restore(saved);
    expect(other.model.state.all).toEqual(original.model.state.all);
    for (const w of [original, other]) w.advanceTo(150);
    expect(other.hash()).toBe(original.hash());
  });

  test("restored into the midst of a push it goes on pushing", () => {
    const original = weather();
    original.input({ kind: "rain", x: 1, y: 0, z: 0, radiusM: 3e6, strength: 1, hours: 40 });
    original.advanceTo(20);
    const other = weather(3);
    other.restore(original.snapshot());
    for (const w of [original, other]) w.advanceTo(120);
    expect(other.hash()).toBe(original.hash());
  });

  test("a snapshot that is damaged, cut short or of another grid is refused", () => {
    const w = weather();
    const saved = w.snapshot();
    const damaged = saved.slice();
    damaged[5000]! ^= 1;
    expect(() => w.restore(damaged)).toThrow("damaged");
    expect(() => w.restore(saved.subarray(8))).toThrow("bytes");
    const coarse = createSphereGrid(1);
    expect(() => w.restore(createWeather(coarse, continents(coarse), earth, 1).snapshot())).toThrow("bytes");
  });

  test("the state lies in the memory that it is given, and a reader's copy is whole", () => {
    const plain = weather();
    const buffer = new SharedArrayBuffer(plain.model.state.all.byteLength);
    const shared = createWeather(grid, surface, earth, 1, { buffer });
    for (const w of [plain, shared]) w.advanceTo(10);
    expect(shared.hash()).toBe(plain.hash());
    expect(shared.snapshot()).toEqual(plain.snapshot());
    const copy = new Float64Array(plain.model.state.all.length);
    shared.copyTo(copy);
    expect(copy).toEqual(plain.model.state.all);
    expect(new Float64Array(buffer)).toEqual(copy);
  });
});

describe("a push", () => {
  const here = { x: 1, y: 0, z: 0, radiusM: 3e6, strength: 1, hours: 12 };
  const middle = grid.cellAt(1, 0, 0, 0);
  const before = weather();
  before.advanceTo(10 * daySteps);
  const tenDaysIn = before.snapshot();
  const afterwards = (push: Omit<Push, keyof typeof here> & Partial<Push>, pushedDays = 0.5) => {
    const [pushed, free] = [weather(), weather()];
    for (const w of [pushed, free]) w.restore(tenDaysIn);
    pushed.input({ ...here, ...push });
    for (const w of [pushed, free]) w.advanceTo((10 + pushedDays) * daySteps);
    return { pushed, free };
  };
  const fallen = ({ model }: ReturnType<typeof weather>) =>
    model.state.rain_c[middle]! + model.state.snowfall_c[middle]!;

  test("for rain makes it rain, one for a clear sky ends that", () => {
    const rain = afterwards({ kind: "rain" });
    expect(fallen(rain.pushed)).toBeGreaterThan(fallen(rain.free) + 5 / 86_400);
    const clear = afterwards({ kind: "clear" });
    expect(clear.pushed.model.state.cloud_c[middle]).toBeLessThan(0.5 * clear.free.model.state.cloud_c[middle]!);
  });

  test("for warmth and cold changes the air by degrees, one for wind turns it", () => {
    const air = ({ pushed, free }: ReturnType<typeof afterwards>) =>
      pushed.model.state.airK_c[middle]! - free.model.state.airK_c[middle]!;
    expect(air(afterwards({ kind: "warm" }))).toBeGreaterThan(1);
    expect(air(afterwards({ kind: "cold" }))).toBeLessThan(-1);
    const { pushed } = afterwards({ kind: "wind", bearingRad: Math.PI });
    expect(pushed.model.state.north_c[middle]).toBeLessThan(-8);
  });

  test("keeps mass and water, books its energy, ends in time, and the weather takes it back", () => {
    const { pushed, free } = afterwards({ kind: "rain" }, 0.25);
    expect(airMass(pushed.model) / airMass(free.model) - 1).toBeCloseTo(0, 12);
    expect(water(pushed.model) / water(free.model) - 1).toBeCloseTo(0, 10);
    expect(pushed.model.state.header[at.given]).toBeGreaterThan(0);
    expect(pushed.model.state.push[0]).toBe(1);
    pushed.advanceTo(10.5 * daySteps);
    expect(pushed.model.state.push.every((number) => number === 0)).toBe(true);
    const soaked = fallen(pushed);
    pushed.advanceTo(12 * daySteps);
    expect(fallen(pushed)).toBeLessThan(soaked / 2);
  });

  test("more than the most at once takes the place of that which ends first", () => {
    const w = weather();
    for (let i = 1; i <= pushesMax + 3; i++) w.input({ ...here, kind: "warm", hours: 10 + i });
    const hours = Array.from({ length: pushesMax }, (_, i) => w.model.state.push[i * pushSize + 6]! / 3600);
    expect(hours.toSorted((a, b) => a - b)).toEqual(Array.from({ length: pushesMax }, (_, i) => 14 + i));
  });

  test("without a place, a strength or an end is refused", () => {
    const w = weather();
    for (const bad of [{ x: 0 }, { strength: 0 }, { strength: 2 }, { hours: 0 }, { hours: 1000 }, { radiusM: -1 }]) {
      expect(() => w.input({ ...here, kind: "rain", ...bad })).toThrow("a push has");
    }
  });
});

test("a world outside the limits is refused by name", () => {
  expect(() => createWeather(grid, surface, { ...earth, gravity: 0.1 }, 1)).toThrow("gravity 0.1 is not within 1 … 30");
  expect(() => createWeather(grid, surface, { ...earth, sunlight: Number.NaN }, 1)).toThrow("sunlight");
});

test("steps are a whole part of an hour and short enough for the waves of a small, a large and a hot world", () => {
  const steps = (planet: Partial<typeof earth>, level = 2) => {
    const g = createSphereGrid(level);
    return createWeather(g, continents(g), { ...earth, ...planet }, 1).stepS;
  };
  expect(steps({}, 4)).toBe(900);
  expect(steps({}, 3)).toBe(1800);
  expect(steps({ radiusM: 637_100 }, 3)).toBe(112.5);
  expect(steps({ sunlight: 2700, greenhouse: 3 }, 4)).toBe(450);
});
