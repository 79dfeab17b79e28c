import type { CharacterId } from "../lib/ids.ts";
import type { Body } from "./model.ts";
import { type Scene, type Telling, telling } from "./scene.ts";
import { type Daypart, daypartOf, type Sky, skyAt } from "./sky.ts";
import { compassOf } from "./space.ts";
import { isOvercast } from "./weather/words.ts";

// Dawn, dusk and the rest are told to each who is awake, as they come at the place where he stands. What was told to whom is the owner's
// memory, not the world's: nothing is decided by it, and after a restart each begins with what he sees.

/** Real time between two of these to one character: in a fast world he hears of the latest change only. */
export const heraldMsMin = 60_000;
/** The sun must be this far beyond a boundary: one that skims the horizon is not told for ever. */
const marginRad = (0.1 * Math.PI) / 180;

export type Herald = { tellingsOf(scene: Scene): Telling[] };

type Known = { readonly daypart: Daypart; readonly toldAtMs: number };

export function createHerald(): Herald {
  let known = new Map<CharacterId, Known>();
  return {
    tellingsOf(scene) {
      if (scene.place.spec.ground === "room") return [];
      const tellings: Telling[] = [];
      const still = new Map<CharacterId, Known>();
      for (const body of scene.state.bodies.values()) {
        const before = known.get(body.id);
        const now = news(scene, body, before);
        still.set(body.id, now.known);
        if (now.telling) tellings.push(now.telling);
      }
      known = still;
      return tellings;
    },
  };
}

function news(scene: Scene, body: Body, before: Known | undefined): { known: Known; telling?: Telling } {
  const sky = skyAt(scene.place.spec, scene.gameMs, body.position);
  const { daypart } = sky;
  if (!before) return { known: { daypart, toldAtMs: -Infinity } };
  if (daypart === before.daypart || !isClear(sky)) return { known: before };
  // Who is away is not told, and sees for himself what it is like when he is back.
  if (body.linkLostAtMs !== null) return { known: { ...before, daypart } };
  if (scene.nowMs - before.toldAtMs < heraldMsMin) return { known: before };
  const isHidden = scene.weather !== undefined && isOvercast(scene.weather.observe(body.position));
  const text = isHidden ? hiddenWords[daypart] : wordsOf(before.daypart, sky);
  return {
    known: { daypart, toldAtMs: scene.nowMs },
    telling: telling(body.id, "time", text, { time_of_day: daypart, season: sky.season, game_time_ms: scene.gameMs }),
  };
}

function isClear({ daypart, sunAltitudeRad, sunHourAngleRad }: Sky): boolean {
  return [-marginRad, marginRad].every((off) => daypartOf(sunAltitudeRad + off, sunHourAngleRad + off) === daypart);
}

const isSunUp = (daypart: Daypart): boolean => daypart === "morning" || daypart === "noon" || daypart === "afternoon";

/** Under a closed sky. */
const hiddenWords: Readonly<Record<Daypart, string>> = {
  dawn: "Dawn: the clouds grow pale.",
  morning: "It is day; the sun is somewhere behind the clouds.",
  noon: "It is noon, as far as one can tell under these clouds.",
  afternoon: "Noon is past.",
  dusk: "Dusk: the grey light fades.",
  evening: "The last light goes; no star is to be seen.",
  night: "Night has fallen, dark under the clouds.",
};

function wordsOf(before: Daypart, { daypart, sunAzimuthRad }: Sky): string {
  const side = compassOf(Math.sin(sunAzimuthRad), Math.cos(sunAzimuthRad));
  switch (daypart) {
    case "dawn":
      return `Dawn: the sky pales in the ${side}.`;
    case "morning":
      return isSunUp(before) ? "The sun begins to climb again." : `The sun rises in the ${side}.`;
    case "noon":
      return isSunUp(before)
        ? "It is noon: the sun stands at its highest."
        : `The sun shows for a while in the ${side}.`;
    case "afternoon":
      return "Noon is past, and the shadows grow.";
    case "dusk":
      return isSunUp(before) ? `Dusk: the sun sets in the ${side}.` : "Dusk: the light fades again.";
    case "evening":
      return "The last glow fades, and the first stars come out.";
    case "night":
      return "Night has fallen.";
  }
}
