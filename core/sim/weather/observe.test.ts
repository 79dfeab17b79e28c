import { beforeEach, describe, expect, test } from "vitest";
import { rng } from "../rng.ts";
import { createSphereGrid } from "../sphere-grid.ts";
import { layerCount } from "./layers.ts";
import { observe, type ObservedPlace } from "./observe.ts";
import { orographicRain } from "./orographic.ts";
import { earth } from "./planet.ts";
import { weightsAt, type WeatherView } from "./sample.ts";
import { exceededWith, showerNoise } from "./shower-noise.ts";
import { createWeatherState } from "./state.ts";
import { saturation } from "./tables.ts";

const grid = createSphereGrid(2);
const { cellCount } = grid;
const noon = 43_200;

let view: WeatherView;
let state: WeatherView["state"];

/** Mild air over plains, half moist, without wind, cloud or rain; at longitude 0 it is the time given. */
beforeEach(() => {
  state = createWeatherState(cellCount);
  state.pressurePa_c.fill(101_325);
  state.airK_c.fill(288.15);
  state.skinK_c.fill(288.15);
  state.soil_c.fill(75);
  state.humidity_kc.fill(0.5 * saturation(288.15, 101_325));
  for (let k = 0; k < layerCount; k++) state.theta_kc.fill(320 - 10 * k, k * cellCount, (k + 1) * cellCount);
  view = { grid, state, groundM_c: new Float64Array(cellCount), isLand_c: new Uint8Array(cellCount).fill(1) };
});

const place: ObservedPlace = { x: 1, y: 0, z: 0, elevationM: 0, isSea: false };
const seen = (change: Partial<ObservedPlace> = {}, timeS = noon) =>
  observe(view, earth, 1, { ...place, ...change }, timeS);

describe("an observation", () => {
  test("of even air is that air", () => {
    const { temperatureC, relativeHumidity, dewPointC, pressureHpa, precipitation, sunAltitudeRad, windMps } = seen();
    expect(temperatureC).toBeCloseTo(15, 6);
    expect(relativeHumidity).toBeCloseTo(0.5, 3);
    expect(dewPointC).toBeCloseTo(4.6, 0);
    expect(pressureHpa).toBeCloseTo(1013.25, 6);
    expect(precipitation).toBe("none");
    expect(sunAltitudeRad).toBeCloseTo(Math.PI / 2, 1);
    expect(windMps).toBe(0);
    expect(seen({}, 0).sunAltitudeRad).toBeLessThan(-1);
  });

  test("higher up is colder and has less pressure: 2000 m are 13 K and some 220 hPa at the most", () => {
    const { temperatureC, pressureHpa, relativeHumidity } = seen({ elevationM: 2000 });
    expect(temperatureC).toBeGreaterThan(1.9);
    expect(temperatureC).toBeLessThan(11.1);
    expect(pressureHpa).toBeGreaterThan(790);
    expect(pressureHpa).toBeLessThan(802);
    expect(relativeHumidity).toBeLessThanOrEqual(1);
  });

  test("is continuous between cells", () => {
    const random = rng(1, "places");
    for (let c = 0; c < cellCount; c++) state.airK_c[c] = 280 + 20 * random.float();
    for (let i = 0; i < 300; i++) {
      const [x, y, z] = [random.normal(), random.normal(), random.normal()];
      const length = Math.hypot(x, y, z);
      const at = (step: number) =>
        seen({ x: x / length + step, y: y / length, z: z / length, nearCell: 3 }).temperatureC;
      // The skin is of the cell itself, and here the same everywhere.
      expect(Math.abs(at(0) - at(1e-5))).toBeLessThan(0.01);
    }
  });

  test("at a cell's middle has that cell's weight alone, elsewhere weights add up to one", () => {
    const middle = weightsAt(grid, 5, grid.position_c[15]!, grid.position_c[16]!, grid.position_c[17]!);
    expect(middle.weights[0]).toBeCloseTo(1, 9);
    const random = rng(2, "places");
    for (let i = 0; i < 300; i++) {
      const [x, y, z] = [random.normal(), random.normal(), random.normal()];
      const { weights } = weightsAt(grid, grid.cellAt(x, y, z, 0), x, y, z);
      expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
      expect(Math.min(...weights)).toBeGreaterThanOrEqual(-1e-9);
    }
  });

  test("between two moments lies between them", () => {
    const later = createWeatherState(cellCount);
    later.all.set(state.all);
    later.airK_c.fill(298.15);
    later.skinK_c.fill(298.15);
    view = { ...view, next: { state: later, share: 0.25 } };
    expect(seen().temperatureC).toBeCloseTo(17.5, 6);
  });

  test("tells where the wind comes from, and that gusts are stronger than it", () => {
    for (const [east, north, from] of [
      [0, -5, 0],
      [-5, 0, Math.PI / 2],
      [0, 5, Math.PI],
      [5, 0, 1.5 * Math.PI],
    ] as const) {
      state.east_c.fill(east);
      state.north_c.fill(north);
      const { windFromRad, windMps, gustMps } = seen();
      expect(windFromRad).toBeCloseTo(from, 9);
      expect(gustMps).toBeGreaterThan(windMps);
    }
    expect(seen({ isSea: true }).windMps).toBeGreaterThan(seen().windMps);
  });

  test("hollows gather cold air on calm clear nights, not by day, not under cloud, not in wind", () => {
    const relief = (east: number, north: number) => Math.min(300, Math.hypot(east, north) / 10);
    const night = seen({ relief }, 0).temperatureC;
    expect(night).toBeLessThan(10);
    expect(seen({ relief }).temperatureC).toBeCloseTo(15, 6);
    state.cloud_c.fill(1);
    expect(seen({ relief }, 0).temperatureC).toBeCloseTo(15, 6);
    state.cloud_c.fill(0);
    state.east_c.fill(12);
    expect(seen({ relief }, 0).temperatureC).toBeCloseTo(15, 6);
  });

  test("what falls is snow in the cold, sleet near melting, rain in the warm, and one sees less far in each", () => {
    state.rain_c.fill(3 / 3600);
    const kinds = [268, 274.6, 288].map((airK) => {
      state.airK_c.fill(airK);
      state.skinK_c.fill(airK);
      state.humidity_kc.fill(saturation(airK, 101_325));
      return seen();
    });
    expect(kinds.map(({ precipitation }) => precipitation)).toEqual(["snow", "sleet", "rain"]);
    expect(kinds.map(({ precipitationMmPerHour }) => Math.round(precipitationMmPerHour))).toEqual([3, 3, 3]);
    expect(kinds[0]!.visibilityM).toBeLessThan(1500);
    expect(kinds[2]!.visibilityM).toBeGreaterThan(kinds[0]!.visibilityM);
    state.rain_c.fill(0);
    state.humidity_kc.fill(0.005);
    expect(seen().visibilityM).toBeGreaterThan(kinds[2]!.visibilityM);
  });

  test("full and calm air is fog, in which one sees a few hundred metres at most", () => {
    state.humidity_kc.fill(saturation(288.15, 101_325));
    expect(seen().fog).toBeGreaterThan(0.9);
    expect(seen().visibilityM).toBeLessThan(500);
    state.east_c.fill(10);
    expect(seen().fog).toBe(0);
  });

  test("thunder needs showers and energy to rise", () => {
    state.rain_c.fill(2 / 3600);
    state.showers_c.fill(2 / 3600);
    state.cape_c.fill(2000);
    const all = Array.from({ length: 200 }, (_, hour) => seen({}, hour * 3600));
    const under = all.filter(({ thunderPerHour }) => thunderPerHour > 0);
    expect(under.length).toBeGreaterThan(20);
    expect(under.length).toBeLessThan(180);
    for (const { precipitationMmPerHour } of under) expect(precipitationMmPerHour).toBeGreaterThan(2);
    state.cape_c.fill(0);
    expect(seen().thunderPerHour).toBe(0);
  });
});

describe("showers", () => {
  test("keep the mean rain of their cell and cover the share of it that they should", () => {
    const meanMm = 0.4;
    state.rain_c.fill(meanMm / 3600);
    state.showers_c.fill(meanMm / 3600);
    const random = rng(3, "showers");
    let [sum, wet] = [0, 0];
    const count = 6000;
    for (let i = 0; i < count; i++) {
      const angle = 0.2 * random.float();
      const tilt = 0.2 * random.float();
      const at = { x: Math.cos(angle) * Math.cos(tilt), y: Math.sin(angle) * Math.cos(tilt), z: Math.sin(tilt) };
      const { precipitationMmPerHour } = seen(at, random.float() * 1e6);
      sum += precipitationMmPerHour / count;
      if (precipitationMmPerHour > 0) wet += 1 / count;
    }
    expect(Math.abs(sum / meanMm - 1)).toBeLessThan(0.12);
    expect(wet).toBeGreaterThan(0.11);
    expect(wet).toBeLessThan(0.16);
  });

  test("drift with the wind: what is here now was upwind half an hour ago", () => {
    const at = (metres: number) => ({ x: 1, y: metres / earth.radiusM, z: 0, radiusM: earth.radiusM });
    const drift = { x: 0, y: 10, z: 0 };
    const likeness = (metres: number) => {
      let [both, before2, after2] = [0, 0, 0];
      for (let i = 0; i < 300; i++) {
        const t = i * 7200 + 600;
        const before = showerNoise(1, t, at(0), drift);
        const after = showerNoise(1, t + 1800, at(metres), drift);
        both += before * after;
        before2 += before * before;
        after2 += after * after;
      }
      return both / Math.sqrt(before2 * after2);
    };
    expect(likeness(18_000)).toBeGreaterThan(0.5);
    expect(Math.abs(likeness(0))).toBeLessThan(0.25);
  });

  test("do not jump when an hour begins", () => {
    const at = { x: 1, y: 0, z: 0, radiusM: earth.radiusM };
    for (let hour = 1; hour < 100; hour++) {
      const drift = { x: 0, y: 8, z: 3 };
      const [before, after] = [-0.01, 0.01].map((s) => showerNoise(1, hour * 3600 + s, at, drift));
      expect(Math.abs(before! - after!)).toBeLessThan(0.01);
    }
  });

  test("stand above the quantile of the normal distribution", () => {
    for (const [chance, sigma] of [
      [0.5, 0],
      [0.158655, 1],
      [0.02275, 2],
      [0.841345, -1],
    ] as const) {
      expect(exceededWith(chance)).toBeCloseTo(sigma, 2);
    }
  });
});

describe("a range across the wind", () => {
  const range = (east: number) => 1500 * Math.exp(-((east / 15_000) ** 2));
  const at = (east: number, wind: number) =>
    orographicRain((dx) => range(east + dx), { east: wind, north: 0 }, 0.008, 1) * 3600;

  test("has rain on its windward slope and takes it away behind, whichever way the wind blows", () => {
    for (const wind of [12, -12]) {
      const side = Math.sign(wind);
      expect(at(-8000 * side, wind)).toBeGreaterThan(1);
      expect(at(35_000 * side, wind)).toBeLessThan(-0.3);
    }
  });

  test("gives nothing in a calm, in dry air or on a plain", () => {
    expect(at(-8000, 0.1)).toBe(0);
    expect(orographicRain((dx) => range(dx), { east: 12, north: 0 }, 0.008, 0)).toBe(0);
    expect(orographicRain(() => 700, { east: 12, north: 0 }, 0.008, 1)).toBe(0);
  });

  test("dries what falls behind it and wets what falls before it, in what is observed", () => {
    state.humidity_kc.fill(0.95 * saturation(288.15, 101_325));
    state.rain_c.fill(1 / 3600);
    state.east_c.fill(12);
    const fallsAt = (east: number) => seen({ elevationM: 0, relief: (dx) => range(east + dx) }).precipitationMmPerHour;
    expect(fallsAt(-8000)).toBeGreaterThan(1.5);
    expect(fallsAt(35_000)).toBeLessThan(0.8);
    expect(fallsAt(300_000)).toBeCloseTo(1, 6);
  });
});
