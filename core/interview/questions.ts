import type { SpecificationSketch } from "../protocol/world-specification.ts";
import { listed, plural } from "./describe-specification.ts";
import type { Topic } from "./topics.ts";

/** Ways to ask about a topic, built from what is known by then. Any of them would do; which one is said varies. */
type Ways = (known: SpecificationSketch) => readonly string[];

const peoplesOf = ({ peoples }: SpecificationSketch): string | null =>
  peoples === undefined || peoples.length === 0
    ? null
    : listed(peoples.slice(0, 3).map(({ name }) => `the ${plural(name)}`));

const climateOf = ({ planet }: SpecificationSketch): string | null => {
  const { temperature_offset_c: temperature = 0, moisture = 1, land_share: land = 0.29 } = planet ?? {};
  const words = [
    ...(temperature <= -10 ? ["cold"] : temperature >= 10 ? ["heat"] : []),
    ...(moisture >= 1.4 ? ["rain"] : moisture <= 0.6 ? ["drought"] : []),
    ...(land <= 0.2 ? ["open sea"] : []),
  ];
  return words.length === 0 ? null : listed(words);
};

const who = (known: SpecificationSketch): string => peoplesOf(known) ?? "those who live there";

export const questions: Readonly<Record<Topic, Ways>> = {
  concept: () => [
    "Tell me of a world. What is the one thing about it that nobody forgets?",
    "Every world begins as one thought. What is yours?",
    "Close your eyes and look. What kind of world do you see, and what mood hangs over it?",
  ],
  peoples: ({ tone }) => [
    `Who wakes up in this ${tone === undefined || tone === "neutral" ? "" : `${tone} `}world and calls it home? Tell me of its peoples: their names, their looks, how they live.`,
    "Now fill it with voices. Which peoples think and speak there, and what would I see if one stood before me?",
    "Whose footprints are on its paths? Tell me which peoples live there, and what they hold dear.",
  ],
  environment: (known) => [
    `${peoplesOf(known) === null ? "What lies under that sky?" : `Where do ${who(known)} live?`} Tell me of land and water, of heat and cold, of rain. Numbers are welcome, such as “80 % water”.`,
    `Let me feel the air of it. Is it cold or hot, wet or dry? How much is sea? How big is the planet, and how long is a day for ${who(known)}?`,
    "Draw me the land: seas, deserts, ice, forests. And is there anything on it that no other world has?",
  ],
  magic: (known) => [
    `What can hands make there, and what can only magic do? Do ${who(known)} know bronze, steam, starships, spells?`,
    `How far has the craft of ${who(known)} come? And is there magic: none, a rumour, or in every kettle?`,
    "If I came with a broken blade, who would mend it: a smith, a machine, or a spell? Tell me of technology and magic.",
  ],
  conflict: (known) => {
    const climate = climateOf(known);
    return [
      `What do ${who(known)} quarrel about? Every world has something that keeps it awake at night.`,
      ...(climate === null ? [] : [`What do ${who(known)} fear most: ${climate}, or each other?`]),
      "What is wrong in this world? Wars, hunger, old grudges, something that stirs below? Or is it at peace?",
    ];
  },
  age: (known) => [
    "How old is its stone? A young world smokes and shakes, an old one is worn smooth. The Earth has four and a half billion years.",
    `For how long had it turned before ${who(known)} opened their eyes? Young and fiery, middle-aged, ancient?`,
    "Are its mountains sharp and new, or old and round? Tell me how old the world is.",
  ],
  moons: () => [
    "Look up. How many moons are there? Have they names, are they large or small?",
    "What hangs in its night? One moon, several, none?",
  ],
  simulation: () => [
    "What shall go on while nobody looks: weather, geology, wildlife, peoples, economy, politics, religion, war, disease? Name some, or say everything.",
    "A world can live by itself. Which of these shall it do: weather, geology, wildlife, peoples, economy, politics, religion, war, disease?",
  ],
  factions: (known) => [
    `Who pulls the strings among ${who(known)}? Name the factions, and what each of them wants.`,
    "Which banners fly there? Tell me of guilds, houses, cults, gangs, and of their aims. Or are there none?",
  ],
};
