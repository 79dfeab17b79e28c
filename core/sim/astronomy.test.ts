import { describe, expect, test } from "vitest";
import { equationOfTime, solarDeclination, sunAt, type Orbit } from "./astronomy.ts";

const deg = Math.PI / 180;
const orbit: Orbit = { daysPerYear: 360, axialTiltRad: 23.44 * deg };
const spring = 0;
const summer = 90;
const autumn = 180;
const winter = 270;
const place = (latitude: number, longitude = 0) => ({ latitudeRad: latitude * deg, longitudeRad: longitude * deg });

/** When the true sun is in the meridian, on about this day. */
function noonOf(day: number, longitude = 0): number {
  let time = day + 0.5 - longitude / 360;
  for (let i = 0; i < 5; i++) time -= sunAt(orbit, time, place(0, longitude)).hourAngleRad / (2 * Math.PI);
  return time;
}

describe("the sun", () => {
  test("is over the equator at the equinoxes and over the tropics at the solstices", () => {
    expect(solarDeclination(orbit, spring) / deg).toBeCloseTo(0, 9);
    expect(solarDeclination(orbit, summer) / deg).toBeCloseTo(23.44, 9);
    expect(solarDeclination(orbit, autumn) / deg).toBeCloseTo(0, 9);
    expect(solarDeclination(orbit, winter) / deg).toBeCloseTo(-23.44, 9);
  });

  // 90° − |latitude − declination|.
  test.each([
    ["Quito's equinox", 0, spring, 90],
    ["Freiburg's equinox", 48, spring, 42],
    ["Freiburg's midsummer", 48, summer, 65.44],
    ["Freiburg's midwinter", 48, winter, 18.56],
    ["the northern tropic's midsummer", 23.44, summer, 90],
    ["the polar circle's midwinter", 66.56, winter, 0],
    ["Hobart's midsummer", -43, winter, 70.44],
    ["Hobart's midwinter", -43, summer, 23.56],
    ["the pole's midsummer", 90, summer, 23.44],
  ])("stands at its known height at noon: %s", (_name, latitude, day, altitude) => {
    const seen = sunAt(orbit, noonOf(day), place(latitude));
    // The declination moves by up to 0.4° a day, and noon is half a day after midnight.
    expect(Math.abs(seen.altitudeRad / deg - altitude)).toBeLessThan(0.25);
  });

  test("culminates due south in the north, due north in the south", () => {
    for (const day of [spring, summer, autumn, winter]) {
      expect(sunAt(orbit, noonOf(day), place(48)).azimuthRad / deg).toBeCloseTo(180, 6);
      const north = sunAt(orbit, noonOf(day), place(-48)).azimuthRad / deg;
      expect(Math.min(north, 360 - north)).toBeCloseTo(0, 6);
    }
  });

  test("rises due east and sets due west at the equinox, farther north in summer", () => {
    const rising = sunAt(orbit, noonOf(0) - 0.25, place(48));
    const setting = sunAt(orbit, noonOf(0) + 0.25, place(48));
    expect(Math.abs(rising.altitudeRad / deg)).toBeLessThan(0.5);
    expect(Math.abs(rising.azimuthRad / deg - 90)).toBeLessThan(0.5);
    expect(Math.abs(setting.azimuthRad / deg - 270)).toBeLessThan(0.5);
    expect(sunAt(orbit, noonOf(summer) - 0.25, place(48)).azimuthRad / deg).toBeLessThan(80);
  });

  test("does not set at the pole all summer, nor rise all winter", () => {
    for (let hour = 0; hour < 24; hour++) {
      expect(sunAt(orbit, summer + hour / 24, place(90)).altitudeRad / deg).toBeCloseTo(23.44, 1);
      expect(sunAt(orbit, summer + hour / 24, place(-90)).altitudeRad / deg).toBeCloseTo(-23.44, 1);
    }
  });

  test("comes to the east first: a quarter turn is a quarter day", () => {
    for (const longitude of [-180, -90, 0, 90, 180]) {
      const seen = sunAt(orbit, noonOf(10, longitude), place(0, longitude));
      expect(seen.hourAngleRad).toBeCloseTo(0, 9);
      expect(noonOf(10, longitude)).toBeCloseTo(noonOf(10) - longitude / 360, 3);
    }
  });

  test("is up for half of the year everywhere, on worlds of any tilt", () => {
    for (const tilt of [0, 23.44, 60, 90]) {
      for (const latitude of [-70, -20, 0, 45, 85]) {
        let up = 0;
        const samples = 20_000;
        for (let i = 0; i < samples; i++) {
          const world = { daysPerYear: 50, axialTiltRad: tilt * deg };
          if (sunAt(world, (i * 50) / samples, place(latitude)).altitudeRad > 0) up++;
        }
        expect(Math.abs(up / samples - 0.5), `tilt ${tilt}, latitude ${latitude}`).toBeLessThan(0.015);
      }
    }
  });

  test("runs before and after the clock by ten minutes, four times a year, as the tilt would have it on Earth", () => {
    const minutes = Array.from({ length: 360 }, (_, day) => (equationOfTime(orbit, day) / (2 * Math.PI)) * 1440);
    expect(Math.max(...minutes)).toBeCloseTo(9.87, 1);
    expect(Math.min(...minutes)).toBeCloseTo(-9.87, 1);
    expect(minutes[spring]).toBeCloseTo(0, 9);
    expect(minutes[summer]).toBeCloseTo(0, 9);
    expect(equationOfTime({ daysPerYear: 360, axialTiltRad: 0 }, 40)).toBeCloseTo(0, 12);
  });

  test("is past the meridian at the clock's noon while it runs before the clock", () => {
    for (const day of [20, 70, 135, 300]) {
      expect(sunAt(orbit, day + 0.5, place(48)).hourAngleRad).toBeCloseTo(equationOfTime(orbit, day + 0.5), 9);
      expect(Math.abs(equationOfTime(orbit, day + 0.5))).toBeGreaterThan(0.01);
    }
  });

  test("is where it was a year ago", () => {
    const before = sunAt(orbit, 12.34, place(48, 10));
    const after = sunAt(orbit, 372.34, place(48, 10));
    expect(after.altitudeRad).toBeCloseTo(before.altitudeRad, 9);
    expect(after.azimuthRad).toBeCloseTo(before.azimuthRad, 9);
  });
});
