import type { TechnologyLevel, Tone } from "../../protocol/world-specification.ts";
import { rng } from "../../sim/rng.ts";
import { capitalised, withArticle } from "../words.ts";
import type { Person, Society, Trait } from "./society.ts";

// What there is to tell of a person, drawn from the seed of the person. Nothing here says where somebody is or what the weather does: that is for the state.

/** What anybody sees. */
export function appearanceOf(society: Society, person: Person): string {
  const random = rng(person.seed, "appearance");
  const one = (from: readonly string[]): string => from[random.int(from.length)]!;
  const people = society.peoples[person.people]!;
  const looks = people.looks === "" ? "" : sentence(people.looks);
  const subject = capitalised(person.pronoun);
  return [
    looks,
    `${subject} is ${ageWords(person.ageYears)}, ${one(builds)}, and wears ${one(clothes[society.technology])}.`,
    `${subject} has ${one(marks)}.`,
  ]
    .filter((part) => part !== "")
    .join(" ");
}

/** A short history, as the person would have it told. */
export function historyOf(society: Society, person: Person): string {
  const random = rng(person.seed, "history");
  const one = (from: readonly string[]): string => from[random.int(from.length)]!;
  const home = society.settlements[person.people]!;
  const { name, trait } = person;
  const subject = capitalised(person.pronoun);
  const owner = person.pronoun === "she" ? "her" : "his";
  const years = Math.max(1, Math.round((person.ageYears - 14) * (0.3 + 0.6 * random.float())));
  const conflict = society.conflicts.length > 0 && random.int(2) === 0 ? one(society.conflicts) : null;
  return [
    `${name} is ${callingOf(society, person)}, and has lived in ${home} ${one(origins)}.`,
    `${subject} has done ${owner} work for ${years === 1 ? "a year" : `${years} years`}, and is ${traitWords[trait]}.`,
    `${subject} ${one(events[mood(society.tone)])}.`,
    person.value === null ? "" : `What ${person.pronoun} holds dear: ${bareOf(person.value)}.`,
    conflict === null
      ? ""
      : `There is a trouble of which ${person.pronoun} does not like to speak: ${bareOf(conflict)}.`,
  ]
    .filter((part) => part !== "")
    .join(" ");
}

/** "a human farmer", "a farmer of the Frostkin" */
export function callingOf(society: Society, { people, occupation }: Pick<Person, "people" | "occupation">): string {
  const { name } = society.peoples[people]!;
  if (singular.has(name)) return `${withArticle(name.toLowerCase())} ${occupation}`;
  return `${withArticle(occupation)} of the ${name}`;
}
const singular: ReadonlySet<string> = new Set(["Human", "Dwarf", "Elf", "Orc", "Goblin", "Halfling", "Gnome", "Troll"]);

type Mood = "plain" | "bright" | "dark" | "grand";

const mood = (tone: Tone): Mood => moods[tone];
const moods: Readonly<Record<Tone, Mood>> = {
  neutral: "plain",
  hopeful: "bright",
  whimsical: "bright",
  comic: "bright",
  romantic: "bright",
  dark: "dark",
  grim: "dark",
  melancholy: "dark",
  epic: "grand",
  mysterious: "grand",
};

function ageWords(years: number): string {
  if (years < 25) return "young";
  if (years < 40) return "in the prime of life";
  return years < 58 ? "past the middle of life" : "old";
}

const builds = ["slight", "broad", "long-limbed", "sturdy", "lean", "a little stooped", "upright", "quick on the feet"];
const marks = [
  "an old scar that is worn like a ring",
  "a steady gaze",
  "a voice that carries",
  "a habit of tilting the head to listen",
  "hands that are never quite still",
  "a smile that comes late and stays",
  "a cord of knots around one wrist, one for each year of work",
  "a way of standing as if the ground might move",
  "a small bundle of dried herbs tied at the belt",
  "a burn on one hand from long ago",
];

const clothes: Readonly<Record<TechnologyLevel, readonly string[]>> = {
  stone: ["a cloak of stitched hide", "a wrap of plaited grass", "furs held by a bone pin"],
  bronze: ["a tunic with a bronze clasp", "undyed wool and a belt of beaten bronze", "a linen wrap with a painted hem"],
  iron: ["a woollen cloak with an iron brooch", "a leather jerkin", "a belted tunic, mended at the elbows"],
  medieval: ["a hooded cloak", "a patched woollen coat", "a linen shirt and a leather apron"],
  renaissance: [
    "a doublet with slashed sleeves",
    "a dark coat with bright buttons",
    "a wide collar and a worn velvet cap",
  ],
  industrial: ["a waistcoat with a watch chain", "a coat that smells of coal smoke", "heavy boots and a flat cap"],
  modern: ["a jacket with many pockets", "a plain coat and a bright scarf", "work clothes with a name stitched on"],
  futuristic: ["a seamless grey suit", "a coat whose colour shifts as it moves", "a light harness full of small tools"],
};

const origins = [
  "from birth",
  "since childhood",
  "for half a lifetime",
  "since coming from far away",
  "longer than planned",
];

const traitWords: Readonly<Record<Trait, string>> = {
  cheerful: "seldom seen without a smile",
  shy: "slow to speak with strangers",
  proud: "proud of it",
  curious: "curious about everything else",
  weary: "tired of it by now",
  blunt: "known for plain words",
  gentle: "known for a gentle hand",
  sly: "known to drive a hard bargain",
};

const events: Readonly<Record<Mood, readonly string[]>> = {
  plain: [
    "once walked for nine days to see the sea, and came back without saying what it was like",
    "keeps a tally of every winter on the doorpost",
    "lost a brother to the road and still sets out two cups",
    "learnt the trade from a stranger who stayed for one season",
    "gave away the first thing of worth that was ever earned, and has never said why",
  ],
  bright: [
    "once danced until dawn at a wedding to which nobody had invited anyone",
    "is sure that a certain tree answers questions, if they are asked politely",
    "won a race by mistake and has been asked to run ever since",
    "taught half the children here to whistle, to the grief of the other half",
    "planted something on the day of the great flood, and eats from it every year",
  ],
  dark: [
    "buried two children in one winter and has not sung since",
    "came back alone from a journey that four began",
    "bars the door at dusk and will not open it for a voice alone",
    "gave up a neighbour to save the house, and everyone knows it",
    "counts the stores each night, and each night there is less",
  ],
  grand: [
    "saw a light fall from the sky as a child, and has looked up ever since",
    "carries a name that was borne by someone in the oldest songs",
    "swore an oath at a standing stone and waits for the day that it is called in",
    "dreams of a door that nobody else has seen, and could draw it",
    "stood once where the old road ends, and heard somebody answer",
  ],
};

/** A phrase as its maker wrote it, to stand inside a sentence. */
const bareOf = (phrase: string): string => phrase.replace(/[.!?\s]+$/u, "");

const sentence = (phrase: string): string => `${capitalised(bareOf(phrase))}.`;
