import * as z from "zod";
import { assert } from "../lib/assert.ts";
import { attributeNames } from "./character.ts";

// What a world is to be, in the words and units in which people and models say it; how that becomes numbers for the kernels is said in
// core/interview. One schema for storage, for the wire and for models, and therefore in the wire's spelling.

export const specificationVersion = 1;

export const tones = [
  "neutral",
  "hopeful",
  "whimsical",
  "epic",
  "dark",
  "grim",
  "mysterious",
  "melancholy",
  "romantic",
  "comic",
] as const;
export type Tone = (typeof tones)[number];
export const technologyLevels = [
  "stone",
  "bronze",
  "iron",
  "medieval",
  "renaissance",
  "industrial",
  "modern",
  "futuristic",
] as const;
export type TechnologyLevel = (typeof technologyLevels)[number];
export const magicLevels = ["none", "rare", "common", "pervasive"] as const;
export type MagicLevel = (typeof magicLevels)[number];
export const simulatedThings = [
  "weather",
  "geology",
  "wildlife",
  "peoples",
  "economy",
  "politics",
  "religion",
  "war",
  "disease",
] as const;
export type SimulatedThing = (typeof simulatedThings)[number];

/** Whether players fight only players who agree to it, or whom they like. */
export const fightRules = ["agreed", "free"] as const;
export type FightRule = (typeof fightRules)[number];

export const listItemsMax = 12;
export const specifiedMoonsMax = 8;
export const specifiedPeoplesMax = 8;

const phrase = (max: number) => z.string().trim().min(1).max(max);
const phrases = z.array(phrase(200)).max(listItemsMax);
const number = (min: number, max: number) => z.number().min(min).max(max);

const moonShape = {
  name: phrase(50).describe("Default: a name drawn from the seed"),
  mass_lunas: number(1e-6, 20).describe("In masses of the Earth's Moon. Default: 1 on a planet of the Earth's size"),
  distance_km: number(1_000, 10_000_000).describe(
    "Between the centres. Default: as the Moon's, each next one elsewhere",
  ),
};

const planetShape = {
  radius_km: number(50, 20_000).describe("Default: the Earth's, 6371"),
  gravity_g: number(0.11, 3).describe("At the surface, the Earth's is 1. Default: 1, whatever the radius"),
  day_hours: number(2, 5_000).describe("From noon to noon. Default: 24"),
  year_days: number(1, 5_000).describe("In the planet's own days. Default: 360"),
  axial_tilt_degrees: number(0, 90).describe("Default: the Earth's, 23.44"),
  land_share: number(0, 1).describe("Of the surface, with the sea at its usual level. Default: the Earth's, 0.29"),
  sea_level_m: number(-500, 500).describe("How much higher than usual the sea stands. Default: 0"),
  age_gy: number(0.1, 12).describe("Thousand million years. Default: the Earth's, 4.5"),
  tectonic_activity: number(0, 3).describe("Volcanoes and moving plates, the Earth's is 1. Default: 1"),
  temperature_offset_c: number(-60, 40).describe("Warmer than the Earth by so much. Default: 0"),
  moisture: number(0, 3).describe("Rain, the Earth's is 1. Default: 1"),
};

const attributes = z.partialRecord(z.enum(attributeNames), z.int().min(1).max(100));

const peopleShape = {
  looks: z.string().max(400).describe("Default: said nowhere"),
  attributes: attributes.describe("1 … 100. Default: the template of the species, or 50"),
  occupations: phrases.describe("Default: farmer, hunter, healer, trader, smith"),
  values: phrases.describe("Default: none"),
  politics: z.string().max(200).describe("Default: councils of elders"),
  economy: z.string().max(200).describe("Default: barter"),
  faiths: phrases.describe("Default: none"),
  taboos: phrases.describe("Default: none"),
};

const shape = {
  theme: z.string().max(500).describe("In a sentence. Default: a quiet world"),
  tone: z.enum(tones).describe("How the world is spoken of. Default: neutral"),
  inspirations: phrases.describe("Books, films, places. Default: none"),
  conflicts: phrases.describe("Default: none"),
  technology: z.object({ level: z.enum(technologyLevels), notes: z.string().max(300) }).describe("Default: medieval"),
  magic: z.object({ level: z.enum(magicLevels), notes: z.string().max(300) }).describe("Default: none"),
  unusual_features: phrases.describe("Default: none"),
  factions: z
    .array(z.object({ name: phrase(100), goal: z.string().max(200) }))
    .max(listItemsMax)
    .describe("Default: none"),
  simulated: z
    .array(z.enum(simulatedThings))
    .max(simulatedThings.length)
    .describe("Default: weather, wildlife, peoples"),
};

const fights = z.enum(fightRules).describe("Between players. Default: agreed");

export const specifiedMoon = z.object(moonShape);
export type SpecifiedMoon = z.infer<typeof specifiedMoon>;
export const specifiedPeople = z.object({ name: phrase(50), ...peopleShape });
export type SpecifiedPeople = z.infer<typeof specifiedPeople>;

/** A whole one: every field is there, said or by default. */
export const worldSpecification = z.object({
  version: z.literal(specificationVersion),
  name: phrase(50),
  seed: z.int().min(0).max(0xff_ff_ff_ff).describe("Default: drawn when the interview begins"),
  ...shape,
  /** Worlds that were made before anybody was asked have the default. */
  fights: fights.default("agreed"),
  planet: z.object({
    ...planetShape,
    moons: z.array(specifiedMoon).max(specifiedMoonsMax).describe("Default: one, like the Earth's"),
  }),
  peoples: z.array(specifiedPeople).max(specifiedPeoplesMax).describe("Default: humans"),
});
export type WorldSpecification = z.infer<typeof worldSpecification>;

/**
 * Only what was said. What is left out takes its default; moons may be as many as there are entries, with nothing more known of them.
 */
export const specificationSketch = z
  .object({
    seed: worldSpecification.shape.seed,
    ...shape,
    fights,
    technology: shape.technology.partial({ notes: true }).describe(shape.technology.description!),
    magic: shape.magic.partial({ notes: true }).describe(shape.magic.description!),
    planet: z
      .object({ ...planetShape, moons: z.array(z.object(moonShape).partial()).max(specifiedMoonsMax) })
      .partial(),
    peoples: z.array(z.object({ name: phrase(50), ...z.object(peopleShape).partial().shape })).max(specifiedPeoplesMax),
  })
  .partial();
export type SpecificationSketch = z.infer<typeof specificationSketch>;
export type PlanetSketch = NonNullable<SpecificationSketch["planet"]>;
export type PeopleSketch = NonNullable<SpecificationSketch["peoples"]>[number];

const problemsMax = 8;

/** A sketch that somebody else has made, or what is wrong with it, in words that a model can mend it by. Nulls count as left out. */
export function parseSketch(
  value: unknown,
): { readonly sketch: SpecificationSketch } | { readonly problems: readonly string[] } {
  const parsed = specificationSketch.safeParse(withoutNulls(value));
  if (parsed.success) return { sketch: parsed.data };
  return {
    problems: parsed.error.issues.slice(0, problemsMax).map(({ path, message }) => `${path.join(".")}: ${message}`),
  };
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(withoutNulls);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) => (part === null ? [] : [[key, withoutNulls(part)]])),
  );
}

/** A sketch as a JSON schema, for models. Who may be attacked is for players alone to say. */
export function sketchJsonSchema(): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(specificationSketch.omit({ fights: true }));
}

/** How far the numbers of a planet may go, in their own units. */
export const planetSketchBounds = Object.fromEntries(
  Object.entries(planetShape).map(([field, { minValue, maxValue }]) => [field, { min: minValue!, max: maxValue! }]),
) as Readonly<Record<keyof typeof planetShape, { readonly min: number; readonly max: number }>>;

type WayUp = (older: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/** The first takes version 1 to 2, the next 2 to 3. Written for ever: worlds keep the specification they were made from. */
export const specificationUpcasters: readonly WayUp[] = [];

/** A stored specification in the shape of today. Fails on what a newer release has written, and on what never was one. */
export function readSpecification(
  stored: unknown,
  waysUp: readonly WayUp[] = specificationUpcasters,
): WorldSpecification {
  return worldSpecification.parse(raised(stored, waysUp));
}

/** Without the check: `version` counts up by one for each way. */
export function raised(stored: unknown, waysUp: readonly WayUp[]): Readonly<Record<string, unknown>> {
  const older = stored as Readonly<Record<string, unknown>> | null;
  const version = older?.["version"];
  assert(typeof version === "number" && Number.isInteger(version) && version >= 1, "not a specification of a world");
  assert(version <= waysUp.length + 1, `a specification of version ${version} was written by a newer release`);
  return waysUp
    .slice(version - 1)
    .reduce<Readonly<Record<string, unknown>>>(
      (specification, up, index) => ({ ...up(specification), version: version + index + 1 }),
      older!,
    );
}
