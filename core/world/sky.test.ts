import { describe, expect, test } from "vitest";
import { skyAt, type Daypart } from "./sky.ts";
import type { WorldSpec } from "./spec.ts";

const deg = Math.PI / 180;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const radiusM = 1_000_000;

const flat = (latitude: number): WorldSpec => ({
  version: 1,
  seed: 1,
  shape: "bounded",
  radiusM: null,
  bounds: { minX: 0, minY: 0, maxX: 100, maxY: 100 },
  stepM: 1,
  ground: "land",
  theme: "",
  spawn: { position: { x: 0, y: 0, z: 0 }, orientation: { x: 0, y: 1, z: 0 } },
  sky: { dayLengthS: 86_400, daysPerYear: 360, axialTiltRad: 23.44 * deg, latitudeRad: latitude * deg },
  dilation: 1,
  features: [],
});
const sphere: WorldSpec = { ...flat(0), shape: "spherical", radiusM, bounds: null };
const on = (latitude: number, longitude: number) => ({
  x: longitude * deg * radiusM,
  y: latitude * deg * radiusM,
  z: 0,
});
const here = { x: 0, y: 0, z: 0 };

/** What a day is made of, each twenty minutes. */
function daypartsOf(spec: WorldSpec, day: number, position = here): Daypart[] {
  return Array.from({ length: 72 }, (_, third) => skyAt(spec, day * dayMs + (third * hourMs) / 3, position).daypart);
}

test("time begins at midnight, on the first day of spring of year 1", () => {
  expect(skyAt(flat(48), 0, here)).toMatchObject({
    daypart: "night",
    season: "spring",
    seasonProgress: 0,
    dayOfYear: 1,
    year: 1,
    hour: 0,
    minute: 0,
  });
});

describe("the calendar", () => {
  test.each([
    [90 * dayMs - 1, { season: "spring", dayOfYear: 90, year: 1, hour: 23, minute: 59 }],
    [90 * dayMs, { season: "summer", dayOfYear: 91, year: 1, hour: 0, minute: 0 }],
    [180 * dayMs, { season: "autumn", dayOfYear: 181, year: 1 }],
    [270 * dayMs, { season: "winter", dayOfYear: 271, year: 1 }],
    [360 * dayMs - 1, { season: "winter", dayOfYear: 360, year: 1 }],
    [360 * dayMs, { season: "spring", dayOfYear: 1, year: 2 }],
    [1000 * 360 * dayMs + 12.5 * hourMs, { season: "spring", dayOfYear: 1, year: 1001, hour: 12, minute: 30 }],
  ])("at %i ms", (gameTimeMs, expected) => {
    expect(skyAt(flat(48), gameTimeMs, here)).toMatchObject(expected);
  });

  test("a season's progress runs from 0 to 1", () => {
    expect(skyAt(flat(48), 45 * dayMs, here).seasonProgress).toBeCloseTo(0.5, 9);
    expect(skyAt(flat(48), 90 * dayMs - 1, here).seasonProgress).toBeCloseTo(1, 6);
  });

  test("a day has 24 hours whatever its length", () => {
    const spec = { ...flat(48), sky: { ...flat(48).sky, dayLengthS: 7200 } };
    expect(skyAt(spec, 7200 * 1000 * 1.5, here)).toMatchObject({ dayOfYear: 2, hour: 12, minute: 0 });
  });

  test("every day of ten years has each hour once, in order", () => {
    const spec = { ...flat(48), sky: { ...flat(48).sky, daysPerYear: 7 } };
    for (let hour = 0; hour < 70 * 24; hour++) {
      const sky = skyAt(spec, hour * hourMs + 1, here);
      expect([sky.year, sky.dayOfYear, sky.hour]).toEqual([
        Math.floor(hour / 168) + 1,
        (Math.floor(hour / 24) % 7) + 1,
        hour % 24,
      ]);
    }
  });
});

describe("on a sphere", () => {
  test("it is another hour at another longitude", () => {
    const hours = [-90, 0, 90, 179.9].map((longitude) => skyAt(sphere, dayMs, on(10, longitude)).hour);
    expect(hours).toEqual([18, 0, 6, 11]);
  });

  test("the day changes at the antimeridian, the sun does not", () => {
    const east = skyAt(sphere, 10.25 * dayMs, on(20, 180));
    const west = skyAt(sphere, 10.25 * dayMs, on(20, -180));
    expect(east.dayOfYear - west.dayOfYear).toBe(1);
    expect(east.sunAltitudeRad).toBeCloseTo(west.sunAltitudeRad, 9);
    expect(east.hour).toBe(west.hour);
  });

  test("seasons are opposite on the hemispheres", () => {
    const pairs = [45, 135, 225, 315].map((day) =>
      [50, -50].map((latitude) => skyAt(sphere, day * dayMs, on(latitude, 0)).season),
    );
    expect(pairs).toEqual([
      ["spring", "autumn"],
      ["summer", "winter"],
      ["autumn", "spring"],
      ["winter", "summer"],
    ]);
  });

  test("the sun stands higher at noon in the hemisphere's own summer", () => {
    for (const latitude of [50, -50]) {
      const noons = [105.5, 285.5].map((day) => skyAt(sphere, day * dayMs, on(latitude, 0)));
      const [summer, winter] = noons[0]!.season === "summer" ? noons : noons.toReversed();
      expect(summer!.sunAltitudeRad - winter!.sunAltitudeRad).toBeGreaterThan(40 * deg);
    }
  });
});

test("a flat world lies at its specification's latitude", () => {
  expect(skyAt(flat(-48), 0, here).season).toBe("autumn");
  expect(skyAt(flat(60), 90.5 * dayMs, here).sunAltitudeRad / deg).toBeCloseTo(53.44, 1);
});

describe("the parts of a day", () => {
  test("follow each other in a temperate spring", () => {
    const parts = daypartsOf(flat(48), 1);
    expect(parts.filter((part, i) => part !== parts[i - 1])).toEqual([
      "night",
      "dawn",
      "morning",
      "noon",
      "afternoon",
      "dusk",
      "evening",
      "night",
    ]);
  });

  test("make a longer day in summer than in winter", () => {
    const up = (day: number) =>
      daypartsOf(flat(55), day).filter((part) => ["morning", "noon", "afternoon"].includes(part)).length;
    expect(up(90)).toBeGreaterThan(3 * 16);
    expect(up(270)).toBeLessThan(3 * 9);
  });

  test("know no night under the midnight sun, and no day in the polar night", () => {
    const summer = daypartsOf(sphere, 90, on(90, 0));
    expect(new Set(summer)).toEqual(new Set(["morning", "noon", "afternoon"]));
    expect(new Set(daypartsOf(sphere, 270, on(90, 0)))).toEqual(new Set(["night"]));
  });

  test("leave twilight at noon where the sun just fails to rise", () => {
    const parts = daypartsOf(sphere, 270, on(70, 0));
    expect(parts).toContain("dawn");
    expect(parts).toContain("dusk");
    expect(parts).not.toContain("noon");
  });
});
