import { rng } from "../../sim/rng.ts";
import { capitalised, listed, withArticle } from "../words.ts";
import { manners } from "./manners.ts";
import { bareOf, callingOf, ownStoryOf, plural } from "./portrait.ts";
import type { Person, Society } from "./society.ts";

// What somebody says who is nobody's character, where no model speaks for them: what they know, in the tone of their world. Only what the world's
// specification and the scene hold is said as a fact.

export const topics = ["you", "work", "home", "people", "faith", "trouble", "weather", "goodbye"] as const;
export type Topic = (typeof topics)[number];

export type Heard = {
  readonly society: Society;
  readonly person: Person;
  /** The name of who speaks to them. */
  readonly speaker: string;
  readonly words: string;
  /** As one would say it of the weather, here and now; "" where nobody knows it. */
  readonly weather: string;
  /** Of this conversation alone: the same words at another time have another answer. */
  readonly draw: number;
};

/** What they answer. Nothing said is a greeting. */
export function answerOf(heard: Heard): string {
  const { society, person, words: said, draw } = heard;
  const random = rng(person.seed, "answer", draw, said);
  const one = (from: readonly string[]): string => from[random.int(from.length)] ?? "";
  const manner = manners[society.tone];
  const topic = said.trim() === "" ? "greeting" : (topicIn(said) ?? (isGreeting(said) ? "greeting" : null));
  if (topic === "greeting")
    return `${one(manner.greetings).replaceAll("{who}", calledBy(heard))} ${introduction(heard)}`;
  if (topic === "goodbye") return one(manner.farewells);
  const told = topic === null ? "" : tell(heard, topic, one);
  if (told === "") return one(manner.unknown);
  const opening = one(manner.openings);
  return opening === "" ? told : `${opening} ${told}`;
}

/** What they can be asked for, besides whatever comes to mind. */
export function topicsOf(society: Society, person: Person): readonly Topic[] {
  const people = society.peoples[person.people]!;
  const hasTrouble = society.conflicts.length + society.factions.length > 0;
  return topics.filter(
    (topic) => (topic !== "faith" || people.faiths.length > 0) && (topic !== "trouble" || hasTrouble),
  );
}

const words = (alternatives: string): RegExp => new RegExp(`(?<!\\p{L})(?:${alternatives})(?!\\p{L})`, "iu");
const keywords: readonly (readonly [Topic, RegExp])[] = [
  ["goodbye", words("goodbye|bye|farewell|see you|good night|leave|tschüss|adiós|adios")],
  ["you", words("who are you|about you|yourself|your (?:name|story|past|life)")],
  ["work", words("work|works|working|trade|job|craft|do for a living|profession|business|arbeit|trabajo")],
  ["faith", words("faith|faiths|god|gods|goddess|pray|religion|temple|spirits?|glaube|fe")],
  [
    "trouble",
    words("trouble|danger|war|conflict|enem(?:y|ies)|fear|news|rumou?rs?|problem|faction|factions|who rules?"),
  ],
  ["weather", words("weather|rain|snow|storm|cold|warm|sky|wetter|clima")],
  ["people", words("people|peoples|folk|others|customs?|values?|taboos?|laws?|rules?|leaders?|elders?|king|queen")],
  ["home", words("home|village|town|place|here|where|settlement|live|dorf|pueblo")],
];
const isGreeting = (said: string): boolean =>
  words("hello|hi|hey|greetings|good (?:day|morning|evening)|hail|hallo|hola|guten tag").test(said);

/** The first that is spoken of. */
const topicIn = (said: string): Topic | null => keywords.find(([, pattern]) => pattern.test(said))?.[0] ?? null;

const calledBy = ({ speaker }: Heard): string => speaker;

function introduction({ society, person }: Heard): string {
  return `I am ${person.name}, ${callingOf(society, person)}.`;
}

function tell(heard: Heard, topic: Exclude<Topic, "goodbye">, one: (from: readonly string[]) => string): string {
  const { society, person, weather } = heard;
  const people = society.peoples[person.people]!;
  const home = society.settlements[person.people]!;
  switch (topic) {
    case "you":
      return ownStoryOf(society, person);
    case "work":
      return `I am ${withArticle(person.occupation)}. ${people.economy === "" ? "" : `With us it is ${bareOf(people.economy)}; that is how we live.`}`.trim();
    case "home":
      return `This is ${home}. ${one([`There are ${countOf(society, person)} of us here.`, `All of us ${countOf(society, person)} know each other.`])}`;
    case "people":
      return peopleWords(society, person);
    case "faith":
      return people.faiths.length === 0 ? "" : `We hold to ${listed(people.faiths.map(bareOf))}.`;
    case "trouble":
      return troubleWords(society, one);
    case "weather":
      return weather === "" ? "" : `${capitalised(weather)}. You can see as much as I.`;
  }
}

function peopleWords(society: Society, person: Person): string {
  const people = society.peoples[person.people]!;
  const parts = [
    `We are the ${plural(people.name)}.`,
    people.values.length > 0 ? `We hold dear ${listed(people.values.slice(0, 3).map(bareOf))}.` : "",
    people.politics === "" ? "" : `As to who leads us: ${bareOf(people.politics)}.`,
    people.taboos.length > 0 ? `And never with us: ${bareOf(people.taboos[0]!)}.` : "",
  ];
  return parts.filter((part) => part !== "").join(" ");
}

function troubleWords({ conflicts, factions }: Society, one: (from: readonly string[]) => string): string {
  const faction =
    factions.length === 0
      ? ""
      : factions.map(({ name, goal }) => (goal === "" ? name : `${name}: ${bareOf(goal)}`))[0]!;
  const conflict = conflicts.length === 0 ? "" : bareOf(one(conflicts));
  const parts = [
    conflict === "" ? "" : `What weighs on us is this: ${conflict}.`,
    faction === "" ? "" : `And keep an eye on ${faction}.`,
  ];
  return parts.filter((part) => part !== "").join(" ");
}

const countOf = ({ persons }: Society, { people }: Person): number =>
  persons.filter((other) => other.people === people).length;
