import { describe, expect, test } from "vitest";
import { biomeClass, dryLandBiome } from "./biome.ts";
import { climateAt, createClimate } from "./climate.ts";
import { rng } from "./rng.ts";

const scaleM = 6_371_000;
const plain = { shore: 0.3, mountain: 0, rough: 0.1, elevationM: 100 };
const deg = Math.PI / 180;

/** Means around a parallel, over ten seeds. */
function zonal(latitudeDeg: number, tiltDeg = 23.44, elevationM = 0): { temperatureC: number; rainMmPerYear: number } {
  const random = rng(1, "zonal");
  let [temperatureC, rainMmPerYear] = [0, 0];
  const count = 1000;
  for (let i = 0; i < count; i++) {
    const climate = createClimate(i % 10, { scaleM, axialTiltCos: Math.cos(tiltDeg * deg), regionalK: 3 });
    const longitude = random.float() * 2 * Math.PI;
    const around = scaleM * Math.cos(latitudeDeg * deg);
    const latitudeSin = Math.sin(latitudeDeg * deg);
    const at = {
      x: around * Math.cos(longitude),
      y: around * Math.sin(longitude),
      z: scaleM * latitudeSin,
      latitudeSin,
    };
    const here = climateAt(climate, at, plain, elevationM);
    temperatureC += here.temperatureC / count;
    rainMmPerYear += here.rainMmPerYear / count;
  }
  return { temperatureC, rainMmPerYear };
}

describe("climate", () => {
  // Earth's annual zonal means, of which the two modes miss up to 4 K.
  test.each([
    [0, 26],
    [35, 15.5],
    [55, 3],
    [85, -16],
  ])("at %i° it is about %d °C the year round", (latitude, expected) => {
    expect(Math.abs(zonal(latitude).temperatureC - expected)).toBeLessThan(4);
    expect(Math.abs(zonal(-latitude).temperatureC - expected)).toBeLessThan(4);
  });

  test("it is wet at the equator and in the westerlies, dry between and at the poles", () => {
    const rain = [0, 25, 50, 88].map((latitude) => zonal(latitude).rainMmPerYear);
    expect(rain[0]).toBeGreaterThan(1500);
    expect(rain[1]).toBeLessThan(500);
    expect(rain[2]).toBeGreaterThan(2 * rain[1]!);
    expect(rain[3]).toBeLessThan(500);
  });

  test("a kilometre up is 6.5 K colder, a kilometre under the sea no warmer", () => {
    expect(zonal(40).temperatureC - zonal(40, 23.44, 1000).temperatureC).toBeCloseTo(6.5, 6);
    expect(zonal(40, 23.44, -1000).temperatureC).toBe(zonal(40).temperatureC);
  });

  test("beyond 54.7° of tilt the poles are the warm places", () => {
    expect(zonal(80, 80).temperatureC).toBeGreaterThan(zonal(0, 80).temperatureC);
    expect(zonal(80, 54).temperatureC).toBeLessThan(zonal(0, 54).temperatureC);
  });
});

describe("biomes", () => {
  const at = (seaLevelC: number, rainMmPerYear: number, elevationM = 100, mountain = 0) =>
    dryLandBiome({
      climate: { seaLevelC, temperatureC: seaLevelC - 0.0065 * elevationM, rainMmPerYear },
      elevationM,
      mountainFromM: 900,
      mountain,
      patch: 0,
    });

  test.each([
    ["Manaus", at(27, 2300, 90), biomeClass.rainforest],
    ["Niamey", at(29, 540, 220), biomeClass.grassland],
    ["Lusaka", at(28, 850, 1280), biomeClass.savanna],
    ["Aswan", at(27, 1, 190), biomeClass.desert],
    ["Turpan", at(15, 16, 30), biomeClass.desert],
    ["Denver", at(20, 380, 1600), biomeClass.grassland],
    ["Freiburg", at(12, 930, 280), biomeClass.deciduousForest],
    ["Umeå", at(3.5, 600, 10), biomeClass.taiga],
    ["Utqiaġvik", at(-11, 115, 10), biomeClass.tundra],
    ["Zugspitze", at(13, 2000, 2960, 1), biomeClass.alpine],
    ["the Black Forest's heights", at(12, 1800, 1200, 1), biomeClass.mountain],
  ])("%s", (_place, found, expected) => {
    expect(found).toBe(expected);
  });
});
