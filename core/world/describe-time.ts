import { nextCrossing } from "../sim/moons.ts";
import { paceOf, type WorldClock } from "./clock.ts";
import type { Scene } from "./scene.ts";
import { type MoonInSky, moonInSky, moonsAt, moonsOf, type Sky, skyAt } from "./sky.ts";
import { compassOf, type Position } from "./space.ts";
import { fogHidesFrom, isOvercast } from "./weather/words.ts";
import { capitalised, listed, ordinal } from "./words.ts";

/** "It is dusk in autumn; the west glows, but the sun is not up. The moon, nearly full, stands in the east. …" */
export function describeSky({ place: { spec }, gameMs, weather }: Scene, position: Position): string {
  const sky = skyAt(spec, gameMs, position);
  if ((weather?.observe(position).fog ?? 0) >= fogHidesFrom)
    return `It is ${sky.daypart} in ${sky.season}; nothing of the sky shows.`;
  if (weather !== undefined && isOvercast(weather.observe(position)))
    return `It is ${sky.daypart} in ${sky.season}; ${hiddenWords(sky)}`;
  const moons = moonsAt(spec, gameMs, position).filter(isSeen);
  return [
    `It is ${sky.daypart} in ${sky.season}; ${sunWords(sky)}.`,
    ...moons.map((moon) => `${capitalised(moon.name)}, ${phaseWords(moon)}, stands ${whereInSky(moon)}.`),
    lightWords(sky, moons),
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

/** By the sun of that place. */
export function describeDate({ place, gameMs }: Scene, position: Position): string {
  const sky = skyAt(place.spec, gameMs, position);
  return `It is ${clockWords(sky)} on the ${ordinal(sky.dayOfYear)} day of year ${sky.year}.`;
}

/** What there is to know of the hour: date, sky, and how time runs. */
export function describeTime(scene: Scene, position: Position): string {
  const { spec } = scene.place;
  const sky = skyAt(spec, scene.gameMs, position);
  const sight =
    spec.ground === "room" ? `It is ${sky.daypart} in ${sky.season} outside.` : describeSky(scene, position);
  const pace = isOrdinary(scene.state.clock) ? [] : [describePace(scene.state.clock)];
  return [describeDate(scene, position), sight, ...risingWords(scene, position), ...pace].join(" ");
}

/** How fast time runs against that of the players. */
export function describePace(clock: WorldClock): string {
  if (clock.isPaused) return "Time stands still.";
  const wanted =
    clock.dilation === 1 ? "Time runs as fast as your own" : `Time runs ${clock.dilation} times as fast as your own`;
  if (clock.stretch === 1) return `${wanted}.`;
  return `${wanted}, but the world is so busy that it keeps ${Math.round(clock.stretch * 100)} % of that pace for now.`;
}

const isOrdinary = (clock: WorldClock): boolean => paceOf(clock) === 1;

/** What `world info` tells. */
export function describeWorld({ place, state }: Scene): string {
  const { spec, name } = place;
  const hours = spec.sky.dayLengthS / 3600;
  const moons = moonsOf(spec);
  const { bounds, radiusM } = spec;
  return [
    `${name}: ${spec.theme}`,
    radiusM !== null
      ? `It is a sphere of ${Math.round(radiusM / 1000)} km radius.`
      : bounds !== null
        ? `It measures ${Math.round(bounds.maxX - bounds.minX)} by ${Math.round(bounds.maxY - bounds.minY)} metres.`
        : "It has no end.",
    `A day has ${rounded(hours)} hours, a year ${rounded(spec.sky.daysPerYear)} days.`,
    moons.length === 0
      ? "No moon goes round it."
      : `${capitalised(listed(moons.map((moon) => `${moon.name} (${rounded(moon.periodDays)} days)`)))} ${moons.length === 1 ? "goes" : "go"} round it.`,
    spec.isLawless === true
      ? "Players may attack each other here without asking."
      : "Players fight only players who agree to it.",
    describePace(state.clock),
  ].join("\n");
}

const rounded = (x: number): number => Math.round(x * 100) / 100;

const clockWords = ({ hour, minute }: Sky): string =>
  `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;

const degrees = (rad: number): number => (rad * 180) / Math.PI;

const sideOf = (azimuthRad: number): string => compassOf(Math.sin(azimuthRad), Math.cos(azimuthRad));

function sunWords({ sunAltitudeRad, sunAzimuthRad }: Sky): string {
  const altitude = degrees(sunAltitudeRad);
  const side = sideOf(sunAzimuthRad);
  if (altitude < -18) return "the stars are out";
  if (altitude < -6) return `a last shimmer lies in the ${side}, and the stars are out`;
  if (altitude < 0) return `the ${side} glows, but the sun is not up`;
  if (altitude < 15) return `the sun stands low in the ${side}`;
  return altitude < 60 ? `the sun stands in the ${side}` : "the sun stands high overhead";
}

/** Clouds lie over all of it. */
function hiddenWords({ sunAltitudeRad }: Sky): string {
  const altitude = degrees(sunAltitudeRad);
  if (altitude >= 0) return "the sun is somewhere behind the clouds.";
  if (altitude >= -6) return "grey light comes through the clouds. There is light enough to see by.";
  return altitude >= -12 ? "clouds hide the sky. The light is nearly gone." : "clouds hide the stars. It is dark.";
}

/** A moon near the sun cannot be seen. */
const isSeen = ({ isUp, illumination }: MoonInSky): boolean => isUp && illumination > 0.01;

function phaseWords({ phase, illumination }: MoonInSky): string {
  const isWaxing = phase < 0.5;
  if (illumination > 0.98) return "full";
  if (illumination > 0.9) return isWaxing ? "nearly full" : "just past full";
  if (illumination > 0.55) return isWaxing ? "waxing" : "waning";
  if (illumination > 0.45) return isWaxing ? "half and waxing" : "half and waning";
  return isWaxing ? "a young crescent" : "an old crescent";
}

function whereInSky({ altitudeRad, azimuthRad }: MoonInSky): string {
  const altitude = degrees(altitudeRad);
  if (altitude > 60) return "high overhead";
  return `${altitude < 15 ? "low " : ""}in the ${sideOf(azimuthRad)}`;
}

/** What there is to see by. */
function lightWords({ sunAltitudeRad }: Sky, moons: readonly MoonInSky[]): string {
  const altitude = degrees(sunAltitudeRad);
  if (altitude >= 0) return "";
  if (altitude >= -6) return "There is light enough to see by.";
  const moonlight = moons.reduce((sum, moon) => sum + moon.illumination * Math.max(0, Math.sin(moon.altitudeRad)), 0);
  if (moonlight > 0.4) return "Bright moonlight lies over everything.";
  if (moonlight > 0.1) return "There is a little moonlight.";
  return altitude >= -12 ? "The light is nearly gone." : "It is dark but for the stars.";
}

/** When the moons that are not up rise next. */
function risingWords({ place: { spec }, gameMs }: Scene, position: Position): string[] {
  if (spec.ground === "room") return [];
  const dayMs = spec.sky.dayLengthS * 1000;
  return moonsOf(spec).flatMap((moon) => {
    const altitudeAt = (days: number): number => moonInSky(spec, moon, days * dayMs, position).altitudeRad;
    const risesAt = altitudeAt(gameMs / dayMs) > 0 ? null : nextCrossing(altitudeAt, gameMs / dayMs, "rises");
    return risesAt === null
      ? []
      : [`${capitalised(moon.name)} rises at ${clockWords(skyAt(spec, risesAt * dayMs, position))}.`];
  });
}
