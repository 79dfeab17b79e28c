import { cos } from "../../sim/elementary.ts";
import { stepFoodWeb } from "../../sim/food-web.ts";
import { rng } from "../../sim/rng.ts";
import type { WorldSpec } from "../spec.ts";
import type { Place } from "../scene.ts";
import type { Region } from "./region.ts";

// How many of each there are, as a pure function of seed, region and day. Numbers follow each other in steps of days from a beginning that lies at least
// an age back: by then it is forgotten (populations.test.ts), so that ages meet without a jump, and a world of ten thousand years costs no more than a
// new one. Nothing of it is an event or a state: a world that slept or jumped knows at once how many there are.

export const stepDays = 5;
/** An age, of so many steps: longer than anything that lives. */
export const ageSteps = 1024;
/** Of what a land carries, whatever is there in its first days. */
const shareAtFirst = 0.5;

/** Shares of capacity, 0 … 1, of three ages: the one that was asked about, the one before it and the one after. */
export type History = { readonly firstStep: number; shareAt(step: number, resident: number): number };

/** Of one region: the present age and one that somebody asked about. About 300 KB each. */
const agesMax = 2;
const known = new WeakMap<Region, Map<number, History>>();

export const dayMs = ({ sky }: WorldSpec): number => sky.dayLengthS * 1000;

/** The step of the populations that a moment of game time is in. */
export const stepAt = (spec: WorldSpec, gameMs: number): number =>
  Math.max(0, Math.floor(gameMs / dayMs(spec) / stepDays));

/** What is known at a step: at least an age back from there. The first step of a world is 0; it was settled long before. */
export function historyAt(place: Place, region: Region, step: number): History {
  const age = Math.floor(step / ageSteps) - 1;
  const ages = known.get(region) ?? new Map<number, History>();
  known.set(region, ages);
  const before = ages.get(age);
  if (before) return before;
  if (ages.size >= agesMax) ages.delete(ages.keys().next().value as number);
  const made = record(place, region, age * ageSteps);
  ages.set(age, made);
  return made;
}

function record(place: Place, region: Region, firstStep: number): History {
  const count = region.residents.length;
  const shares_s = new Float64Array(count).fill(shareAtFirst);
  const rows = new Float64Array(3 * ageSteps * count);
  rows.set(shares_s);
  const foodOn = forageOf(place.spec, region);
  let lastStep = firstStep;
  return {
    firstStep,
    shareAt(step, resident) {
      const wanted = Math.min(Math.max(step, firstStep), firstStep + 3 * ageSteps - 1);
      for (; lastStep < wanted; lastStep++) {
        stepFoodWeb(region.web, shares_s, foodOn(lastStep * stepDays), stepDays);
        rows.set(shares_s, (lastStep + 1 - firstStep) * count);
      }
      return rows[(wanted - firstStep) * count + resident]!;
    },
  };
}

/** What there is to live on, of the most there ever is: less in winter, the more so away from the equator, and more or less from year to year. */
function forageOf({ seed, sky: { daysPerYear } }: WorldSpec, { key, web, latitudeRad }: Region) {
  const harsh = Math.min(harshMax, Math.abs(latitudeRad) / 2);
  const south = latitudeRad < 0 ? 0.5 : 0;
  const ofYear = new Float64Array(web.prey.length);
  const food = new Float64Array(web.prey.length);
  let yearBefore: number | null = null;
  return (day: number): Float64Array => {
    const year = Math.floor(day / daysPerYear);
    if (year !== yearBefore) {
      const random = rng(seed, "forage", key, year);
      for (let i = 0; i < ofYear.length; i++) ofYear[i] = 1 - yearsDiffer * random.float();
      yearBefore = year;
    }
    // Most a quarter after spring begins, when the year of the northern half does.
    const season = cos(2 * Math.PI * (day / daysPerYear - year - 0.25 - south));
    for (let i = 0; i < food.length; i++) food[i] = ofYear[i]! * (1 - (harsh * (1 - season)) / 2);
    return food;
  };
}
const harshMax = 0.4;
const yearsDiffer = 0.3;
