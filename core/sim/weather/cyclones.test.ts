import { describe, expect, test } from "vitest";
import { createSphereGrid } from "../sphere-grid.ts";
import { createCycloneAir } from "./cyclone-air.ts";
import { overSea, windOverLand } from "./cyclone-strength.ts";
import {
  type CycloneShape,
  innerRadiusM,
  presence,
  pressureDropAt,
  pressureDropPa,
  rainAt,
  reachM,
  windAt,
} from "./cyclone-wind.ts";
import { genesisIndex, stepCyclones } from "./cyclones.ts";
import { observe } from "./observe.ts";
import { earth, type Planet } from "./planet.ts";
import type { WeatherView } from "./sample.ts";
import { at, cyclone, cycloneSize, cyclonesMax } from "./state.ts";
import { createWeather, type Weather } from "./weather.ts";

const grid = createSphereGrid(2);
const sea = { landShare_c: new Float64Array(grid.cellCount), elevationM_c: new Float64Array(grid.cellCount) };
const land = { ...sea, landShare_c: new Float64Array(grid.cellCount).fill(1) };
const degrees = (latitude: number) => (latitude * Math.PI) / 180;

/** Still air over a sea that is as warm everywhere. */
function stillSea(warmthC: number, { seed = 1, planet = earth, surface = sea } = {}): Weather {
  const weather = createWeather(grid, surface, planet, seed);
  weather.advanceTo(1);
  weather.model.state.wind_ke.fill(0);
  weather.model.state.skinK_c.fill(warmthC + 273.16);
  return weather;
}

/** Only cyclones go on, in weather that stands still. Whatever lived, by its number, as it was first seen. */
function watch({ model, stepS }: Weather, days: number): Map<number, { latitude: number; most: number }> {
  const { cyclones, header } = model.state;
  const seen = new Map<number, { latitude: number; most: number }>();
  for (let step = 0; step < (days * 86_400) / stepS; step++) {
    header[at.step]! += 1;
    stepCyclones(model, stepS);
    const all = living(cyclones);
    for (const each of all) {
      const latitude = (Math.asin(each[cyclone.z]!) * 180) / Math.PI;
      if (!seen.has(each[cyclone.id]!)) seen.set(each[cyclone.id]!, { latitude, most: all.length });
    }
  }
  return seen;
}

const living = (cyclones: Float64Array): Float64Array[] =>
  Array.from({ length: cyclonesMax }, (_, i) => cyclones.subarray(i * cycloneSize, (i + 1) * cycloneSize)).filter(
    (each) => each[cyclone.id] !== 0,
  );

/** A cyclone put where it is wished. */
function put({ model }: Weather, latitudeDeg: number, longitudeDeg: number, maxMps: number): Float64Array {
  const { cyclones } = model.state;
  const [latitude, longitude] = [degrees(latitudeDeg), degrees(longitudeDeg)];
  const slot = cyclones.subarray(0, cycloneSize);
  const [x, y, z] = [
    Math.cos(latitude) * Math.cos(longitude),
    Math.cos(latitude) * Math.sin(longitude),
    Math.sin(latitude),
  ];
  slot.set([1, x, y, z, maxMps, 0.8, 0, 0, maxMps, 0, grid.cellAt(x, y, z, 0), 0]);
  return slot;
}

const shape = (maxMps: number): CycloneShape => ({
  maxMps,
  innerM: innerRadiusM(maxMps, degrees(18), 1),
  coriolis: 4.5e-5,
  scale: 1,
});

describe("the wind of a cyclone", () => {
  test("is calm in the middle, strongest at the wall and falls outwards", () => {
    for (const maxMps of [18, 33, 50, 70]) {
      const storm = shape(maxMps);
      expect(windAt(storm, 0)).toBe(0);
      expect(windAt(storm, 0.3 * storm.innerM)).toBeLessThan(0.4 * maxMps);
      expect(windAt(storm, storm.innerM) / maxMps).toBeGreaterThan(0.9);
      const outwards = [1, 2, 4, 8, 16].map((times) => windAt(storm, times * storm.innerM));
      expect(outwards).toEqual(outwards.toSorted((a, b) => b - a));
      expect(Math.max(...Array.from({ length: 400 }, (_, km) => windAt(storm, 1000 * km)))).toBeLessThanOrEqual(maxMps);
    }
  });

  test("is in balance with its pressure: V² + V r f = 0.81 r/ρ dp/dr", () => {
    const storm = shape(45);
    for (const distanceM of [15_000, 40_000, 90_000, 300_000]) {
      const slope = (pressureDropAt(storm, distanceM - 50) - pressureDropAt(storm, distanceM + 50)) / 100;
      const wind = windAt(storm, distanceM);
      const turned = wind * wind + wind * distanceM * storm.coriolis;
      expect((0.81 * distanceM * slope) / 1.15 / turned).toBeCloseTo(1, 3);
    }
  });

  test("goes with a middle as deep as is measured: some 30 hPa of a first hurricane, 100 of the strongest", () => {
    expect(pressureDropPa(33) / 100).toBeGreaterThan(20);
    expect(pressureDropPa(33) / 100).toBeLessThan(40);
    expect(pressureDropPa(70) / 100).toBeGreaterThan(85);
    expect(pressureDropPa(70) / 100).toBeLessThan(120);
    expect(pressureDropAt(shape(50), 0)).toBeCloseTo(pressureDropPa(50), 6);
  });

  test("and its rain end at its reach, the heavier rain is the stronger storm's", () => {
    expect([presence(0, 1), presence(reachM(1), 1), presence(2 * reachM(1), 1)]).toEqual([1, 0, 0]);
    expect(rainAt(shape(60), 40_000)).toBeGreaterThan(2 * rainAt(shape(25), 40_000));
    expect(rainAt(shape(60), 400_000)).toBeLessThan(1.5);
  });
});

describe("the strength of a cyclone", () => {
  const warm = { ...createCycloneAir(), isSea: true, seaK: 302, potentialMps: 70, efficiency: 0.33, dryness: 0.5 };
  const after = (hours: number, air: typeof warm, maxMps: number, moisture: number) => {
    let now = { maxMps, moisture };
    for (let hour = 0; hour < hours; hour++) now = { ...overSea(now.maxMps, now.moisture, air, 101_000) };
    return now.maxMps;
  };

  test("over land falls as Kaplan & DeMaria found: 13.7 + (V − 13.7) e^(−0.095 h)", () => {
    let wind = 45;
    for (let hour = 1; hour <= 24; hour++) {
      wind = windOverLand(wind);
      if (wind > 15.1) expect(wind).toBeCloseTo(13.7 + (45 - 13.7) * Math.exp(-0.095 * hour), 6);
    }
    for (let hour = 0; hour < 15; hour++) wind = windOverLand(wind);
    expect(wind).toBeLessThan(11);
  });

  test("over warm sea comes near its potential within a week and never beyond; shear keeps it small", () => {
    expect(after(24 * 7, warm, 15, 0.45)).toBeGreaterThan(55);
    expect(after(24 * 30, warm, 15, 0.45)).toBeLessThan(70.5);
    expect(after(24 * 7, { ...warm, shearMps: 25 }, 15, 0.45)).toBeLessThan(15);
  });

  test("over cold water a hurricane is gone within days", () => {
    expect(after(72, { ...warm, potentialMps: 0, efficiency: 0, seaK: 290 }, 50, 0.9)).toBeLessThan(17.5);
  });
});

describe("where cyclones begin", () => {
  const air = { ...createCycloneAir(), humidity: 0.6, potentialMps: 60, shearMps: 5 };

  test("the index rises with moisture, warmth and turning and falls with shear", () => {
    const index = genesisIndex(air, 4e-5);
    expect(genesisIndex({ ...air, humidity: 0.3 }, 4e-5)).toBeCloseTo(index / 8, 9);
    expect(genesisIndex({ ...air, potentialMps: 30 }, 4e-5)).toBeCloseTo(index / 8, 9);
    expect(genesisIndex({ ...air, shearMps: 20 }, 4e-5)).toBeCloseTo(index / 4, 9);
    expect(genesisIndex(air, 1e-5)).toBeCloseTo(index / 8, 9);
    expect(genesisIndex(air, 0)).toBe(0);
  });

  test("over warm seas of both sides, never within 5° of the equator, and no more at once than there is room for", () => {
    const seen = [...watch(stillSea(31), 400).values()];
    expect(seen.length).toBeGreaterThan(20);
    expect(Math.min(...seen.map(({ latitude }) => Math.abs(latitude)))).toBeGreaterThanOrEqual(5);
    for (const side of [1, -1]) expect(seen.filter(({ latitude }) => side * latitude > 0).length).toBeGreaterThan(3);
    expect(Math.max(...seen.map(({ most }) => most))).toBeLessThanOrEqual(cyclonesMax);
  });

  test("not over cool seas, nor ice, nor land, nor on a world that hardly turns", () => {
    expect(watch(stillSea(22), 400).size).toBe(0);
    expect(watch(stillSea(31, { surface: land }), 400).size).toBe(0);
    const icy = stillSea(31);
    icy.model.state.iceM_c.fill(1);
    expect(watch(icy, 400).size).toBe(0);
    const slow: Planet = { ...earth, dayLengthS: 60 * 86_400 };
    expect(watch(stillSea(31, { planet: slow }), 400).size).toBe(0);
  });

  test("the same seed has the same cyclones, another seed others", () => {
    const [one, again, other] = [1, 1, 2].map((seed) => [...watch(stillSea(31, { seed }), 100)]);
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
  });
});

describe("a cyclone in the state", () => {
  test("drifts away from the equator and against the spin of its world", () => {
    const way = (latitude: number, planet: Planet) => {
      const weather = stillSea(30, { planet });
      const slot = put(weather, latitude, 10, 40);
      for (let step = 0; step < 48; step++) {
        weather.model.state.header[at.step]! += 1;
        stepCyclones(weather.model, weather.stepS);
      }
      const [x, y, z] = [slot[cyclone.x]!, slot[cyclone.y]!, slot[cyclone.z]!];
      return { north: Math.asin(z) - degrees(latitude), east: Math.atan2(y, x) - degrees(10) };
    };
    expect(way(15, earth).north).toBeGreaterThan(0.01);
    expect(way(-15, earth).north).toBeLessThan(-0.01);
    expect(way(15, earth).east).toBeLessThan(-0.005);
    expect(way(15, { ...earth, isRetrograde: true }).east).toBeGreaterThan(0.005);
  });

  test("is saved with it and goes on as if nothing had been", () => {
    const original = createWeather(grid, sea, earth, 1);
    original.advanceTo(48);
    put(original, 15, 10, 40);
    original.advanceTo(75);
    const other = createWeather(grid, sea, earth, 99);
    other.restore(original.snapshot());
    for (const weather of [original, other]) weather.advanceTo(48 * 6);
    expect(other.hash()).toBe(original.hash());
    expect(other.model.state.cyclones).toEqual(original.model.state.cyclones);
    expect(original.model.state.cyclones[cyclone.hours]).toBeGreaterThan(24);
  });
});

describe("who stands near a cyclone", () => {
  const weather = createWeather(grid, sea, earth, 1);
  weather.advanceTo(24);
  const { state, isLand_c } = weather.model;
  const view: WeatherView = { grid, state, groundM_c: new Float64Array(grid.cellCount), isLand_c };
  const look = (latitudeDeg: number, longitudeDeg: number, on: WeatherView = view) => {
    const [latitude, longitude] = [degrees(latitudeDeg), degrees(longitudeDeg)];
    const flat = Math.cos(latitude);
    const there = { x: flat * Math.cos(longitude), y: flat * Math.sin(longitude), z: Math.sin(latitude) };
    return observe(on, earth, 1, { ...there, elevationM: 0, isSea: true }, 43_200);
  };
  const without = [15, 15.5, 40].map((latitude) => look(latitude, 10));
  put(weather, 15, 10, 50);

  test("has its wind, rain and low pressure; who is far away has none of it", () => {
    const [, quiet, far] = without;
    const near = look(15.5, 10);
    expect(near.windMps).toBeGreaterThan(33);
    expect(near.pressureHpa).toBeLessThan(quiet!.pressureHpa - 15);
    expect(near.precipitationMmPerHour).toBeGreaterThan(5);
    expect(near.cloud).toBe(1);
    expect(near.cyclone).toMatchObject({ id: 1, maxMps: 50, isEye: false });
    expect(near.cyclone!.distanceM / 1000).toBeCloseTo(55.6, 0);
    expect(near.cyclone!.bearingRad).toBeCloseTo(Math.PI, 3);
    expect(look(40, 10)).toEqual(far);
  });

  test("feels the wind go round it, with the clock in the south and against it in the north, and a little inwards", () => {
    // North of the middle: from the east and a little from the north.
    const north = look(16, 10).windFromRad;
    expect(north).toBeGreaterThan(degrees(50));
    expect(north).toBeLessThan(degrees(90));
    put(weather, -15, 10, 50);
    const south = look(-16, 10).windFromRad;
    expect(south).toBeGreaterThan(degrees(90));
    expect(south).toBeLessThan(degrees(130));
    put(weather, 15, 10, 50);
  });

  test("stands in a calm under a broken sky in its eye", () => {
    const { windMps, cloud, cyclone: seen, pressureHpa } = look(15, 10);
    expect(seen!.isEye).toBe(true);
    expect(windMps).toBeLessThan(12);
    expect(cloud).toBeLessThan(0.75);
    expect(pressureHpa).toBeLessThan(without[0]!.pressureHpa - 45);
  });

  test("sees it come without a jump between two moments, and begin and end without one", () => {
    const later = createWeather(grid, sea, earth, 1);
    later.restore(weather.snapshot());
    const moved = put(later, 15.4, 10, 52);
    moved[cyclone.north] = 5;
    const winds = (next: typeof state) =>
      Array.from({ length: 21 }, (_, i) => look(17, 10, { ...view, next: { state: next, share: i / 20 } }).windMps);
    const coming = winds(later.model.state);
    const jumps = (all: number[]) => all.slice(1).map((wind, i) => Math.abs(wind - all[i]!));
    expect(coming.at(-1)! - coming[0]!).toBeGreaterThan(2);
    expect(Math.max(...jumps(coming))).toBeLessThan(0.5);
    moved.fill(0);
    const ending = winds(later.model.state);
    expect(ending[0]! - ending.at(-1)!).toBeGreaterThan(5);
    expect(Math.max(...jumps(ending))).toBeLessThan(2);
  });
});
