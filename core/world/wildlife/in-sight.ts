import type { AnimalId } from "../../lib/ids.ts";
import type { Body } from "../model.ts";
import { isPerceptible, othersWithin, sightM, type Viewer } from "../perception.ts";
import { nearestOf } from "../placed.ts";
import type { Scene } from "../scene.ts";
import { isHiddenByLand } from "../sight-line.ts";
import { distanceM, isInBounds, offsetM, type Position, round, travel } from "../space.ts";
import type { Point } from "./grid.ts";
import { besideHerd, type Herd, herdsNear, herdsOf, spreadM, suits } from "./herds.ts";
import { isGrown, type Sex, type WildLife } from "./lives.ts";
import { livesAt, type PlacedAnimal } from "./model.ts";
import { dayMs, stepAt } from "./populations.ts";
import { type AnimalDoing, momentOf, type Roamer } from "./roam.ts";
import { type Species, speciesById } from "./species.ts";

/** An animal as it is at one moment. */
export type Animal = {
  readonly id: AnimalId;
  readonly species: Species;
  readonly sex: Sex;
  readonly isGrown: boolean;
  readonly position: Position;
  readonly doing: AnimalDoing;
};

/** Those nearest to somebody; who looks around sees no more. */
export const animalsSeenMax = 24;
/** What lies still is made out from so much less far. */
const restingSeen = 0.3;

/** Whom of those who live wild, or were put there, somebody sees; nearest first. */
export function animalsInSight(scene: Scene, viewer: Viewer): Animal[] {
  const { place } = scene;
  const from = viewer.position;
  const eyesM = sightM(scene, viewer);
  const reachOf = ({ conspicuity }: Species, doing: AnimalDoing): number =>
    eyesM * conspicuity * (doing === "resting" ? restingSeen : 1);
  const seen: { animal: Animal; distance: number }[] = [];
  const look = (animal: Animal | null): void => {
    const distance = animal === null ? Infinity : distanceM(place.spec, from, animal.position);
    if (animal !== null && distance <= reachOf(animal.species, animal.doing)) seen.push({ animal, distance });
  };
  const wild = place.spec.ground === "room" ? [] : herdsNear(place, from, stepAt(place.spec, scene.gameMs));
  for (const herd of wild) {
    const { species, members, home, roamM } = herd;
    const withinM = eyesM * species.conspicuity + spreadM(members.length) + species.shyM;
    if (Math.abs(home.y - from.y) > withinM + roamM) continue;
    const now = momentOf(place.spec, herd, scene.gameMs);
    const isFar = (at: Point, farM: number): boolean =>
      Math.abs(at.y - from.y) > farM || distanceM(place.spec, from, { ...at, z: from.z }) > farM;
    if (isFar(now.at, withinM)) continue;
    const maySeeM = reachOf(species, now.doing) + (now.doing === "resting" ? 0 : species.shyM);
    for (const life of members) {
      const at = besideHerd(scene, herd, life, now.at);
      if (!isFar(at, maySeeM)) look(wildAt(scene, herd, life, { at, doing: now.doing }));
    }
  }
  for (const placed of placedNear(scene, from, eyesM)) look(placedNow(scene, placed));
  return seen
    .toSorted((a, b) => a.distance - b.distance || (a.animal.id < b.animal.id ? -1 : 1))
    .slice(0, animalsSeenMax)
    .filter(({ animal }) => !isHiddenByLand(place, from, animal.position))
    .map(({ animal }) => animal);
}

/** Where somebody who lives wild is; null while it keeps out of sight. */
export function wildNow(scene: Scene, life: WildLife): Animal | null {
  const herds = herdsOf(scene.place, life.range, stepAt(scene.place.spec, scene.gameMs));
  for (const herd of herds) {
    const member = herd.members.find(({ id }) => id === life.id);
    if (!member) continue;
    const { at, doing } = momentOf(scene.place.spec, herd, scene.gameMs);
    return wildAt(scene, herd, member, { at: besideHerd(scene, herd, member, at), doing });
  }
  return null;
}

type Now = { readonly at: Point; readonly doing: AnimalDoing };

function wildAt(scene: Scene, herd: Herd, life: WildLife, { at, doing }: Now): Animal | null {
  const position = standing(scene, herd, at, doing);
  if (position === null) return null;
  const grown = isGrown(life, stepAt(scene.place.spec, scene.gameMs));
  return { id: life.id, species: herd.species, sex: life.sex, isGrown: grown, position, doing };
}

/** Of one that was put there, around its home; in a room it has less of a way. */
const placedRoamM = 15;
const placedRoamIndoorsM = 2;
const roamers = new WeakMap<PlacedAnimal, Roamer>();

function placedNear({ place, state, gameMs }: Scene, from: Position, reachM: number): PlacedAnimal[] {
  if (state.wildlife === undefined) return [];
  const around = { from, radiusM: reachM + placedRoamM + shyMaxM };
  const near = nearestOf(state.wildlife.animals, place.spec, around, (to) => distanceM(place.spec, from, to));
  return near.filter((each) => livesAt(each, gameMs));
}
const shyMaxM = 45;

export function placedNow(scene: Scene, placed: PlacedAnimal): Animal | null {
  const { spec } = scene.place;
  const species = speciesById.get(placed.speciesId);
  if (species === undefined) return null;
  const roamM = spec.ground === "room" ? placedRoamIndoorsM : placedRoamM;
  const roamer = roamers.get(placed) ?? { key: placed.id, species, home: placed.position, roamM };
  roamers.set(placed, roamer);
  const { at, doing } = momentOf(spec, roamer, scene.gameMs);
  const position = standing(scene, roamer, at, doing) ?? placed.position;
  const grown = scene.gameMs - placed.bornGameMs >= species.adultDays * dayMs(spec);
  return { id: placed.id, species, sex: placed.sex, isGrown: grown, position, doing };
}

/** On the ground or the water there, as far from people as it keeps; null where it cannot be. */
function standing(scene: Scene, { species, home }: Roamer, at: Point, doing: AnimalDoing): Position | null {
  const { spec } = scene.place;
  const wanted = suitable(scene, species, at) ?? suitable(scene, species, home);
  if (wanted === null || doing === "resting") return wanted;
  const keepsM = ({ gait }: Body): number => (gait === "sneak" ? species.shyM / 2 : species.shyM);
  const intruder = othersWithin(scene, wanted, species.shyM, null).find(
    (body) => isPerceptible(body) && distanceM(spec, wanted, body.position) < keepsM(body),
  );
  if (intruder === undefined) return wanted;
  const { east, north } = offsetM(spec, intruder.position, wanted);
  return suitable(scene, species, travel(spec, intruder.position, Math.atan2(east, north), keepsM(intruder)));
}

function suitable({ place: { spec, terrain } }: Scene, species: Species, { x, y }: Point): Position | null {
  if (!isInBounds(spec, { x, y })) return null;
  const ground = terrain.groundAt(x, y);
  if (!suits(species, ground)) return null;
  const isBelow = species.element === "water";
  return { x, y, z: round(ground.elevationM + (isBelow ? 0 : ground.waterDepthM)) };
}
