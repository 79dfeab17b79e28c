import type { AnimalId, UserId } from "../../lib/ids.ts";
import type { Position } from "../space.ts";
import type { Sex } from "./lives.ts";

/** An animal that a world's owner has put there, or that was born of two whom he brought together. */
export type PlacedAnimal = {
  readonly id: AnimalId;
  readonly speciesId: string;
  readonly sex: Sex;
  /** Its home: it is around there. */
  readonly position: Position;
  readonly bornGameMs: number;
  /** Of game time: then it is dead. */
  readonly untilGameMs: number;
  readonly sinceGameMs: number;
  readonly parents?: { readonly motherId: AnimalId; readonly fatherId: AnimalId };
  readonly byUserId: UserId;
};

/** All that is remembered of animals: those that live by themselves follow from seed and time. */
export type Wildlife = {
  /** Ever put there or bred. */
  readonly count: number;
  readonly animals: ReadonlyMap<AnimalId, PlacedAnimal>;
};

export type WildlifeEvent =
  | { readonly type: "animalSpawned"; readonly animal: PlacedAnimal }
  | { readonly type: "animalBred"; readonly animal: PlacedAnimal };

/** Alive at once in a world; and of one user. */
export const placedAliveMax = 200;
export const placedAliveOfUserMax = 24;
/** The living, and the dead for who asks after them: the one that is dead for longest is forgotten first. */
export const placedMax = 400;

/** In place. */
export function rememberAnimal(
  wildlife: { count: number; animals: Map<AnimalId, PlacedAnimal> },
  { animal }: WildlifeEvent,
): void {
  wildlife.count++;
  wildlife.animals.set(animal.id, animal);
  if (wildlife.animals.size <= placedMax) return;
  let first = animal;
  for (const each of wildlife.animals.values()) if (each.untilGameMs < first.untilGameMs) first = each;
  wildlife.animals.delete(first.id);
}

export const livesAt = ({ bornGameMs, untilGameMs }: PlacedAnimal, gameMs: number): boolean =>
  bornGameMs <= gameMs && gameMs < untilGameMs;
