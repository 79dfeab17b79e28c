import { noExtremes, type Observation } from "#core/sim/weather/observation.ts";
import type { SkyOver } from "#core/world/weather/sky-over.ts";

/** A mild, dry, quiet day. */
export const mildDay: Observation = {
  temperatureC: 12,
  dewPointC: 5,
  relativeHumidity: 0.6,
  windMps: 3,
  windFromRad: Math.PI,
  gustMps: 5,
  pressureHpa: 1013,
  cloud: 0.2,
  precipitation: "none",
  precipitationMmPerHour: 0,
  fog: 0,
  thunderPerHour: 0,
  snowDepthM: 0,
  soilMoisture: 0.5,
  seaIceM: 0,
  visibilityM: 40_000,
  sunAltitudeRad: 0.5,
  cyclone: null,
  extremes: noExtremes,
};

/** The same everywhere. */
export function skyOf(changes: Partial<Observation> = {}): SkyOver {
  const seen = { ...mildDay, ...changes };
  return { observe: () => seen, observeFar: () => seen };
}
