import { sunAt, type Place, type SunSeen } from "../sim/astronomy.ts";
import { type MoonSeen, moonAt } from "../sim/moons.ts";
import type { Position } from "./space.ts";
import type { MoonSpec, WorldSpec } from "./spec.ts";

export type Daypart = "night" | "dawn" | "morning" | "noon" | "afternoon" | "dusk" | "evening";
export type Season = "spring" | "summer" | "autumn" | "winter";

export type Sky = {
  readonly daypart: Daypart;
  /** Of the sun's middle above the horizon. */
  readonly sunAltitudeRad: number;
  /** From north over east, 0 … 2π. */
  readonly sunAzimuthRad: number;
  /** Of the place's own hemisphere. */
  readonly season: Season;
  /** −π … π: 0 when the sun is in the meridian. */
  readonly sunHourAngleRad: number;
  /** 0 … 1 within the season. */
  readonly seasonProgress: number;
  /** From 1. */
  readonly dayOfYear: number;
  /** From 1; west of longitude 0 the world begins on the last day of year 0. */
  readonly year: number;
  /** The place's mean solar time, a day having 24 hours whatever its length. */
  readonly hour: number;
  readonly minute: number;
};

/** Sky over a place. Game time 0 is midnight at longitude 0, on the first day of the northern spring of year 1. */
export function skyAt(spec: WorldSpec, gameTimeMs: number, position: Position): Sky {
  const { daysPerYear } = spec.sky;
  const dayMs = spec.sky.dayLengthS * 1000;
  const place = placeOf(spec, position);
  const sun = sunAt(spec.sky, gameTimeMs / dayMs, place);
  // Whole days first: a fraction of a thousandth year would no longer tell 12:30 from 12:29.
  const localMs = gameTimeMs + (dayMs * place.longitudeRad) / (2 * Math.PI);
  const day = Math.floor(localMs / dayMs);
  const sinceMidnightMs = localMs - day * dayMs;
  const minutes = Math.floor((sinceMidnightMs * 1440) / dayMs);
  const year = Math.floor(day / daysPerYear);
  const dayOfYear = day - Math.ceil(year * daysPerYear);
  const quarters = Math.min(4, (4 * (dayOfYear + sinceMidnightMs / dayMs)) / daysPerYear);
  return {
    daypart: daypartOf(sun.altitudeRad, sun.hourAngleRad),
    sunAltitudeRad: sun.altitudeRad,
    sunAzimuthRad: sun.azimuthRad,
    sunHourAngleRad: sun.hourAngleRad,
    season: seasonOf(quarters, place.latitudeRad),
    seasonProgress: quarters - Math.min(3, Math.floor(quarters)),
    dayOfYear: dayOfYear + 1,
    year: year + 1,
    hour: Math.floor(minutes / 60),
    minute: minutes % 60,
  };
}

/** Latitude and longitude: its own on a sphere, the specification's on a flat world. */
export function placeOf(spec: WorldSpec, position: Position): Place {
  if (spec.shape === "spherical" && spec.radiusM !== null) {
    return { latitudeRad: position.y / spec.radiusM, longitudeRad: position.x / spec.radiusM };
  }
  return { latitudeRad: spec.sky.latitudeRad, longitudeRad: 0 };
}

/** The upper limb touches the horizon, with Earth's refraction (Meeus, ch. 15). */
const sunriseRad = (-0.833 * Math.PI) / 180;
const civilTwilightRad = (-6 * Math.PI) / 180;
const astronomicalTwilightRad = (-18 * Math.PI) / 180;
/** An hour of 24 on either side of the meridian. */
const noonHalfRad = Math.PI / 12;

/**
 * By the sun alone, so that a polar summer has mornings and afternoons but no night. Dusk is civil twilight, evening lasts
 * from there until it is fully dark; before sunrise only civil twilight is dawn.
 */
export function daypartOf(altitudeRad: SunSeen["altitudeRad"], hourAngleRad: SunSeen["hourAngleRad"]): Daypart {
  const isRising = hourAngleRad < 0;
  if (altitudeRad >= sunriseRad) {
    if (Math.abs(hourAngleRad) <= noonHalfRad) return "noon";
    return isRising ? "morning" : "afternoon";
  }
  if (altitudeRad >= civilTwilightRad) return isRising ? "dawn" : "dusk";
  return altitudeRad >= astronomicalTwilightRad && !isRising ? "evening" : "night";
}

export type MoonInSky = MoonSeen & { readonly name: string; readonly isUp: boolean };

/** Full every thirty days, so that a year of 360 has twelve of them. */
const defaultMoons: readonly MoonSpec[] = [
  { name: "the moon", periodDays: 30, phaseAtStart: 0.25, inclinationRad: (5 * Math.PI) / 180 },
];

export const moonsOf = ({ sky }: WorldSpec): readonly MoonSpec[] => sky.moons ?? defaultMoons;

/** In the order of the specification. */
export function moonsAt(spec: WorldSpec, gameTimeMs: number, position: Position): MoonInSky[] {
  return moonsOf(spec).map((moon) => moonInSky(spec, moon, gameTimeMs, position));
}

export function moonInSky(spec: WorldSpec, moon: MoonSpec, gameTimeMs: number, position: Position): MoonInSky {
  const seen = moonAt(spec.sky, moon, gameTimeMs / (spec.sky.dayLengthS * 1000), placeOf(spec, position));
  return { ...seen, name: moon.name, isUp: seen.altitudeRad > 0 };
}

const seasons = ["spring", "summer", "autumn", "winter"] as const;

function seasonOf(quarters: number, latitudeRad: number): Season {
  const quarter = Math.min(3, Math.floor(quarters));
  return seasons[latitudeRad < 0 ? (quarter + 2) % 4 : quarter]!;
}
