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

/** A short history, as others would tell it. */
export function historyOf(society: Society, person: Person): string {
  const { origin, years, event, conflict } = pastOf(society, person);
  const { name, trait, pronoun, value } = person;
  const subject = capitalised(pronoun);
  const owner = pronoun === "she" ? "her" : "his";
  return [
    `${name} is ${callingOf(society, person)}, and has lived in ${society.settlements[person.people]} ${origin}.`,
    `${subject} has done ${owner} work for ${years === 1 ? "a year" : `${years} years`}, and is ${traitWords[trait]}.`,
    `${subject} ${event}.`,
    value === null ? "" : `What ${pronoun} holds dear: ${bareOf(value)}.`,
    conflict === null ? "" : `There is a trouble of which ${pronoun} does not like to speak: ${bareOf(conflict)}.`,
  ]
    .filter((part) => part !== "")
    .join(" ");
}

/** As the person tells it to a stranger. */
export function ownStoryOf(society: Society, person: Person): string {
  const { origin, years } = pastOf(society, person);
  const { value } = person;
  return [
    `I am ${person.name}, ${callingOf(society, person)}. I have lived in ${society.settlements[person.people]} ${origin}, and done my work for ${years === 1 ? "a year" : `${years} years`}.`,
    value === null ? "" : `What I hold dear: ${bareOf(value)}.`,
  ]
    .filter((part) => part !== "")
    .join(" ");
}

function pastOf(society: Society, person: Person) {
  const random = rng(person.seed, "history");
  const one = (from: readonly string[]): string => from[random.int(from.length)]!;
  const origin = one(origins);
  const years = Math.max(1, Math.round((person.ageYears - 14) * (0.3 + 0.6 * random.float())));
  const event = one(events[moods[society.tone]]);
  const conflict = society.conflicts.length > 0 && random.int(2) === 0 ? one(society.conflicts) : null;
  return { origin, years, event, conflict };
}

/** "a human farmer", "a farmer of the Frostkin" */
export function callingOf(society: Society, { people, occupation }: Pick<Person, "people" | "occupation">): string {
  const { name } = society.peoples[people]!;
  if (singular.has(name)) return `${withArticle(name.toLowerCase())} ${occupation}`;
  return `${withArticle(occupation)} of the ${name}`;
}
const singular: ReadonlySet<string> = new Set(["Human", "Dwarf", "Elf", "Orc", "Goblin", "Halfling", "Gnome", "Troll"]);

/** "humans", "Frostkin" */
export const plural = (name: string): string => plurals.get(name) ?? name;
const plurals: ReadonlyMap<string, string> = new Map([
  ["Human", "humans"],
  ["Dwarf", "dwarves"],
  ["Elf", "elves"],
]);

type Mood = "plain" | "bright" | "dark" | "grand";

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
    "knows the name of every animal in the place, and uses them",
    "was lost in the snow for three days as a child, and has hated it since",
    "has sworn not to cut any wood on the first day of a month",
  ],
  bright: [
    "once danced until dawn at a wedding to which nobody had invited anyone",
    "is sure that a certain tree answers questions, if they are asked politely",
    "won a race by mistake and has been asked to run ever since",
    "taught half the children here to whistle, to the grief of the other half",
    "planted something on the day of the great flood, and eats from it every year",
    "has been engaged four times to the same person",
    "owns a hat that everybody borrows for luck",
    "swears to have outrun a storm, and shows the boots",
  ],
  dark: [
    "buried two children in one winter and has not sung since",
    "came back alone from a journey that four began",
    "bars the door at dusk and will not open it for a voice alone",
    "gave up a neighbour to save the house, and everyone knows it",
    "counts the stores each night, and each night there is less",
    "knows who set the fire, and works beside them every day",
    "has dug more graves than gardens",
    "sleeps with a knife and wakes with it drawn",
  ],
  grand: [
    "saw a light fall from the sky as a child, and has looked up ever since",
    "carries a name that was borne by someone in the oldest songs",
    "swore an oath at a standing stone and waits for the day that it is called in",
    "dreams of a door that nobody else has seen, and could draw it",
    "stood once where the old road ends, and heard somebody answer",
    "keeps one key to which nobody has found the lock",
    "was named by a stranger who was gone in the morning",
    "has read the same page of the same book every night for years",
  ],
};

/** A phrase as its maker wrote it, to stand inside a sentence. */
export const bareOf = (phrase: string): string => phrase.replace(/[.!?\s]+$/u, "");

const sentence = (phrase: string): string => `${capitalised(bareOf(phrase))}.`;
