import { plainText } from "../../lib/text.ts";
import {
  planetSketchBounds,
  type PlanetSketch,
  type SpecificationSketch,
  specificationSketch,
} from "../../protocol/world-specification.ts";
import type { Topic } from "../topics.ts";
import { type Clause, clausesOf, sentencesOf } from "./fold.ts";
import { readClimate } from "./climate-words.ts";
import {
  readConflicts,
  readFactions,
  readInspirations,
  readMagic,
  readSimulated,
  readTechnology,
  readTone,
  readUnusual,
} from "./read-mood.ts";
import { readMoons } from "./read-moons.ts";
import { readPeoples } from "./read-peoples.ts";
import { readFights } from "./read-fights.ts";
import { type PlanetNumber, type PlanetNumbers, readPlanetNumbers } from "./read-planet.ts";

/** What was told of each topic, in the player's own words. */
export type Answers = Readonly<Partial<Record<Topic, string>>>;

/** In the order in which they are read: what is said of its own topic stands over what was said in passing. */
const inOrder: readonly Topic[] = [
  "concept",
  "peoples",
  "environment",
  "magic",
  "conflict",
  "age",
  "moons",
  "simulation",
  "factions",
];

/**
 * The specification in the words of the answers: English, German and Spanish, without a model. Only what was said is in it. Pure, and the same
 * for the same answers on every machine.
 */
export function readAnswers(answers: Answers): SpecificationSketch {
  const said = (topic: Topic): string => plainText(answers[topic] ?? "");
  const clauses = (...topics: Topic[]): Clause[] => topics.flatMap((topic) => clausesOf(said(topic)));
  const all = inOrder.map(said).join("\n");
  const theme = said("concept").replaceAll(/\s+/gu, " ").trim().slice(0, 500);
  const tone = readTone(clauses("concept", "conflict", "environment"));
  const technology = readTechnology(clauses("magic")) ?? readTechnology(clauses("concept"));
  const magic = readMagic(clauses("magic")) ?? readMagic(clauses("concept"));
  const inspirations = readInspirations(
    sentencesOf(all)
      .map(({ raw }) => raw)
      .join("\n"),
  );
  const unusual = readUnusual(clauses("concept", "environment", "moons"));
  const conflicts = readConflicts(said("conflict"));
  const fights = readFights(clauses("concept", "simulation", "conflict"));
  const factions = readFactions(said("factions"));
  const simulated = readSimulated(said("simulation"));
  const notes = said("magic").replaceAll(/\s+/gu, " ").trim().slice(0, 300);
  const planet = readPlanet(said);
  const sketch: SpecificationSketch = {
    ...(theme !== "" && { theme }),
    ...(tone !== null && { tone }),
    ...(inspirations.length > 0 && { inspirations }),
    ...(unusual.length > 0 && { unusual_features: unusual }),
    ...(conflicts !== null && { conflicts }),
    ...(fights !== null && { fights }),
    ...(factions !== null && { factions }),
    ...(simulated !== null && { simulated }),
    ...(technology !== null && { technology: { level: technology, notes } }),
    ...(magic !== null && { magic: { level: magic, notes } }),
    ...(Object.keys(planet).length > 0 && { planet }),
    ...peoplesOf(said),
  };
  return specificationSketch.parse(sketch);
}

function peoplesOf(said: (topic: Topic) => string): Pick<SpecificationSketch, "peoples"> {
  const asked = readPeoples(sentencesOf(said("peoples")), true);
  if (asked.isNobody) return { peoples: [] };
  if (asked.peoples.length > 0) return { peoples: [...asked.peoples] };
  const { peoples } = readPeoples(sentencesOf(said("concept")), false);
  return peoples.length > 0 ? { peoples: [...peoples] } : {};
}

function readPlanet(said: (topic: Topic) => string): PlanetSketch {
  // What was added to an answer is a line of its own, and stands over it.
  const [first = "", ...added] = said("environment").split("\n");
  const climates = [`${said("concept")}\n${first}`, ...added].map((text) => readClimate(clausesOf(text)));
  const climate = Object.assign({}, ...climates) as ReturnType<typeof readClimate>;
  const read = inOrder.map((topic) => readPlanetNumbers(clausesOf(said(topic)), topic === "age"));
  const numbers: PlanetNumbers = {};
  for (const { inWords } of read) Object.assign(numbers, inWords);
  for (const { exact } of read) Object.assign(numbers, exact);
  const moons = (["concept", "peoples", "environment", "magic", "age", "moons"] as const)
    .map((topic) => readMoons(clausesOf(said(topic)), topic === "moons"))
    .findLast((found) => found !== null);
  const bounded = withinBounds(numbers);
  if (moons === undefined || moons === null) return { ...climate, ...bounded };
  return { ...climate, ...bounded, moons: moons.map((moon) => inProportion(moon, bounded.radius_km ?? earthRadiusKm)) };
}

const earthRadiusKm = 6371;

/** A small moon of a small planet is smaller than one of a large planet: with the same weight on the ground mass goes with the surface. */
function inProportion<One extends { mass_lunas?: number | undefined }>(moon: One, radiusKm: number): One {
  if (moon.mass_lunas === undefined) return moon;
  return { ...moon, mass_lunas: Math.min(20, Math.max(1e-6, moon.mass_lunas * (radiusKm / earthRadiusKm) ** 2)) };
}

/** Said beyond what a planet may be is said as far as it may be. */
function withinBounds(numbers: PlanetNumbers): PlanetNumbers {
  return Object.fromEntries(
    Object.entries(numbers).map(([field, value]) => {
      const { min, max } = planetSketchBounds[field as PlanetNumber];
      return [field, Math.min(max, Math.max(min, Math.round(value * 1000) / 1000))];
    }),
  );
}
