import * as z from "zod";
import { dilation } from "./world-input.ts";
import { worldId } from "./record-ids.ts";
import { worldShapes } from "./world.ts";
import { type WorldSpecification, worldSpecification } from "./world-specification.ts";

// What a world may be made from. Bounds keep arithmetic exact and worlds affordable; the types are those of core/world/spec.ts.

export const featuresMax = 64;
/** Twice Jupiter's. */
export const radiusMMax = 150_000_000;
export const radiusMMin = 1_000;
const extentMMax = 1_000_000_000;

const metres = z.number().min(-extentMMax).max(extentMMax);
const angle = z
  .number()
  .min(-2 * Math.PI)
  .max(2 * Math.PI);
const vector = z.object({ x: metres, y: metres, z: metres });
const label = z.string().min(1).max(100);
const words = z.string().max(2_000);
const eccentricity = z.number().min(0).max(0.9);

const feature = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("statue"),
    id: label,
    name: label,
    position: vector,
    radiusM: z.number().min(0).max(1_000),
    description: words,
    nearDescription: words,
    nearM: z.number().min(0).max(1_000),
  }),
  z.object({
    kind: z.literal("portal"),
    id: label,
    name: label,
    position: vector,
    destination: z.object({ worldId, name: label }).nullable(),
    description: words,
  }),
]);

const moon = z.object({
  name: label,
  periodDays: z.number().min(0.01).max(1e6),
  phaseAtStart: z.number().min(0).max(1),
  inclinationRad: angle.exactOptional(),
  nodeRad: angle.exactOptional(),
  eccentricity: eccentricity.exactOptional(),
  anomalisticDays: z.number().min(0.01).max(1e6).exactOptional(),
  anomalyAtStartRad: angle.exactOptional(),
});

const sky = z.object({
  dayLengthS: z.number().min(60).max(1e8),
  daysPerYear: z.number().min(1).max(1e5),
  axialTiltRad: z.number().min(0).max(Math.PI),
  latitudeRad: z
    .number()
    .min(-Math.PI / 2)
    .max(Math.PI / 2),
  eccentricity: eccentricity.exactOptional(),
  perihelionRad: angle.exactOptional(),
  moons: z.array(moon).max(16).exactOptional(),
});

const finite = z.number();
/** Which numbers make a planet is known to whoever makes it: `specProblems`. */
const generator = z.looseObject({
  kind: z.literal("planet"),
  version: z.literal(1),
  climate: z.literal("settled").exactOptional(),
  planet: z.looseObject({
    seed: z.int().min(0),
    level: z.int().min(0),
    radiusM: finite,
    gravityMs2: finite,
    dayLengthS: finite,
    yearDays: finite,
    axialTiltRad: finite,
    landShare: finite,
    ageGy: finite,
    activity: finite,
    temperatureOffsetC: finite,
    moisture: finite,
    moons: z.array(z.looseObject({ massKg: finite, distanceM: finite })).max(16),
  }),
});

/** As it is stored and as it crosses from one part to another: what is unknown to this release stays. */
export const storedSpec = z.looseObject({
  version: z.literal(1),
  seed: z.number(),
  shape: z.enum(worldShapes),
  radiusM: z.number().nullable(),
  bounds: z.object({ minX: metres, minY: metres, maxX: metres, maxY: metres }).nullable(),
  stepM: z.number().min(0.01).max(100_000),
  ground: z.enum(["room", "land", "planet"]),
  generator: generator.exactOptional(),
  theme: words,
  spawn: z.object({ position: vector, orientation: vector }),
  sky,
  dilation,
  ticksPerSecond: z.int().min(1).max(20).exactOptional(),
  isSandbox: z.boolean().exactOptional(),
  isLawless: z.boolean().exactOptional(),
  features: z.array(feature).max(featuresMax),
  /** In the shape of the release that made the world: `readSpecification` reads it. */
  specification: z.custom<WorldSpecification>((value) => typeof value === "object" && value !== null).exactOptional(),
});

/** What somebody may ask for. */
export const newSpec = storedSpec
  .strip()
  .extend({ seed: z.int().min(0).max(0xff_ff_ff_ff), specification: worldSpecification.exactOptional() })
  .refine(({ shape, radiusM }) => (shape === "spherical") === (radiusM !== null), {
    path: ["radiusM"],
    message: "A sphere has a radius, and nothing else has one.",
  })
  .refine(({ radiusM }) => radiusM === null || (radiusM >= radiusMMin && radiusM <= radiusMMax), {
    path: ["radiusM"],
    message: `A radius is from ${radiusMMin} to ${radiusMMax} metres.`,
  })
  .refine((spec) => (spec.ground === "planet") === (spec.generator !== undefined), {
    path: ["generator"],
    message: "A planet has a generator, and nothing else has one.",
  })
  .refine(({ generator: made, radiusM }) => made === undefined || made.planet.radiusM === radiusM, {
    path: ["radiusM"],
    message: "A planet is a sphere of its own radius.",
  })
  .refine(({ shape, bounds }) => (shape === "bounded") === (bounds !== null), {
    path: ["bounds"],
    message: "A bounded world has bounds, and nothing else has them.",
  })
  .refine(({ bounds }) => bounds === null || (bounds.minX < bounds.maxX && bounds.minY < bounds.maxY), {
    path: ["bounds"],
    message: "The lower bounds are below the upper ones.",
  });
export type NewSpec = z.output<typeof newSpec>;
