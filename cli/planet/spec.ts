import * as z from "zod";
import { earthLike, moonBounds, moonsMax, planetBounds, type PlanetSpec, specProblems } from "#core/sim/planet/spec.ts";
import { UsageError } from "../run.ts";

// A specification as people write it: kilometres, hours and degrees, and Earth's value for whatever is left out.

const degree = Math.PI / 180;
const between = ({ min, max }: { min: number; max: number }, unit = 1) =>
  z.number().min(round(min / unit)).max(round(max / unit)); // prettier-ignore

const written = z.strictObject({
  name: z.string().trim().min(1).max(40).default("Unnamed"),
  about: z.string().max(400).default(""),
  seed: z.int().min(0).default(earthLike.seed),
  radiusKm: between(planetBounds.radiusM, 1000).default(earthLike.radiusM / 1000),
  gravityMs2: between(planetBounds.gravityMs2).default(earthLike.gravityMs2),
  dayHours: between(planetBounds.dayLengthS, 3600).default(earthLike.dayLengthS / 3600),
  yearDays: between(planetBounds.yearDays).default(earthLike.yearDays),
  axialTiltDeg: between(planetBounds.axialTiltRad, degree).default(23.44),
  landShare: between(planetBounds.landShare).default(earthLike.landShare),
  ageGy: between(planetBounds.ageGy).default(earthLike.ageGy),
  activity: between(planetBounds.activity).default(earthLike.activity),
  temperatureOffsetC: between(planetBounds.temperatureOffsetC).default(earthLike.temperatureOffsetC),
  moisture: between(planetBounds.moisture).default(earthLike.moisture),
  moons: z
    .array(z.strictObject({ massKg: between(moonBounds.massKg), distanceKm: between(moonBounds.distanceM, 1000) }))
    .max(moonsMax)
    .default(earthLike.moons.map(({ massKg, distanceM }) => ({ massKg, distanceKm: distanceM / 1000 }))),
});

export type NamedSpec = { readonly name: string; readonly about: string; readonly spec: PlanetSpec };

/** Throws a `UsageError` of one line that names the field and what it may be. */
export function parseSpec(text: string, level: number): NamedSpec {
  const parsed = written.safeParse(parseJson(text));
  if (!parsed.success) throw new UsageError(firstIssue(parsed.error));
  const { name, about, radiusKm, dayHours, axialTiltDeg, moons, ...rest } = parsed.data;
  const spec: PlanetSpec = {
    ...rest,
    level,
    radiusM: radiusKm * 1000,
    dayLengthS: dayHours * 3600,
    axialTiltRad: Math.min(planetBounds.axialTiltRad.max, axialTiltDeg * degree),
    moons: moons.map(({ massKg, distanceKm }) => ({ massKg, distanceM: distanceKm * 1000 })),
  };
  const [problem] = specProblems(spec);
  if (problem !== undefined) throw new UsageError(`spec: ${problem}`);
  return { name, about, spec };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError("spec: not JSON");
  }
}

function firstIssue({ issues: [issue] }: z.ZodError): string {
  const path = issue?.path.join(".") ?? "";
  const field = path === "" ? "spec" : `spec: ${path}`;
  const bounds = path in ranges ? ` (${ranges[path as keyof typeof ranges]})` : "";
  return `${field}: ${issue?.message ?? "cannot be read"}${bounds}`;
}

const range = ({ min, max }: { min: number; max: number }, unit = 1) => `${round(min / unit)} … ${round(max / unit)}`;
const ranges = {
  radiusKm: range(planetBounds.radiusM, 1000),
  gravityMs2: range(planetBounds.gravityMs2),
  dayHours: range(planetBounds.dayLengthS, 3600),
  yearDays: range(planetBounds.yearDays),
  axialTiltDeg: range(planetBounds.axialTiltRad, degree),
  landShare: range(planetBounds.landShare),
  ageGy: range(planetBounds.ageGy),
  activity: range(planetBounds.activity),
  temperatureOffsetC: range(planetBounds.temperatureOffsetC),
  moisture: range(planetBounds.moisture),
};

function round(value: number): number {
  return Number(value.toPrecision(6));
}

/** The specification as a person would write it, nothing left out. */
export function writtenSpec(spec: PlanetSpec) {
  return {
    seed: spec.seed,
    radiusKm: spec.radiusM / 1000,
    gravityMs2: spec.gravityMs2,
    dayHours: spec.dayLengthS / 3600,
    yearDays: spec.yearDays,
    axialTiltDeg: round(spec.axialTiltRad / degree),
    landShare: spec.landShare,
    ageGy: spec.ageGy,
    activity: spec.activity,
    temperatureOffsetC: spec.temperatureOffsetC,
    moisture: spec.moisture,
    moons: spec.moons.map(({ massKg, distanceM }) => ({ massKg, distanceKm: distanceM / 1000 })),
  };
}
