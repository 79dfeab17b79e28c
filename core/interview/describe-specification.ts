import { knownPeoples } from "./reading/known-peoples.ts";
import type {
  FightRule,
  PlanetSketch,
  SpecificationSketch,
  WorldSpecification,
} from "../protocol/world-specification.ts";

// A specification in short words, for players.

/** What was understood of a sketch, in a few words; empty where nothing was. */
export function understood(sketch: SpecificationSketch): string[] {
  const { planet, peoples, technology, magic, tone, inspirations, factions, simulated, fights } = sketch;
  return [
    ...(tone === undefined ? [] : [`a ${tone} mood`]),
    ...(inspirations === undefined || inspirations.length === 0 ? [] : [`something of ${listed(inspirations)}`]),
    ...(peoples === undefined
      ? []
      : [peoples.length === 0 ? "no peoples at all" : listed(peoples.map(({ name }) => plural(name)))]),
    ...(planet === undefined ? [] : planetWords(planet)),
    ...(magic === undefined ? [] : [magicWords(magic.level)]),
    ...(technology === undefined ? [] : [`${technology.level} technology`]),
    ...(factions === undefined
      ? []
      : [factions.length === 0 ? "no factions" : listed(factions.map(({ name }) => name))]),
    ...(simulated === undefined
      ? []
      : [simulated.length === 0 ? "nothing simulated" : `${listed(simulated)} simulated`]),
    ...(fights === undefined ? [] : [fights === "free" ? "fights with whom one likes" : "fights only with who agrees"]),
  ];
}

type Speaker = (value: number) => string;

const speakers: Readonly<Record<Exclude<keyof PlanetSketch, "moons">, Speaker>> = {
  radius_km: (km) => `a planet of ${grouped(km)} km radius`,
  gravity_g: (g) => `${round(g)} times the Earth's gravity`,
  day_hours: (hours) => `days of ${round(hours)} hours`,
  year_days: (days) => `a year of ${grouped(days)} days`,
  axial_tilt_degrees: (degrees) => (degrees === 0 ? "no seasons" : `an axis tilted by ${round(degrees)}°`),
  land_share: (share) => `${Math.round((1 - share) * 100)} % water`,
  sea_level_m: (metres) => (metres === 0 ? "the sea at its usual level" : `a sea ${Math.abs(metres)} m ${metres > 0 ? "higher" : "lower"} than usual`),
  age_gy: (age) => (age < 1 ? `${grouped(age * 1000)} million years old` : `${round(age)} thousand million years old`),
  tectonic_activity: (activity) => (activity > 1 ? "restless volcanoes" : activity < 1 ? "a quiet crust" : "volcanoes as on the Earth"),
  temperature_offset_c: (celsius) => (celsius === 0 ? "as warm as the Earth" : `${round(Math.abs(celsius))} °C ${celsius > 0 ? "warmer" : "colder"} than the Earth`),
  moisture: (moisture) => (moisture === 1 ? "rain as on the Earth" : `${round(moisture)} times as much rain as on the Earth`),
}; // prettier-ignore

export function planetWords({ moons, ...numbers }: PlanetSketch): string[] {
  const said = Object.entries(speakers).flatMap(([field, speak]) => {
    const value = numbers[field as keyof typeof numbers];
    return value === undefined ? [] : [speak(value)];
  });
  return moons === undefined ? said : [...said, moonWords(moons)];
}

const countWords = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight"];

function moonWords(moons: NonNullable<PlanetSketch["moons"]>): string {
  const count = `${countWords[moons.length] ?? moons.length} ${moons.length === 1 ? "moon" : "moons"}`;
  const names = moons.flatMap(({ name }) => (name === undefined ? [] : [name]));
  return names.length === 0 ? count : `${count} (${names.join(", ")})`;
}

const magicWords = (level: "none" | "rare" | "common" | "pervasive"): string =>
  ({ none: "no magic", rare: "rare magic", common: "magic known to many", pervasive: "magic in everything" })[level];

const fightWords: Readonly<Record<FightRule, string>> = {
  agreed: "players fight only players who agree; `change fights to free` lifts that",
  free: "players may attack each other without asking; `change fights to agreed` forbids it",
};

/** Everything a world is going to be. What was not said is marked, so that nobody takes a default for what he asked for. */
export function reviewOf(specification: WorldSpecification, sketch: SpecificationSketch): string {
  const {
    planet,
    peoples,
    technology,
    magic,
    conflicts,
    factions,
    simulated,
    inspirations,
    unusual_features: unusual,
  } = specification;
  const line = (label: string, text: string, isSaid: boolean): string =>
    `${label}: ${text}${isSaid ? "" : " (my choice)"}`;
  const { moons, ...numbers } = sketch.planet ?? {};
  const isPlanetSaid = Object.keys(numbers).length > 0;
  return [
    line("Name", specification.name, true),
    line("Idea", specification.theme, sketch.theme !== undefined),
    line("Mood", specification.tone, sketch.tone !== undefined),
    ...(inspirations.length > 0 ? [`Like: ${listed(inspirations)}`] : []),
    line(
      "Peoples",
      peoples.length === 0 ? "none" : listed(peoples.map(({ name }) => plural(name))),
      sketch.peoples !== undefined,
    ),
    ...peoples.filter(({ looks }) => looks !== "").map(({ name, looks }) => `  ${name}: ${shortened(looks)}`),
    line("Planet", listed(planetWords(isPlanetSaid ? numbers : keyNumbers(planet))), isPlanetSaid),
    ...(isPlanetSaid ? ["  Everything else of it is as on the Earth."] : []),
    line("Moons", moonWords(planet.moons), moons !== undefined),
    ...(unusual.length > 0 ? [`Unusual: ${listed(unusual.map(shortened))}`] : []),
    line("Magic", magicWords(magic.level), sketch.magic !== undefined),
    line("Technology", technology.level, sketch.technology !== undefined),
    line(
      "Conflict",
      conflicts.length === 0 ? "none" : conflicts.map(shortened).join("; "),
      sketch.conflicts !== undefined,
    ),
    ...(factions.length > 0 ? [`Factions: ${listed(factions.map(({ name }) => name))}`] : []),
    line("Fights", fightWords[specification.fights], sketch.fights !== undefined),
    line("Simulated", simulated.length === 0 ? "nothing" : listed(simulated), sketch.simulated !== undefined),
  ].join("\n");
}

/** What a planet is told by when nobody said anything of it. */
function keyNumbers({ radius_km, land_share, temperature_offset_c }: WorldSpecification["planet"]): PlanetSketch {
  return { radius_km, land_share, temperature_offset_c };
}

const irregular: Readonly<Record<string, string>> = {
  Elf: "Elves",
  Dwarf: "Dwarves",
  Fairy: "Fairies",
  Undead: "Undead",
};

/** As one speaks of all of them. Names that nobody knows are said as they were given. */
export function plural(people: string): string {
  if (irregular[people] !== undefined) return irregular[people];
  return people.endsWith("folk") || !knownPeoples.some(({ name }) => name === people) ? people : `${people}s`;
}

export function listed(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

export const shortened = (text: string): string => (text.length <= 120 ? text : `${text.slice(0, 117).trimEnd()}…`);
const grouped = (value: number): string =>
  Math.round(value)
    .toString()
    .replaceAll(/\B(?=(\d{3})+$)/gu, ",");
const round = (value: number): number => Math.round(value * 100) / 100;
