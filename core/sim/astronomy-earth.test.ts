import { Body, Equator, Horizon, Illumination, MakeTime, MoonPhase, Observer, Seasons } from "astronomy-engine";
import { expect, test } from "vitest";
import { type Orbit, sunAt } from "./astronomy.ts";
import { moonAt, type MoonOrbit } from "./moons.ts";

// The Earth's own sky by an independent source, Don Cross' astronomy-engine (VSOP87 and a lunar theory), over a year from the spring of 2024.

const deg = Math.PI / 180;
const dayMs = 86_400_000;
const equinox = Seasons(2024).mar_equinox.date.getTime();
/** Our day begins at midnight at longitude 0, and so does the year: what is left of the equinox's day turns the globe. */
const turnedRad = 2 * Math.PI * ((equinox % dayMs) / dayMs);
const earth: Orbit = {
  daysPerYear: 365.2422,
  axialTiltRad: 23.4393 * deg,
  eccentricity: 0.016709,
  perihelionRad: 283.35 * deg,
};
const places = [-89.9, -66.6, -35.3, -0.2, 23.4, 48, 69.6, 89.9].flatMap((latitude) =>
  [-179, -78.5, 0, 7.8, 149.1].map((longitude) => ({ latitude, longitude })),
);
const ours = ({ latitude, longitude }: (typeof places)[number]) => ({
  latitudeRad: latitude * deg,
  longitudeRad: longitude * deg + turnedRad,
});

test("the sun stands where it does over the Earth, all year and everywhere, within 0.015°", () => {
  let worst = { error: 0, at: "" };
  for (let hour = 0; hour < 366 * 24; hour += 37) {
    const timeDays = hour / 24;
    const date = MakeTime(new Date(equinox + timeDays * dayMs));
    for (const place of places) {
      const observer = new Observer(place.latitude, place.longitude, 0);
      const { ra, dec } = Equator(Body.Sun, date, observer, true, true);
      const theirs = Horizon(date, observer, ra, dec);
      const seen = sunAt(earth, timeDays, ours(place));
      const error = apart(seen, { altitudeRad: theirs.altitude * deg, azimuthRad: theirs.azimuth * deg }) / deg;
      if (error > worst.error) worst = { error, at: `${JSON.stringify(place)}, day ${timeDays}` };
    }
  }
  expect(worst.error, worst.at).toBeLessThan(0.015);
});

/** Mean elements of the Earth's moon (Meeus, 47.2, 47.4, 47.5), the node as it is in the middle of the year. */
function earthsMoon(): MoonOrbit {
  const centuries = (equinox - Date.UTC(2000, 0, 1, 12)) / dayMs / 36_525;
  const midYear = centuries + 0.5 / 100;
  const node = 218.3164477 - 93.272095 + (481_267.88123421 - 483_202.0175233) * midYear;
  return {
    periodDays: 29.530589,
    phaseAtStart: (297.8501921 + 445_267.1114034 * centuries) / 360,
    inclinationRad: 5.145 * deg,
    nodeRad: node * deg,
    eccentricity: 0.0549,
    anomalisticDays: 27.55455,
    anomalyAtStartRad: (134.9633964 + 477_198.8675055 * centuries) * deg,
  };
}

test("the moon is as full as the Earth's within 2 %, in its phase within 1 % of a turn, and stands within 3.5° of it", () => {
  const moon = earthsMoon();
  const worst = { illumination: 0, phase: 0, placeDeg: 0 };
  for (let hour = 0; hour < 366 * 24; hour += 11) {
    const timeDays = hour / 24;
    const date = MakeTime(new Date(equinox + timeDays * dayMs));
    const lit = Illumination(Body.Moon, date).phase_fraction;
    const phase = MoonPhase(date) / 360;
    for (const place of places.slice(0, 20)) {
      const observer = new Observer(place.latitude, place.longitude, 0);
      const { ra, dec } = Equator(Body.Moon, date, observer, true, true);
      const theirs = Horizon(date, observer, ra, dec);
      const seen = moonAt(earth, moon, timeDays, ours(place));
      const error = apart(seen, { altitudeRad: theirs.altitude * deg, azimuthRad: theirs.azimuth * deg }) / deg;
      worst.placeDeg = Math.max(worst.placeDeg, error);
      worst.illumination = Math.max(worst.illumination, Math.abs(seen.illumination - lit));
      worst.phase = Math.max(worst.phase, Math.abs(((seen.phase - phase + 1.5) % 1) - 0.5));
    }
  }
  expect(worst.illumination).toBeLessThan(0.02);
  expect(worst.phase).toBeLessThan(0.01);
  expect(worst.placeDeg).toBeLessThan(3.5);
});

/** The angle between two directions: an azimuth means nothing overhead. */
function apart(a: { altitudeRad: number; azimuthRad: number }, b: typeof a): number {
  const east = Math.sin((a.azimuthRad - b.azimuthRad) / 2);
  const up = Math.sin((a.altitudeRad - b.altitudeRad) / 2);
  return 2 * Math.asin(Math.sqrt(up * up + Math.cos(a.altitudeRad) * Math.cos(b.altitudeRad) * east * east));
}
