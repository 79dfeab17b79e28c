import type { AnimalId } from "../../lib/ids.ts";
import type { Scene } from "../scene.ts";
import { distanceM, type Position } from "../space.ts";
import { type Animal, placedNow, wildNow } from "./in-sight.ts";
import { bornDayOf, childrenOf, endDayOf, endOf, parentsOf, type Sex, wildLifeOf, type WildLife } from "./lives.ts";
import { livesAt, type PlacedAnimal } from "./model.ts";
import { dayMs, stepAt } from "./populations.ts";
import { type Species, speciesById } from "./species.ts";

/** One animal, as far as anybody knows: alive or dead, wild or put there. */
export type Known = {
  readonly id: AnimalId;
  readonly species: Species;
  readonly sex: Sex;
  readonly isPlaced: boolean;
  /** Whole days of the world; and of its death, where it is dead. */
  readonly bornDay: number;
  readonly diedDay: number | null;
};

export type Lineage = {
  readonly of: Known;
  /** null: it came from elsewhere, or was put there. A father that is null was a stranger. */
  readonly parents: { readonly mother: AnimalId; readonly father: AnimalId | null } | null;
  /** The eldest first, at most `childrenMax`. */
  readonly children: readonly AnimalId[];
};

export const childrenMax = 20;

export const dayOf = ({ place, gameMs }: Scene): number => Math.floor(gameMs / dayMs(place.spec));

const chronicleOf = ({ place, gameMs }: Scene) => ({ place, nowStep: stepAt(place.spec, gameMs) });

export const isPlacedHere = ({ state }: Scene, id: AnimalId): boolean => state.wildlife?.animals.has(id) === true;

/** null where nobody has heard of it. */
export function knownBy(scene: Scene, id: string): Known | null {
  const placed = placedBy(scene, id);
  if (placed) return knownPlaced(scene, placed);
  const life = wildLifeOf(id, chronicleOf(scene));
  return life && knownWild(scene, life);
}

export function lineageOf(scene: Scene, id: string): Lineage | null {
  const of = knownBy(scene, id);
  if (of === null) return null;
  const bred = [...(scene.state.wildlife?.animals.values() ?? [])].filter(
    ({ parents }) => parents?.motherId === id || parents?.fatherId === id,
  );
  const parents = placedBy(scene, id)?.parents;
  if (of.isPlaced) {
    const known = parents === undefined ? null : { mother: parents.motherId, father: parents.fatherId };
    return { of, parents: known, children: bred.slice(0, childrenMax).map((each) => each.id) };
  }
  const chronicle = chronicleOf(scene);
  const life = wildLifeOf(id, chronicle)!;
  const born = parentsOf(life, chronicle);
  return {
    of,
    parents: born && { mother: born.mother.id, father: born.father?.id ?? null },
    children: [...childrenOf(life, chronicle, childrenMax), ...bred].slice(0, childrenMax).map((each) => each.id),
  };
}

/** Where it is now, as far as it lives and can be found. */
export function animalNow(scene: Scene, id: AnimalId): Animal | null {
  const placed = placedBy(scene, id);
  if (placed) return livesAt(placed, scene.gameMs) ? placedNow(scene, placed) : null;
  const life = wildLifeOf(id, chronicleOf(scene));
  return life && wildNow(scene, life);
}

/** Of a species, put here and alive, within a distance. */
export function placedAround({ state, place, gameMs }: Scene, from: Position, radiusM: number): PlacedAnimal[] {
  return [...(state.wildlife?.animals.values() ?? [])].filter(
    (each) => livesAt(each, gameMs) && distanceM(place.spec, from, each.position) <= radiusM,
  );
}

function placedBy({ state }: Scene, id: string): PlacedAnimal | undefined {
  return state.wildlife?.animals.get(id as AnimalId);
}

function knownPlaced({ place, gameMs }: Scene, placed: PlacedAnimal): Known | null {
  const species = speciesById.get(placed.speciesId);
  if (species === undefined) return null;
  const day = (ms: number): number => Math.floor(ms / dayMs(place.spec));
  const diedDay = livesAt(placed, gameMs) ? null : day(placed.untilGameMs);
  return { id: placed.id, species, sex: placed.sex, isPlaced: true, bornDay: day(placed.bornGameMs), diedDay };
}

function knownWild(scene: Scene, life: WildLife): Known {
  const { id, range, sex } = life;
  const { place } = scene;
  const end = endOf(life, chronicleOf(scene));
  const diedDay = end === null ? null : endDayOf(place, life, end);
  return { id, species: range.species, sex, isPlaced: false, bornDay: bornDayOf(place, life), diedDay };
}
