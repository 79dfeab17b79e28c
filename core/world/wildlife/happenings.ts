import { seedOf } from "../../sim/rng.ts";
import type { AnimalId } from "../../lib/ids.ts";
import type { Place, Scene } from "../scene.ts";
import { distanceM, type Position } from "../space.ts";
import { dayOf } from "./kin.ts";
import { bornAt, bornDayOf, endDayOf, endedAt, knowing, parentsOf, type WildLife } from "./lives.ts";
import { dayMs, stepAt, stepDays } from "./populations.ts";
import { countAt, type Range, rangeAt } from "./ranges.ts";
import { type Region, regionAt } from "./region.ts";
import { type Species, speciesById } from "./species.ts";

/** What befell one animal. */
export type Happening = {
  /** Of the world. */
  readonly day: number;
  readonly id: AnimalId;
  readonly species: Species;
  readonly what: "born" | "came" | "left" | "old" | "starved" | "killed" | "spawned" | "bred";
  /** Of a birth; a father that is null was a stranger. */
  readonly mother?: AnimalId;
  readonly father?: AnimalId | null;
  /** Of what was killed: by what. */
  readonly by?: Species;
};

export const happeningsMax = 12;
/** No further back: a season. */
const stepsBack = 18;
/** What was put there is told of within so far. */
const placedNearM = 1000;

/** What happened lately to those whose land one stands on, the newest first: of those that live wild as far as follows from seed and time. */
export function happeningsAround(scene: Scene, from: Position): Happening[] {
  const { place } = scene;
  const nowStep = stepAt(place.spec, scene.gameMs);
  const wild = regionAt(place, from).residents.flatMap(({ species }) => {
    const range = rangeAt(place, species, from);
    return range ? inRange(place, range, nowStep) : [];
  });
  return [...wild, ...placedLately(scene, from)]
    .toSorted((a, b) => b.day - a.day || (a.id < b.id ? -1 : 1))
    .slice(0, happeningsMax);
}

function inRange(place: Place, range: Range, nowStep: number): Happening[] {
  const found: Happening[] = [];
  const history = knowing(place, range, nowStep, nowStep);
  for (let step = nowStep; step > nowStep - stepsBack && found.length < happeningsMax; step--) {
    const slots = Math.max(countAt(range, history, step), countAt(range, history, step - 1));
    for (let slot = 0; slot < slots; slot++) {
      const ended = endedAt(place, range, slot, step, history);
      if (ended) found.push(endingOf(place, ended, step));
      const born = bornAt(place, range, slot, step, history);
      if (born) found.push(beginningOf(place, born, nowStep));
    }
  }
  return found;
}

function beginningOf(place: Place, life: WildLife, nowStep: number): Happening {
  const { id, range } = life;
  const begun = { day: bornDayOf(place, life), id, species: range.species };
  const parents = parentsOf(life, { place, nowStep });
  if (parents === null) return { ...begun, what: "came" };
  return { ...begun, what: "born", mother: parents.mother.id, father: parents.father?.id ?? null };
}

/** Of age; or because the land feeds fewer, or for the sake of those who hunt here. */
function endingOf(place: Place, life: WildLife, step: number): Happening {
  const { id, range, oldStep } = life;
  const { species, region } = range;
  const ended = { day: endDayOf(place, life, step), id, species };
  if (step === oldStep) return { ...ended, what: "old" };
  const chance = seedOf(place.spec.seed, "fate", id);
  const hunters = huntersOf(region, species);
  if (hunters.length > 0 && chance % 2 === 0)
    return { ...ended, what: "killed", by: hunters[(chance >>> 1) % hunters.length]! };
  return { ...ended, what: chance % 3 === 0 ? "left" : "starved" };
}

function huntersOf({ residents }: Region, { id }: Species): Species[] {
  return residents.map(({ species }) => species).filter(({ hunts = [] }) => hunts.includes(id));
}

function placedLately(scene: Scene, from: Position): Happening[] {
  const { spec } = scene.place;
  const dayAt = (ms: number): number => Math.floor(ms / dayMs(spec));
  const [today, oldest] = [dayOf(scene), dayOf(scene) - stepsBack * stepDays];
  return [...(scene.state.wildlife?.animals.values() ?? [])].flatMap((animal): Happening[] => {
    const species = speciesById.get(animal.speciesId);
    if (species === undefined || distanceM(spec, from, animal.position) > placedNearM) return [];
    const { id, parents } = animal;
    const begun = { day: dayAt(animal.sinceGameMs), id, species };
    const all: Happening[] = [
      parents
        ? { ...begun, what: "bred", mother: parents.motherId, father: parents.fatherId }
        : { ...begun, what: "spawned" },
      { day: dayAt(animal.untilGameMs), id, species, what: "old" },
    ];
    return all.filter(({ day }) => day >= oldest && day <= today);
  });
}
