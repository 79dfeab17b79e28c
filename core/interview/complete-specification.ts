import { attributeNames } from "../protocol/character.ts";
import {
  type PeopleSketch,
  type PlanetSketch,
  type SpecificationSketch,
  type SpecifiedMoon,
  type SpecifiedPeople,
  specificationVersion,
  type WorldSpecification,
  worldSpecification,
} from "../protocol/world-specification.ts";
import { rng } from "../sim/rng.ts";
import { inventName } from "./invent-name.ts";
import { knownPeoples } from "./reading/known-peoples.ts";
import { sameName } from "./reading/read-peoples.ts";

/** What a world is where nothing was said. The rule for players: as on the Earth, in a world of castles without magic, where humans live. */
export const defaults = {
  theme: "a quiet world that nobody has told of yet",
  tone: "neutral",
  inspirations: [],
  conflicts: [],
  technology: { level: "medieval", notes: "" },
  magic: { level: "none", notes: "" },
  unusual_features: [],
  factions: [],
  simulated: ["weather", "wildlife", "peoples"],
  fights: "agreed",
  planet: {
    radius_km: 6371,
    gravity_g: 1,
    day_hours: 24,
    year_days: 360,
    axial_tilt_degrees: 23.44,
    land_share: 0.29,
    sea_level_m: 0,
    age_gy: 4.5,
    tectonic_activity: 1,
    temperature_offset_c: 0,
    moisture: 1,
  },
  people: {
    looks: "",
    occupations: ["farmer", "hunter", "healer", "trader", "smith"],
    values: [],
    politics: "councils of elders",
    economy: "barter",
    faiths: [],
    taboos: [],
  },
} as const satisfies Omit<SpecificationSketch, "planet" | "peoples"> & {
  planet: Omit<WorldSpecification["planet"], "moons">;
  people: Omit<SpecifiedPeople, "name" | "attributes">;
};

type Given = { readonly name: string; readonly seed: number };

/** Fills in everything that was not said. The same sketch, name and seed give the same specification. */
export function completeSpecification(sketch: SpecificationSketch, { name, seed: drawn }: Given): WorldSpecification {
  const { planet, peoples, technology, magic, ...same } = sketch;
  const seed = sketch.seed ?? drawn;
  const { moons, ...numbers } = planet ?? {};
  const radiusKm = numbers.radius_km ?? defaults.planet.radius_km;
  const { planet: planetDefaults, people: _, ...plain } = defaults;
  return worldSpecification.parse({
    ...plain,
    ...same,
    version: specificationVersion,
    name,
    seed,
    technology: { ...plain.technology, ...technology },
    magic: { ...plain.magic, ...magic },
    planet: {
      ...planetDefaults,
      ...numbers,
      moons: (moons ?? [{}]).map((moon, index) => completeMoon(moon, { index, radiusKm, seed })),
    },
    peoples: (peoples ?? [{ name: "Human" }]).map(completePeople),
  } satisfies { [Field in keyof WorldSpecification]: unknown });
}

/** The Moon's. */
const moonRadii = 60.336;
/** Of the first one's: far enough from each other for every one to go its own way. */
const moonSpacing = [1, 0.55, 1.7, 0.3, 2.6, 3.8, 0.42, 5.2];

/** The Moon's mass and distance in proportion, so that tides and months are like the Earth's on a planet of any size. */
function completeMoon(
  moon: NonNullable<PlanetSketch["moons"]>[number],
  { index, radiusKm, seed }: { readonly index: number; readonly radiusKm: number; readonly seed: number },
): SpecifiedMoon {
  const size = radiusKm / defaults.planet.radius_km;
  return {
    name: moon.name ?? inventName(rng(seed, "moon", index), 2),
    mass_lunas: moon.mass_lunas ?? Math.min(20, Math.max(1e-6, size * size)),
    distance_km:
      moon.distance_km ?? Math.max(1_000, Math.round(radiusKm * moonRadii * (moonSpacing[index] ?? 1 + index))),
  };
}

function completePeople(people: PeopleSketch): SpecifiedPeople {
  const template = knownPeoples.find(({ name }) => sameName(name, people.name))?.leaning;
  const attributes = Object.fromEntries(
    attributeNames.map((name) => [name, people.attributes?.[name] ?? template?.[name] ?? 50]),
  );
  return {
    name: people.name,
    looks: people.looks ?? defaults.people.looks,
    attributes,
    occupations: people.occupations ?? [...defaults.people.occupations],
    values: people.values ?? [],
    politics: people.politics ?? defaults.people.politics,
    economy: people.economy ?? defaults.people.economy,
    faiths: people.faiths ?? [],
    taboos: people.taboos ?? [],
  };
}
