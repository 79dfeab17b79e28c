import { describe, expect, test } from "vitest";
import { solarDeclination, sunAt } from "../astronomy.ts";
import { rng } from "../rng.ts";
import { exner_k, exnerAbove_k, layerCount, pressure_k, thickness_k } from "./layers.ts";
import { earth, kappa, spinRate } from "./planet.ts";
import { putSun } from "./sunlight.ts";
import { exnerOf, humidityMax, passing, saturation, saturationPa } from "./tables.ts";

describe("tables", () => {
  test("saturation is what the formulas of Tetens and Murray say, over water and over ice", () => {
    for (const [celsius, pascal] of [
      [-40, 12.84],
      [-20, 103],
      [0, 611],
      [10, 1227],
      [20, 2338],
      [30, 4244],
      [100, 101_325],
    ] as const) {
      expect(Math.abs(saturationPa(celsius + 273.15) / pascal - 1)).toBeLessThan(
        Math.abs(celsius) >= 40 ? 0.02 : 0.005,
      );
    }
    expect(saturation(288.15, 1e5)).toBeCloseTo(0.01069, 4);
  });

  test("saturation stays within bounds in any cold and any heat", () => {
    for (const kelvin of [0, 50, 100, 500, 900, Number.NaN]) {
      expect(saturation(kelvin, 9e4)).toBeGreaterThanOrEqual(0);
      expect(saturation(kelvin, 9e4)).toBeLessThanOrEqual(humidityMax);
    }
  });

  test("the Exner function and e^−x are the engine's to the digits promised", () => {
    const random = rng(1, "tables");
    for (let i = 0; i < 20_000; i++) {
      const ratio = 0.05 + random.float() * (i % 2 === 0 ? 1.2 : 14);
      expect(Math.abs(exnerOf(ratio) / ratio ** kappa - 1)).toBeLessThan(4e-9);
      const depth = random.float() * 14;
      expect(Math.abs(passing(depth) - Math.exp(-depth))).toBeLessThan(3.1e-5);
    }
    expect([passing(0), passing(100) < 1e-6]).toEqual([1, true]);
  });
});

test("layers fill the column, lie between their surfaces, and the highest reaches up to nothing", () => {
  expect(thickness_k.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 14);
  for (let k = 0; k < layerCount; k++) {
    expect(exner_k[k]).toBeGreaterThan(exnerAbove_k[k]!);
    expect(exner_k[k]).toBeLessThan(k + 1 < layerCount ? exnerAbove_k[k + 1]! : 1);
    expect(pressure_k[k]! ** kappa).toBeCloseTo(exner_k[k]!, 13);
  }
  // Π of a layer is the mean of (p/p_s)^κ over its mass.
  const mean = exner_k.reduce((sum, exner, k) => sum + exner * thickness_k[k]!, 0);
  expect(mean).toBeCloseTo(1 / (1 + kappa), 13);
});

describe("the sun", () => {
  const out = new Float64Array(4);
  const planets = [
    earth,
    { ...earth, eccentricity: 0.0167 },
    { ...earth, eccentricity: 0.55, perihelionRad: 1, axialTiltRad: 1.3, daysPerYear: 40 },
  ];

  test.each(planets)("stands where astronomy.ts sees it, eccentricity $eccentricity", (planet) => {
    for (let i = 0; i < 300; i++) {
      const days = i * 7.37;
      putSun(out, planet, days * planet.dayLengthS);
      for (const [latitudeRad, longitudeRad] of [
        [0.7, 0],
        [-1.1, 2.5],
        [0, -3],
      ] as const) {
        const altitude =
          Math.cos(latitudeRad) * (Math.cos(longitudeRad) * out[0]! + Math.sin(longitudeRad) * out[1]!) +
          Math.sin(latitudeRad) * out[2]!;
        const seen = sunAt(planet, days, { latitudeRad, longitudeRad });
        expect(Math.asin(altitude)).toBeCloseTo(seen.altitudeRad, 8);
      }
      expect(Math.asin(out[2]!)).toBeCloseTo(solarDeclination(planet, days), 8);
    }
  });

  test("is brightest when it is nearest, and on the mean as bright over a year as the orbit demands", () => {
    const planet = planets[2]!;
    let [sum, most] = [0, 0];
    for (let i = 0; i < 4000; i++) {
      putSun(out, planet, (i / 4000) * planet.daysPerYear * planet.dayLengthS);
      sum += out[3]! / 4000;
      most = Math.max(most, out[3]!);
    }
    expect(sum / planet.sunlight).toBeCloseTo(1 / Math.sqrt(1 - 0.55 ** 2), 4);
    expect(most / planet.sunlight).toBeCloseTo(1 / (1 - 0.55) ** 2, 3);
  });

  test("goes the other way over a world that turns backwards", () => {
    const eastward = (isRetrograde: boolean) => {
      const planet = { ...earth, isRetrograde };
      putSun(out, planet, 10_000);
      const before = Math.atan2(out[1]!, out[0]!);
      putSun(out, planet, 13_600);
      return Math.sin(Math.atan2(out[1]!, out[0]!) - before);
    };
    expect(eastward(false)).toBeLessThan(-0.25);
    expect(eastward(true)).toBeGreaterThan(0.25);
  });
});

test("Earth turns once in a sidereal day", () => {
  expect(spinRate(earth)).toBeCloseTo(7.292e-5, 8);
  expect(spinRate({ ...earth, isRetrograde: true })).toBeLessThan(-7.2e-5);
});
