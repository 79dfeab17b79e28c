import type { CharacterId } from "../../lib/ids.ts";
import { stormFromMps } from "../../sim/weather/cyclone-wind.ts";
import { droughtKinds, type Observation } from "../../sim/weather/observation.ts";
import type { Body } from "../model.ts";
import { type Scene, type Telling, telling } from "../scene.ts";
import { cycloneKind, cycloneWords } from "./cyclone-words.ts";
import { weatherNumbers } from "./describe.ts";
import { extremeWords, droughtWords } from "./extreme-words.ts";
import { fallMm, fallWords, overcastFrom, windWords } from "./words.ts";

// Changes of the weather, told to each who is awake as they come where he stands. Every boundary has two sides, so that what lies on it is not
// told for ever. As in herald.ts, what was told is the owner's memory: after a restart each begins with what he sees.

/** Real time between two of these to one character. */
export const weatherToldMsMin = 60_000;
/** Characters looked at in one call, in turn: an observation costs up to 0.2 ms. */
export const lookedAtMax = 32;

export type WeatherHerald = { tellingsOf(scene: Scene): Telling[] };

type Felt = {
  /** 0 nothing, 1 light, 2 steady, 3 heavy. */
  readonly fall: number;
  readonly isSnow: boolean;
  /** 0 calm or a breeze, 1 strong, 2 a gale, 3 a storm, 4 a hurricane's. */
  readonly wind: number;
  readonly isFoggy: boolean;
  readonly isOvercast: boolean;
  readonly isThunder: boolean;
  /** A tropical storm or hurricane: 0 none, 1 not far, 2 near. */
  readonly cyclone: number;
  readonly isEye: boolean;
  /** What it is called, and was, if it is gone. */
  readonly cycloneKind: string;
  readonly isBlizzard: boolean;
  readonly isHeatWave: boolean;
  /** Place in `droughtKinds`; as bad as it has been since it began. */
  readonly drought: number;
};

type Known = { readonly felt: Felt; readonly toldAtMs: number };

export function createWeatherHerald(): WeatherHerald {
  const known = new Map<CharacterId, Known>();
  let after: CharacterId | null = null;
  return {
    tellingsOf(scene) {
      if (scene.weather === undefined) return [];
      for (const id of known.keys()) if (!scene.state.bodies.has(id)) known.delete(id);
      const some = inTurn([...scene.state.bodies.values()], after);
      after = some.at(-1)?.id ?? null;
      return some.flatMap((body) => {
        const now = news(scene, body, known.get(body.id));
        known.set(body.id, now.known);
        return now.telling === undefined ? [] : [now.telling];
      });
    },
  };
}

/** The next ones after the last of the call before, round and round. */
function inTurn(bodies: readonly Body[], after: CharacterId | null): Body[] {
  const start = bodies.findIndex(({ id }) => id === after) + 1;
  return [...bodies.slice(start), ...bodies.slice(0, start)].slice(0, lookedAtMax);
}

function news(scene: Scene, body: Body, before: Known | undefined): { known: Known; telling?: Telling } {
  const seen = scene.weather!.observe(body.position);
  const felt = feel(seen, before?.felt);
  if (before === undefined) return { known: { felt, toldAtMs: -Infinity } };
  // Who is away is not told, and sees for himself what it is like when he is back.
  if (body.linkLostAtMs !== null) return { known: { ...before, felt } };
  const text = changeWords(before.felt, felt, seen);
  if (text === "") return { known: { ...before, felt } };
  if (scene.nowMs - before.toldAtMs < weatherToldMsMin) return { known: before };
  return { known: { felt, toldAtMs: scene.nowMs }, telling: telling(body.id, "weather", text, weatherNumbers(seen)) };
}

const fallBoundaries = [0.05, fallMm.steady, fallMm.heavy];
const windBoundaries = [10.8, 17.2, 24.5, 32.7];
/** Reaches of a cyclone over its distance. */
const nearnessBoundaries = [0.8, 2];

/** With a margin around every boundary towards what was felt before. */
function feel(seen: Observation, before?: Felt): Felt {
  const mm = seen.precipitation === "none" ? 0 : seen.precipitationMmPerHour;
  const storm = seen.cyclone !== null && seen.cyclone.maxMps >= stormFromMps ? seen.cyclone : null;
  const nearness = storm === null ? 0 : 1 / Math.max(0.001, storm.reaches);
  return {
    fall: level(mm, fallBoundaries, before?.fall, 0.25),
    isSnow: mm === 0 ? (before?.isSnow ?? false) : seen.precipitation === "snow",
    wind: level(seen.windMps, windBoundaries, before?.wind, 0.15),
    isFoggy: seen.fog > (before?.isFoggy === true ? 0.3 : 0.6),
    isOvercast: seen.cloud >= overcastFrom - (before?.isOvercast === true ? 0.2 : 0),
    isThunder: seen.thunderPerHour >= (before?.isThunder === true ? 0.3 : 1),
    cyclone: level(nearness, nearnessBoundaries, before?.cyclone, 0.1),
    isEye: storm?.isEye ?? false,
    cycloneKind: storm === null ? (before?.cycloneKind ?? "") : cycloneKind(storm),
    isBlizzard: seen.extremes.isBlizzard,
    isHeatWave: seen.extremes.heatWaveDays > 0,
    drought: worstDrought(seen, before),
  };
}

/** How many boundaries a value is beyond; one that was crossed before counts until the value is clearly back. */
function level(value: number, boundaries: readonly number[], before: number | undefined, margin: number): number {
  return boundaries.filter((boundary, i) => {
    if (before === undefined) return value >= boundary;
    return value >= boundary * (i < before ? 1 - margin : 1 + margin);
  }).length;
}

function worstDrought({ extremes }: Observation, before?: Felt): number {
  const now = droughtKinds.indexOf(extremes.drought);
  return now === 0 ? 0 : Math.max(now, before?.drought ?? 0);
}

/** At most two sentences; the most striking first. */
function changeWords(before: Felt, now: Felt, seen: Observation): string {
  const all = [
    cycloneChange(before, now, seen),
    blizzardChange(before, now),
    fallChange(before, now, seen),
    windChange(before, now, seen),
    skyChange(before, now),
    seasonChange(before, now, seen),
  ];
  return all
    .filter((sentence) => sentence !== "")
    .slice(0, 2)
    .join(" ");
}

function cycloneChange(before: Felt, now: Felt, seen: Observation): string {
  if (now.isEye && !before.isEye) return cycloneWords(seen);
  if (before.isEye && !now.isEye && now.cyclone > 0) return `The eye of the ${now.cycloneKind} has passed over you.`;
  if (now.cyclone > before.cyclone) return cycloneWords(seen);
  if (now.cyclone === before.cyclone) return "";
  return now.cyclone === 0 ? `The ${now.cycloneKind} is far away now.` : `The ${now.cycloneKind} moves away.`;
}

function blizzardChange(before: Felt, now: Felt): string {
  if (before.isBlizzard === now.isBlizzard) return "";
  return now.isBlizzard ? "A blizzard breaks loose: you can hardly see your own hands." : "The blizzard is over.";
}

/** What lasts for weeks. */
function seasonChange(before: Felt, now: Felt, seen: Observation): string {
  if (before.isHeatWave !== now.isHeatWave)
    return now.isHeatWave
      ? extremeWords({ extremes: { ...seen.extremes, isBlizzard: false, drought: "none" } })
      : "The heat wave breaks.";
  if (now.drought > before.drought) return droughtWords(seen.extremes.drought);
  if (now.drought > 0 || before.drought === 0) return "";
  return before.drought === 1 ? "It has rained enough again." : "The drought is over.";
}

function fallChange(before: Felt, now: Felt, seen: Observation): string {
  const what = before.isSnow ? "snow" : "rain";
  if (before.fall > 0 && now.fall === 0) return before.isSnow ? "It stops snowing." : "The rain stops.";
  if (before.fall === 0 && now.fall > 0) return `It begins: ${fallWords(seen)}.`;
  if (now.fall > 0 && before.isSnow !== now.isSnow)
    return now.isSnow ? "The rain turns to snow." : "The snow turns to rain.";
  if (now.fall < before.fall) return `The ${what} slackens.`;
  if (now.fall > before.fall) return `The ${what} grows heavier.`;
  return !before.isThunder && now.isThunder ? "Thunder rolls." : "";
}

function windChange(before: Felt, now: Felt, seen: Observation): string {
  if (now.wind > before.wind) return `The wind rises: ${windWords(seen)}.`;
  return now.wind < before.wind ? "The wind drops." : "";
}

function skyChange(before: Felt, now: Felt): string {
  if (before.isFoggy !== now.isFoggy) return now.isFoggy ? "Fog closes in around you." : "The fog lifts.";
  if (before.isOvercast === now.isOvercast || now.isFoggy || now.fall > 0) return "";
  return now.isOvercast ? "Clouds close over the sky." : "The clouds break.";
}
