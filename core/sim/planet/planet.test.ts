import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createSphereGrid } from "../sphere-grid.ts";
import { crc32 } from "./checksum.ts";
import { generatePlanet, gridCache, makePlanet, type Progress } from "./generate.ts";
import { geometryOf } from "./geometry.ts";
import { provisionalNormals, refineNormals } from "./normals.ts";
import type { Planet } from "./planet.ts";
import { elevationCode, elevationOf, flowCode, flowOf, rainCode, rainOf, temperatureCode, temperatureOf, windCode, windOf } from "./quantise.ts"; // prettier-ignore
import { earthLike, moonsMax, type PlanetSpec, specProblems } from "./spec.ts";
import { settledNormals } from "./settled.ts";
import { decodePlanet, encodePlanet } from "./storage.ts";
import { summaryOf } from "./summary.ts";

const gridOf = gridCache();
const spec = (seed: number, changes: Partial<PlanetSpec> = {}): PlanetSpec => ({
  ...earthLike,
  level: 4,
  seed,
  ...changes,
});
const make = (seed: number, changes: Partial<PlanetSpec> = {}) => makePlanet(spec(seed, changes), { gridOf });

/** Of the stored bytes, which hold all of a planet but its grid. */
const golden = (planet: Planet) => crc32(encodePlanet(planet));

describe("a planet of a seed", { timeout: 30_000 }, () => {
  test("is fixed for good", () => {
    expect([1, 2, 48_151].map((seed) => golden(make(seed)))).toEqual([3993793419, 2525627697, 658422725]);
  });

  test("is the same with grids made for it alone, and another with another seed", () => {
    expect(golden(makePlanet(spec(3)))).toBe(golden(make(3)));
    expect(golden(make(3))).not.toBe(golden(make(4)));
  });

  test("tells its stages in order with a share that grows to 1, and can be left at any step", () => {
    const steps: Progress[] = [...generatePlanet(spec(1), { gridOf })];
    expect([...new Set(steps.map(({ stage }) => stage))]).toEqual([
      "grids",
      "history",
      "relief",
      "erosion",
      "climate",
      "water",
      "life",
      "ores",
    ]);
    const shares = steps.map(({ share }) => share);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    const left = generatePlanet(spec(1), { gridOf });
    for (let i = 0; i < 10; i++) left.next();
    expect(left.return({} as Planet).done).toBe(true);
    expect(left.next().done).toBe(true);
    expect(golden(make(1))).toBe(golden(make(1)));
  });

  test("takes a settled climate where there is one", () => {
    const dry = make(1).normals;
    dry.rainMmDay_cm.fill(0);
    const planet = makePlanet(spec(1), { gridOf, normals: dry });
    expect(summaryOf(planet).meanRainMmDay).toBe(0);
    expect(planet.dischargeM3s_c.every((flow) => flow === 0)).toBe(true);
    expect(isDeepStrictEqual(planet.elevation_c, make(1).elevation_c)).toBe(true);
  });
});

describe("a specification", () => {
  test("out of bounds is refused in words", () => {
    expect(specProblems(earthLike)).toEqual([]);
    expect(specProblems({ ...earthLike, landShare: 1.1 })).toEqual(["landShare is 0 … 1, not 1.1"]);
    expect(specProblems({ ...earthLike, radiusM: NaN })).toHaveLength(1);
    expect(specProblems({ ...earthLike, level: 4.5 })).toEqual(["level is a whole number"]);
    const moon = { massKg: 1e20, distanceM: 1e7 };
    expect(specProblems({ ...earthLike, moons: [moon] })).toEqual(["moons[0] is nearer than two radii"]);
    const moons = Array.from({ length: moonsMax + 1 }, () => earthLike.moons[0]!);
    expect(specProblems({ ...earthLike, moons })).toEqual([`at most ${moonsMax} moons`]);
    expect(() => makePlanet({ ...earthLike, activity: 9 })).toThrow("activity is 0 … 3, not 9");
  });
});

describe("a settled climate", () => {
  test("comes month by month from the weather's arrays, in degrees Celsius", () => {
    const grid = createSphereGrid(1);
    const by = (of: (month: number, cell: number) => number) =>
      Float64Array.from({ length: 12 * grid.cellCount }, (_, k) =>
        of(Math.floor(k / grid.cellCount), k % grid.cellCount),
      );
    const climate = {
      temperatureK_mc: by((month, cell) => 273.15 + month + 100 * cell),
      precipitationMm_mc: by((month) => month),
      eastMps_mc: by((month) => month),
      northMps_mc: by(() => -2),
    };
    const normals = settledNormals(climate, grid, new Float64Array(grid.cellCount));
    expect(normals.temperatureC_cm[12 * 3 + 5]).toBeCloseTo(305, 9);
    expect([...normals.rainMmDay_cm.subarray(24, 36)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(normals.windEastMs_c[7]).toBeCloseTo(5.5, 9);
    expect(normals.windNorthMs_c[7]).toBeCloseTo(-2, 9);
  });
});

describe("normals on a finer grid", () => {
  const coarse = createSphereGrid(3);
  const height_c = Float64Array.from({ length: coarse.cellCount }, (_, c) => 800 * coarse.position_c[3 * c]!);
  const normals = provisionalNormals(geometryOf(coarse), height_c, earthLike);
  const fine = createSphereGrid(5);

  test("keep the rain within 1 %, and cool with height by 6.5 K a kilometre", () => {
    const mean = (grid: typeof fine, of_cm: Float64Array) =>
      of_cm.reduce((sum, value, k) => sum + (value * grid.area_c[Math.floor(k / 12)]!) / (48 * Math.PI), 0);
    const low = refineNormals(normals, fine, new Float64Array(fine.cellCount));
    const high = refineNormals(normals, fine, new Float64Array(fine.cellCount).fill(1000));
    expect(mean(fine, low.rainMmDay_cm) / mean(coarse, normals.rainMmDay_cm)).toBeCloseTo(1, 2);
    expect(mean(fine, low.temperatureC_cm) - mean(fine, high.temperatureC_cm)).toBeCloseTo(6.5, 9);
  });
});

describe("a stored planet", { timeout: 30_000 }, () => {
  const planet = make(9, { landShare: 0.6, moisture: 0.3 });
  const bytes = encodePlanet(planet);

  test("is read as it was made, lakes, ores and all", () => {
    expect(planet.lakes.length * planet.deposits.length).toBeGreaterThan(0);
    const read = decodePlanet(bytes, gridOf);
    expect(isDeepStrictEqual(read, planet)).toBe(true);
    expect(Buffer.compare(encodePlanet(read as Planet), bytes)).toBe(0);
  });

  test("has less than 80 bytes a cell", () => {
    expect(bytes.length / planet.grid.cellCount).toBeLessThan(80);
  });

  test("with any bit flipped is refused", () => {
    fc.assert(
      fc.property(fc.nat(8 * bytes.length - 1), (bit) => {
        const damaged = bytes.slice();
        damaged[bit >> 3]! ^= 1 << (bit & 7);
        expect(decodePlanet(damaged, gridOf)).toHaveProperty("problem");
      }),
      { numRuns: 200, seed: 2, examples: Array.from({ length: 14 * 8 }, (_, bit): [number] => [bit]) },
    );
  });

  test("cut short or with something after its end is refused, and so are other bytes", () => {
    expect(decodePlanet(bytes.subarray(0, bytes.length - 1), gridOf)).toEqual({ problem: "damaged" });
    expect(decodePlanet(new Uint8Array([...bytes, 0]), gridOf)).toEqual({ problem: "damaged" });
    expect(decodePlanet(bytes.subarray(0, 9), gridOf)).toEqual({ problem: "not a planet" });
    expect(decodePlanet(new Uint8Array(0), gridOf)).toEqual({ problem: "not a planet" });
    const newer = bytes.slice();
    newer[4] = 99;
    expect(decodePlanet(newer, gridOf)).toEqual({ problem: "unknown version" });
  });

  test("every code is kept by its value", () => {
    const codes = Array.from({ length: 65_536 }, (_, code) => code);
    expect(codes.filter((code) => elevationCode(elevationOf(code)) !== code)).toEqual([]);
    expect(codes.filter((code) => flowCode(flowOf(code)) !== code)).toEqual([]);
    expect(codes.filter((code) => rainCode(rainOf(code)) !== code)).toEqual([]);
    expect(codes.filter((code) => code <= 60_000 && temperatureCode(temperatureOf(code)) !== code)).toEqual([]);
    expect(codes.filter((code) => code > 0 && code < 256 && windCode(windOf(code)) !== code)).toEqual([]);
  });

  test("values are within half a step of what they were, and land stays land", () => {
    fc.assert(
      fc.property(fc.double({ min: -16_000, max: 12_000, noNaN: true }), (metres) => {
        const kept = elevationOf(elevationCode(metres));
        expect(kept > 0).toBe(metres > 0);
        expect(Math.abs(kept - metres)).toBeLessThanOrEqual(metres > 0 ? 0.25 : 0.5);
      }),
      { seed: 3 },
    );
  });

  test("the checksum is zip's", () => {
    expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
  });
});
