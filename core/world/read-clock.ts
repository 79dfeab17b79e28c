import { climateAt, createClimate } from "../sim/climate.ts";
import { cos, sin } from "../sim/elementary.ts";
import type { ClimateAtPlace } from "../sim/planet-land/climate.ts";
import { gameTimeMs, paceOf, tickNumber, type WorldClock } from "./clock.ts";
import { placeOf, type Sky, skyAt } from "./sky.ts";
import type { WorldSpec } from "./spec.ts";

export type ClockReading = {
  readonly gameTimeMs: number;
  readonly realTimeMs: number;
  readonly isPaused: boolean;
  readonly dilation: number;
  readonly pace: number;
  readonly ticksPerSecond: number;
  readonly tickNumber: number;
};

export function readClock(clock: WorldClock, nowMs: number): ClockReading {
  const { isPaused, dilation, ticksPerSecond } = clock;
  return {
    gameTimeMs: gameTimeMs(clock, nowMs),
    realTimeMs: nowMs,
    isPaused,
    dilation,
    pace: paceOf(clock),
    ticksPerSecond,
    tickNumber: tickNumber(clock, nowMs),
  };
}

export type SkyReading = Pick<
  Sky,
  | "daypart"
  | "season"
  | "seasonProgress"
  | "year"
  | "dayOfYear"
  | "hour"
  | "minute"
  | "sunAltitudeRad"
  | "sunAzimuthRad"
>;

/** Over the world's spawn. */
export function readSky(spec: WorldSpec, gameMs: number): SkyReading {
  const sky = skyAt(spec, gameMs, spec.spawn.position);
  const { daypart, season, seasonProgress, year, dayOfYear, hour, minute, sunAltitudeRad, sunAzimuthRad } = sky;
  return { daypart, season, seasonProgress, year, dayOfYear, hour, minute, sunAltitudeRad, sunAzimuthRad };
}

export type ClimateReading = { readonly temperatureC: number; readonly rainMmPerYear: number } | null;

/** Annual means at sea level, by latitude alone: what is known of a world without making its land. */
export function readClimate(spec: WorldSpec): ClimateReading {
  if (spec.ground === "room") return null;
  const { x, y } = spec.spawn.position;
  const { temperatureC, rainMmPerYear } = zonalClimateOf(spec)(x, y, 0);
  return { temperatureC: round(temperatureC), rainMmPerYear: round(rainMmPerYear) };
}

/** Annual means by latitude and height alone. */
export function zonalClimateOf(spec: WorldSpec): ClimateAtPlace {
  const axialTiltCos = cos(spec.sky.axialTiltRad);
  const climate = createClimate(0, { scaleM: spec.radiusM ?? 6_371_000, axialTiltCos, regionalK: 0 });
  return (x, y, elevationM) => {
    const latitudeSin = sin(placeOf(spec, { x, y, z: 0 }).latitudeRad);
    return climateAt(climate, { x: 0, y: 0, z: 0, latitudeSin }, midland, elevationM);
  };
}

/** Neither on the coast nor far from it. */
const midland = { shore: 0.6, mountain: 0, rough: 0, elevationM: 0 };
const round = (value: number): number => Math.round(value * 10) / 10;
