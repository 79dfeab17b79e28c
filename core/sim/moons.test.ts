import { describe, expect, test } from "vitest";
import { meanOf, type Orbit, solarLongitude, sunAt, trueOf } from "./astronomy.ts";
import { moonAt, type MoonOrbit, nextCrossing } from "./moons.ts";

const deg = Math.PI / 180;
const orbit: Orbit = { daysPerYear: 360, axialTiltRad: 23.44 * deg };
const moon: MoonOrbit = { periodDays: 30, phaseAtStart: 0 };
const equator = { latitudeRad: 0, longitudeRad: 0 };

describe("a moon", () => {
  test.each([
    [0, 0, 0],
    [7.5, 0.25, 0.5],
    [15, 0.5, 1],
    [22.5, 0.75, 0.5],
    [29.999, 1, 0],
    [3015, 0.5, 1],
  ])("after %d days of a month of thirty is in phase %d and lit by %d", (day, phase, lit) => {
    const seen = moonAt(orbit, moon, day, equator);
    expect(seen.phase).toBeCloseTo(phase, 3);
    expect(seen.illumination).toBeCloseTo(lit, 3);
  });

  test("when new stands by the sun, when full opposite to it, when waxing follows it by a quarter day", () => {
    const sun = (day: number) => sunAt(orbit, day, equator);
    expect(moonAt(orbit, moon, 30, equator).altitudeRad).toBeCloseTo(sun(30).altitudeRad, 6);
    expect(moonAt(orbit, moon, 15, equator).altitudeRad).toBeCloseTo(-sun(15).altitudeRad, 6);
    const late = sun(7.5).hourAngleRad - moonAt(orbit, moon, 7.5, equator).hourAngleRad;
    expect(Math.abs(late - Math.PI / 2)).toBeLessThan(0.1);
  });

  test("stays within its inclination of the sun's way, and rises every day a little later", () => {
    const tilted = { ...moon, inclinationRad: 20 * deg };
    const flat: Orbit = { daysPerYear: 360, axialTiltRad: 0 };
    const declinations = Array.from({ length: 300 }, (_, i) => {
      const { altitudeRad } = moonAt(flat, tilted, i * 0.1, { latitudeRad: Math.PI / 2, longitudeRad: 0 });
      return altitudeRad / deg;
    });
    expect(Math.max(...declinations)).toBeCloseTo(20, 1);
    expect(Math.min(...declinations)).toBeCloseTo(-20, 1);
    const altitudeAt = (day: number) => moonAt(flat, moon, day, equator).altitudeRad;
    const first = nextCrossing(altitudeAt, 3, "rises")!;
    const second = nextCrossing(altitudeAt, first + 0.1, "rises")!;
    // A day and a thirtieth of a turn, which the moon goes on meanwhile.
    expect(second - first).toBeCloseTo(1 / (1 - 1 / 30), 3);
    expect(altitudeAt(first + 0.001)).toBeGreaterThan(0);
    expect(altitudeAt(first - 0.001)).toBeLessThan(0);
    expect(nextCrossing(altitudeAt, first, "sets")! - first).toBeCloseTo((second - first) / 2, 2);
  });

  test("that never rises is not waited for", () => {
    expect(nextCrossing(() => -1, 0, "rises")).toBeNull();
    expect(nextCrossing(() => 1, 0, "rises")).toBeNull();
  });
});

describe("an elliptic orbit", () => {
  test.each([0, 0.0167, 0.3, 0.7, 0.9])("of eccentricity %d: Kepler's equation is solved all the way round", (e) => {
    for (let mean = -3.1; mean < 3.14; mean += 0.01) expect(meanOf(trueOf(mean, e), e)).toBeCloseTo(mean, 9);
  });

  test("keeps the first day of spring at time 0, and hurries where the sun is near", () => {
    const elliptic = { ...orbit, eccentricity: 0.2, perihelionRad: 90 * deg };
    const at = (day: number) => solarLongitude(elliptic, day);
    expect(Math.min(at(0), 2 * Math.PI - at(0))).toBeCloseTo(0, 9);
    const summer = [...Array(360).keys()].filter((day) => at(day) > 45 * deg && at(day) < 135 * deg).length;
    const winter = [...Array(360).keys()].filter((day) => at(day) > 225 * deg && at(day) < 315 * deg).length;
    expect([summer < 75, winter > 105]).toEqual([true, true]);
    expect(at(360 + 17.3)).toBeCloseTo(at(17.3), 9);
  });
});
