import { assert } from "../../lib/assert.ts";

/** A body that raises tides. */
export type Moon = {
  readonly massKg: number;
  /** Between the centres. */
  readonly distanceM: number;
};

/** Everything a planet follows from. Units in the names; `planetBounds` says how far each may go. */
export type PlanetSpec = {
  /** A safe integer, 0 or more. */
  readonly seed: number;
  /** Of the grid: 10·4^level + 2 cells. */
  readonly level: number;
  readonly radiusM: number;
  readonly gravityMs2: number;
  /** From noon to noon. */
  readonly dayLengthS: number;
  /** The year in this planet's own days. */
  readonly yearDays: number;
  readonly axialTiltRad: number;
  /** Of the surface, 0 … 1. */
  readonly landShare: number;
  readonly ageGy: number;
  /** How fast plates move and how many hotspots there are; 1 is Earth today. */
  readonly activity: number;
  /** Added to the mean temperature that Earth's air would give. */
  readonly temperatureOffsetC: number;
  /** Factor on the rain that Earth's sea would give. */
  readonly moisture: number;
  readonly moons: readonly Moon[];
};

type Bounds = { readonly min: number; readonly max: number };

/** Within these every planet can be made; the tests go to each end. */
export const planetBounds = {
  seed: { min: 0, max: Number.MAX_SAFE_INTEGER },
  level: { min: 4, max: 7 },
  radiusM: { min: 50_000, max: 20_000_000 },
  gravityMs2: { min: 1, max: 30 },
  dayLengthS: { min: 7_200, max: 20_000_000 },
  yearDays: { min: 1, max: 5_000 },
  axialTiltRad: { min: 0, max: Math.PI / 2 },
  landShare: { min: 0, max: 1 },
  ageGy: { min: 0.1, max: 12 },
  activity: { min: 0, max: 3 },
  temperatureOffsetC: { min: -60, max: 40 },
  moisture: { min: 0, max: 3 },
} as const satisfies Record<Exclude<keyof PlanetSpec, "moons">, Bounds>;

export const moonBounds = {
  massKg: { min: 1e15, max: 1e25 },
  distanceM: { min: 1e6, max: 1e11 },
} as const satisfies Record<keyof Moon, Bounds>;

export const moonsMax = 8;

/** NASA's Moon fact sheet. */
export const earthsMoon: Moon = { massKg: 7.346e22, distanceM: 384_400_000 };

/** Earth, as far as a specification can say it (NASA's Earth fact sheet). */
export const earthLike: PlanetSpec = {
  seed: 1,
  level: 6,
  radiusM: 6_371_000,
  gravityMs2: 9.80665,
  dayLengthS: 86_400,
  yearDays: 365.25,
  axialTiltRad: 0.40905,
  landShare: 0.292,
  ageGy: 4.5,
  activity: 1,
  temperatureOffsetC: 0,
  moisture: 1,
  moons: [earthsMoon],
};

/** What is out of bounds, as words for a person; empty when the planet can be made. */
export function specProblems(spec: PlanetSpec): string[] {
  const problems: string[] = [];
  for (const [name, bounds] of Object.entries(planetBounds)) {
    check(problems, name, spec[name as keyof typeof planetBounds], bounds);
  }
  for (const name of ["seed", "level"] as const) {
    if (!Number.isSafeInteger(spec[name])) problems.push(`${name} is a whole number`);
  }
  if (spec.moons.length > moonsMax) problems.push(`at most ${moonsMax} moons`);
  for (const [i, moon] of spec.moons.entries()) {
    for (const [name, bounds] of Object.entries(moonBounds)) {
      check(problems, `moons[${i}].${name}`, moon[name as keyof Moon], bounds);
    }
    if (moon.distanceM < 2 * spec.radiusM) problems.push(`moons[${i}] is nearer than two radii`);
  }
  return problems;
}

export function assertSpec(spec: PlanetSpec): void {
  const problems = specProblems(spec);
  assert(problems.length === 0, `not a planet: ${problems.join("; ")}`);
}

function check(problems: string[], name: string, value: number, { min, max }: Bounds): void {
  if (!(value >= min && value <= max)) problems.push(`${name} is ${min} … ${max}, not ${value}`);
}
