import type { Observation } from "../../sim/weather/observation.ts";
import type { Body } from "../model.ts";
import type { Scene } from "../scene.ts";
import { bearingRad, compass, type CompassDirection, type Position, travel } from "../space.ts";
import { capitalised, listed } from "../words.ts";
import { planetOf } from "./air.ts";
import { cycloneBriefly, cycloneNumbers, cycloneWords } from "./cyclone-words.ts";
import { extremeNumbers, extremeWords } from "./extreme-words.ts";
import type { Outlook } from "./outlook.ts";
import type { SkyOver } from "./sky-over.ts";
import {
  briefly,
  cloudWords,
  degrees,
  fallWords,
  skyBriefly,
  snowWords,
  visibilityWords,
  warmthWords,
  windWords,
} from "./words.ts";

/** What somebody who looks around notices of the weather; "" where nobody knows it. */
export function describeAir({ weather }: Scene, position: Position): string {
  if (weather === undefined) return "";
  const seen = weather.observe(position);
  const fall = fallWords(seen);
  const sentences = [
    `It is ${warmthWords(seen.temperatureC)}; ${cloudWords(seen)}, and ${windWords(seen)}.`,
    fall === "" ? "" : `${capitalised(fall)}.`,
    snowWords(seen),
    visibilityWords(seen),
    seen.cyclone?.isEye === true ? cycloneWords(seen) : "",
    extremeWords(seen),
  ];
  return sentences.filter((sentence) => sentence !== "").join(" ");
}

/** What anybody would say of it first: what falls, else the sky; "" where nobody knows it. */
export function weatherWords({ weather }: Scene, position: Position): string {
  if (weather === undefined) return "";
  const seen = weather.observe(position);
  return fallWords(seen) || cloudWords(seen);
}

/** What `weather` tells, with numbers where a person would measure. */
export function describeWeather(seen: Observation): string {
  const fall = fallWords(seen);
  const sentences = [
    `It is ${warmthWords(seen.temperatureC)}, ${degrees(seen.temperatureC)} °C.`,
    `${capitalised(cloudWords(seen))}, and ${windWords(seen)}.`,
    fall === "" ? "Nothing falls from the sky." : `${capitalised(fall)}.`,
    snowWords(seen),
    seen.seaIceM >= 0.05 ? "Ice lies on the water." : "",
    visibilityWords(seen),
    cycloneWords(seen),
    extremeWords(seen),
  ];
  return sentences.filter((sentence) => sentence !== "").join(" ");
}

export type Nearby = { readonly direction: CompassDirection; readonly observation: Observation };

/** Far enough away for another sky: a part of the way round the world. */
export function nearM(scene: Scene): number {
  return Math.max(20_000, Math.round((planetOf(scene.place.spec).radiusM * 0.03) / 10_000) * 10_000);
}

/** In a world that ends somewhere all lies under one sky. */
export function weatherNear(scene: Scene, weather: SkyOver, { position }: Body): Nearby[] {
  const { spec } = scene.place;
  if (spec.bounds !== null) return [];
  const distanceM = nearM(scene);
  return compass.map((direction) => {
    const there = travel(spec, position, bearingRad(direction), distanceM);
    return { direction, observation: weather.observeFar({ x: there.x, y: there.y, z: 0 }) };
  });
}

/** Directions under the same sky together. */
export function describeNear(scene: Scene, here: Observation, near: readonly Nearby[]): string {
  const cyclone = cycloneWords(here);
  const storm = cyclone === "" ? [] : [cyclone];
  if (near.length === 0)
    return [`All of ${scene.place.name} lies under one sky: ${briefly(here)}.`, ...storm].join("\n");
  const groups = Map.groupBy(near, ({ observation }) => briefly(observation));
  const lines = [...groups].map(([words, all]) => `To the ${listed(all.map(({ direction }) => direction))}: ${words}.`);
  return [`Here: ${briefly(here)}.`, `Some ${nearM(scene) / 1000} kilometres away:`, ...lines, ...storm].join("\n");
}

/** Hours that look alike together. */
export function describeOutlook(outlook: Outlook): string {
  const lines: { words: string; fromS: number; toS: number; least: number; most: number }[] = [];
  for (const { inS, observation } of outlook) {
    const words = outlookWords(observation);
    const last = lines.at(-1);
    const temperature = degrees(observation.temperatureC);
    if (last?.words === words) {
      lines[lines.length - 1] = {
        ...last,
        toS: inS,
        least: Math.min(last.least, temperature),
        most: Math.max(last.most, temperature),
      };
    } else lines.push({ words, fromS: inS, toS: inS, least: temperature, most: temperature });
  }
  const told = lines.map(({ words, fromS, toS, least, most }) => {
    const when = fromS === toS ? `In ${hours(fromS)}` : `In ${hoursOf(fromS)} to ${hours(toS)}`;
    return `${when}: ${words}, ${least === most ? least : `${least} to ${most}`} °C.`;
  });
  return ["If it is left alone, the sky will go on like this:", ...told].join("\n");
}

function outlookWords(observation: Observation): string {
  const cyclone = cycloneBriefly(observation);
  return `${skyBriefly(observation)}${cyclone === "" ? "" : `, ${cyclone}`}`;
}

const hoursOf = (seconds: number): number => {
  const value = seconds / 3600;
  return value < 1 ? Math.round(value * 10) / 10 : Math.round(value);
};
const hours = (seconds: number): string => (hoursOf(seconds) === 1 ? "1 hour" : `${hoursOf(seconds)} hours`);

/** As metadata: the numbers behind the words. */
export function weatherNumbers(seen: Observation) {
  const to = (digits: number, value: number) => Math.round(value * 10 ** digits) / 10 ** digits + 0;
  return {
    temperature_c: to(1, seen.temperatureC),
    dew_point_c: to(1, seen.dewPointC),
    humidity: to(2, seen.relativeHumidity),
    wind_mps: to(1, seen.windMps),
    gust_mps: to(1, seen.gustMps),
    wind_from_deg: Math.round((seen.windFromRad * 180) / Math.PI) % 360,
    pressure_hpa: to(1, seen.pressureHpa),
    cloud: to(2, seen.cloud),
    precipitation: seen.precipitation,
    precipitation_mm_h: to(2, seen.precipitationMmPerHour),
    fog: to(2, seen.fog),
    thunder_per_hour: to(1, seen.thunderPerHour),
    snow_depth_m: to(2, seen.snowDepthM),
    sea_ice_m: to(2, seen.seaIceM),
    visibility_m: Math.round(seen.visibilityM),
    ...(seen.cyclone !== null && { cyclone: cycloneNumbers(seen.cyclone) }),
    ...extremeNumbers(seen.extremes),
  };
}
