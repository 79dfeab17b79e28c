import type { Body } from "../model.ts";
import type { Scene } from "../scene.ts";
import { whereabouts } from "../whereabouts.ts";
import { capitalised, listed, withArticle } from "../words.ts";
import { type Animal, animalsInSight } from "./in-sight.ts";
import { isPlacedHere } from "./kin.ts";
import type { AnimalDoing } from "./roam.ts";
import type { Species } from "./species.ts";

/** Kinds told of at once; more is a crowd. */
const kindsMax = 5;

const numbers = "no one two three four five six seven eight nine ten eleven twelve".split(" ");

/** "two deer", "a fox" */
export function counted({ name, plural }: Species, count: number): string {
  return count === 1 ? withArticle(name) : `${numbers[count] ?? "many"} ${plural}`;
}

/** "Two deer are looking for food about 40 metres away to the north. A fox goes its way 12 metres away to the east." "" where there are none. */
export function describeAnimals(scene: Scene, viewer: Body, animals = animalsInSight(scene, viewer)): string {
  const kinds = Map.groupBy(animals, ({ species, doing }) => `${species.id} ${doing}`);
  const told = [...kinds.values()].slice(0, kindsMax).map((kind) => {
    const [{ species, doing, position }] = kind as [Animal];
    const does = doingWords[doing][kind.length === 1 ? 0 : 1];
    return `${capitalised(counted(species, kind.length))} ${does} ${whereabouts(scene, viewer, position)}.`;
  });
  const others = [...kinds.values()].slice(kindsMax).map(([first]) => first!.species.plural);
  return [...told, others.length === 0 ? "" : `There are ${listed([...new Set(others)])}, too.`]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

const doingWords: Readonly<Record<AnimalDoing, readonly [one: string, many: string]>> = {
  feeding: ["is looking for food", "are looking for food"],
  resting: ["is resting", "are resting"],
  moving: ["goes its way", "go their way"],
};

/** What looking at one closely shows. */
export function describeAnimal(scene: Scene, viewer: Body, animal: Animal): string {
  const { id, species, position, doing } = animal;
  return [
    `${capitalised(kindOf(animal))} ${doingWords[doing][0]} ${whereabouts(scene, viewer, position)}.`,
    species.looks,
    `It lives on ${species.eats}.`,
    isPlacedHere(scene, id) ? "Somebody has brought it here." : "",
    `\`eco lineage ${id}\` tells of its kin.`,
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

/** "a young female fox" */
export function kindOf({ species, sex, isGrown }: Pick<Animal, "species" | "sex" | "isGrown">): string {
  return `a ${isGrown ? "" : "young "}${sex} ${species.name}`;
}

/** By an id, or by what it is: the nearest. */
export function animalNamed(animals: readonly Animal[], words: string): Animal | null {
  const wanted = words
    .toLowerCase()
    .replace(/^(?:the|an?)\s+/u, "")
    .trim();
  return (
    animals.find(({ id }) => id === wanted) ??
    animals.find(({ species: { id, name, plural } }) => [id, name, plural].includes(wanted)) ??
    null
  );
}

export const unheardOf = (words: string): string =>
  `Nobody has heard of an animal "${words}". \`look <animal>\` tells the mark of one that you see.`;
