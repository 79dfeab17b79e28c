import { type NpcId, uuidFrom, type WorldId } from "../../lib/ids.ts";
import { singleLine } from "../../lib/text.ts";
import {
  readSpecification,
  type SpecifiedPeople,
  type TechnologyLevel,
  type Tone,
} from "../../protocol/world-specification.ts";
import { rng, type Rng } from "../../sim/rng.ts";
import type { WorldSpec } from "../spec.ts";
import { nameTongues } from "./tongue.ts";

/** Who somebody is: from the world's seed and specification alone, so that it is known while the world sleeps, and the same for ever. */
export type Person = {
  readonly id: NpcId;
  readonly name: string;
  /** Into the society's `peoples`, and its `settlements`. */
  readonly people: number;
  readonly species: string;
  readonly pronoun: "she" | "he";
  readonly ageYears: number;
  readonly occupation: string;
  readonly trait: Trait;
  /** What the people holds dear, of which this one speaks; null where nothing was said. */
  readonly value: string | null;
  /** Of all that is drawn for this person alone. */
  readonly seed: number;
};

/** Everybody who lives in a world, and what they have in common. */
export type Society = {
  readonly tone: Tone;
  readonly technology: TechnologyLevel;
  readonly conflicts: readonly string[];
  readonly factions: readonly { readonly name: string; readonly goal: string }[];
  readonly features: readonly string[];
  readonly peoples: readonly SpecifiedPeople[];
  /** One of each people: its name. */
  readonly settlements: readonly string[];
  readonly persons: readonly Person[];
};

/**
 * A village that one can know by heart, and all of them in one look still fit into a frame, a mini-map and the state of mind of a reader; what
 * a world's people cost its owner is bounded by it, too (some 20 KB and, in a look amid all of them, 0.1 ms).
 */
export const inhabitantsMax = 48;
export const inhabitantsPerPeopleMax = 16;

export const traits = ["cheerful", "shy", "proud", "curious", "weary", "blunt", "gentle", "sly"] as const;
export type Trait = (typeof traits)[number];

/** Who lives where nothing was said of it. */
const plainPeople: SpecifiedPeople = {
  name: "Human",
  looks: "",
  attributes: {},
  occupations: ["farmer", "shepherd", "fisher", "healer", "smith", "weaver", "hunter", "trader"],
  values: ["hospitality", "honest work", "the old songs"],
  politics: "councils of elders",
  economy: "barter",
  faiths: [],
  taboos: [],
};

type Said = Pick<Society, "tone" | "technology" | "conflicts" | "factions" | "features" | "peoples">;

/** Nobody lives in a room. */
export function societyOf(worldId: WorldId, spec: WorldSpec): Society {
  const said = saidOf(spec);
  const names = said.peoples.map(({ name }) => name);
  const draws = nameTongues(spec.seed, names);
  const taken = new Set<string>(names);
  const draw = (people: number): string => {
    const name = draws[people]!(taken);
    taken.add(name);
    return name;
  };
  const settlements = said.peoples.map((_, index) => draw(index));
  const each = Math.min(inhabitantsPerPeopleMax, Math.floor(inhabitantsMax / Math.max(1, said.peoples.length)));
  const persons = said.peoples.flatMap((people, index) => {
    const jobs = shuffled(people.occupations, rng(spec.seed, "occupations", index));
    return Array.from({ length: each }, (_, number) => {
      const random = rng(spec.seed, "person", worldId, index, number);
      const name = draw(index);
      return personOf({ people, index, name, job: jobs[number % Math.max(1, jobs.length)], random });
    });
  });
  return { ...said, settlements, persons };
}

/** Peoples whose templates a character of this world may have, with the world's own words for them. */
export function peoplesOf(spec: WorldSpec): readonly SpecifiedPeople[] {
  return spec.specification === undefined ? [] : saidOf(spec).peoples;
}

function saidOf(spec: WorldSpec): Said {
  if (spec.ground === "room" || spec.specification === undefined) {
    const peoples = spec.ground === "room" ? [] : [plainPeople];
    return { tone: "neutral", technology: "medieval", conflicts: [], factions: [], features: [], peoples };
  }
  const { tone, technology, conflicts, factions, unusual_features, peoples } = readSpecification(spec.specification);
  return {
    tone,
    technology: technology.level,
    conflicts: conflicts.map(singleLine),
    factions: factions.map(({ name, goal }) => ({ name: singleLine(name), goal: singleLine(goal) })),
    features: unusual_features.map(singleLine),
    peoples: peoples.map(plainPeopleOf),
  };
}

/** Whatever a player or a model wrote is told to players. */
function plainPeopleOf(people: SpecifiedPeople): SpecifiedPeople {
  return {
    ...people,
    name: singleLine(people.name),
    looks: singleLine(people.looks),
    occupations: people.occupations.map(singleLine),
    values: people.values.map(singleLine),
    politics: singleLine(people.politics),
    economy: singleLine(people.economy),
    faiths: people.faiths.map(singleLine),
    taboos: people.taboos.map(singleLine),
  };
}

type Drawn = {
  readonly people: SpecifiedPeople;
  readonly index: number;
  readonly name: string;
  readonly job: string | undefined;
  readonly random: Rng;
};

function personOf({ people, index, name, job, random }: Drawn): Person {
  return {
    id: uuidFrom([random.uint32(), random.uint32(), random.uint32(), random.uint32()], 8) as NpcId,
    name,
    people: index,
    species: people.name,
    pronoun: random.int(2) === 0 ? "she" : "he",
    ageYears: 18 + random.int(30) + random.int(30),
    occupation: job ?? "wanderer",
    trait: traits[random.int(traits.length)]!,
    value: people.values[random.int(Math.max(1, people.values.length))] ?? null,
    seed: random.uint32(),
  };
}

function shuffled<T>(items: readonly T[], random: Rng): readonly T[] {
  const left = [...items];
  return items.map(() => left.splice(random.int(left.length), 1)[0]!);
}
