import type { Facts } from "../facts.ts";
import { type Act, answer, type Decision, refuse } from "../scene.ts";
import { capitalised, listed } from "../words.ts";
import { type Census, censusAt, type Counted } from "../wildlife/census.ts";
import { animalNamed, unheardOf } from "../wildlife/describe.ts";
import { type Happening, happeningsAround } from "../wildlife/happenings.ts";
import { animalsInSight } from "../wildlife/in-sight.ts";
import { dayOf, type Known, knownBy, type Lineage, lineageOf } from "../wildlife/kin.ts";
import { decideBreed, decideSpawn } from "./put-animals.ts";

const usage =
  "Say `eco status`, `eco log` or `eco lineage <animal>`. The owner of a world may also say `eco spawn <species>` and `eco breed <animal> <animal>`.";

export function decideEcosystem(act: Act, facts: Facts): Decision {
  const [word = "", ...words] = act.rest.toLowerCase().split(" ");
  const rest = words.join(" ").trim();
  switch (word) {
    case "":
    case "status":
      return tellStatus(act);
    case "log":
      return tellLog(act);
    case "lineage":
      return tellLineage(act, rest);
    case "spawn":
      return decideSpawn(act, facts, rest);
    case "breed":
      return decideBreed(act, facts, rest);
    default:
      return refuse(act.actor, usage);
  }
}

/** Whether its answer needs `facts.standing`. */
export const asksToPutAnimals = (rest: string): boolean => /^(?:spawn|breed)\b/iu.test(rest.trim());

function tellStatus({ scene, actor }: Act): Decision {
  const { areaKm2, species } = censusAt(scene, actor.position);
  if (species.length === 0) return answer(actor, "info", "Nothing lives wild here.", { species: [] });
  const text = [
    `What lives here, on about ${areaKm2 < 1 ? areaKm2.toFixed(2) : Math.round(areaKm2)} square kilometres:`,
    ...species.map(lineOf),
  ].join("\n");
  return answer(actor, "info", text, { area_km2: Math.round(areaKm2 * 100) / 100, species: species.map(numbersOf) });
}

const trendWords: Readonly<Record<Counted["trend"], string>> = {
  growing: "more than a month ago",
  steady: "about as many as a month ago",
  shrinking: "fewer than a month ago",
};

function lineOf({ species, number, capacity, trend, placed }: Counted): string {
  const brought = placed === 0 ? "" : `${placed} brought here`;
  if (capacity === 0) return `${capitalised(species.plural)}: ${brought}.`;
  const wild = `${number} of the ${capacity} that the land could carry, ${trendWords[trend]}`;
  return `${capitalised(species.plural)}: ${wild}${brought === "" ? "" : `, and ${brought}`}.`;
}

const numbersOf = ({ species, number, capacity, trend, placed }: Census["species"][number]) => ({
  species: species.id,
  number,
  capacity,
  trend,
  placed,
});

function tellLog({ scene, actor }: Act): Decision {
  const happenings = happeningsAround(scene, actor.position);
  if (happenings.length === 0) return answer(actor, "info", "Nothing has happened here lately.", { happenings: [] });
  const today = dayOf(scene);
  const text = happenings.map((each) => `${capitalised(daysAgo(today - each.day))}: ${happeningWords(each)}.`);
  return answer(actor, "info", text.join("\n"), {
    happenings: happenings.map(({ day, id, species, what, mother, father, by }) => ({
      day,
      id,
      species: species.id,
      what,
      ...(mother !== undefined && { mother }),
      ...(father !== undefined && { father }),
      ...(by !== undefined && { by: by.id }),
    })),
  });
}

const daysAgo = (days: number): string => (days <= 0 ? "today" : days === 1 ? "yesterday" : `${days} days ago`);

function happeningWords({ id, what, mother, father, by }: Happening): string {
  switch (what) {
    case "born":
      return `${id} was born, of ${mother} and ${father ?? "a stranger"}`;
    case "bred":
      return `${id} was born, of ${mother} and ${father}, who had been brought together`;
    case "spawned":
      return `${id} was brought here`;
    case "came":
      return `${id} came, young, from elsewhere`;
    case "left":
      return `${id} left for elsewhere`;
    case "old":
      return `${id} died of age`;
    case "starved":
      return `${id} died for want of food`;
    case "killed":
      return `${id} was killed by ${by === undefined ? "something" : `a ${by.name}`}`;
  }
}

function tellLineage(act: Act, words: string): Decision {
  const { scene, actor } = act;
  if (words === "") return refuse(actor, "Whose? Say `eco lineage <animal>`: its mark, as `look <animal>` tells it.");
  const near = animalNamed(animalsInSight(scene, actor), words);
  const lineage = lineageOf(scene, near?.id ?? words);
  if (lineage === null) return refuse(actor, unheardOf(words));
  return answer(actor, "info", lineageWords(act, lineage), {
    id: lineage.of.id,
    species: lineage.of.species.id,
    sex: lineage.of.sex,
    born_day: lineage.of.bornDay,
    died_day: lineage.of.diedDay,
    placed: lineage.of.isPlaced,
    parents: lineage.parents,
    children: lineage.children,
  });
}

function lineageWords({ scene }: Act, { of, parents, children }: Lineage): string {
  return [
    `${of.id}, a ${of.sex} ${of.species.name}, ${ageWords(dayOf(scene), of, scene.place.spec.sky.daysPerYear)}.`,
    parentWords(scene, of, parents),
    children.length === 0 ? "It has no young that anybody knows of." : `Its young: ${listed(children)}.`,
  ].join(" ");
}

function parentWords(scene: Act["scene"], of: Known, parents: Lineage["parents"]): string {
  if (parents === null) return of.isPlaced ? "It was brought here." : "It came from elsewhere when it was young.";
  const told = (id: string): string => {
    const known = knownBy(scene, id);
    return known === null ? `${id}, who is forgotten` : `${id}${known.diedDay === null ? "" : " (dead)"}`;
  };
  const father = parents.father === null ? "a stranger" : told(parents.father);
  return `Its mother is ${told(parents.mother)}, its father ${father}.`;
}

function ageWords(today: number, { bornDay, diedDay }: Known, daysPerYear: number): string {
  const days = Math.max(0, (diedDay ?? today) - bornDay);
  const years = Math.floor(days / daysPerYear);
  const age = years === 0 ? plural(days, "day") : plural(years, "year");
  return diedDay === null ? `${age} old` : `who died ${daysAgo(today - diedDay)}, ${age} old`;
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
