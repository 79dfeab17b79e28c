import { plainText } from "../lib/text.ts";
import type { PeopleSketch, SpecificationSketch } from "../protocol/world-specification.ts";
import { fold } from "./reading/fold.ts";
import { sameName } from "./reading/read-peoples.ts";

/**
 * What a model made of the answers, under what they say themselves: wherever the words of an answer gave a value it stands, and the model
 * adds only what they left open, but never whom players may attack. So a model that is wrong, or was talked into something, contradicts nobody.
 */
export function mergeSketches(
  fromWords: SpecificationSketch,
  fromModel: SpecificationSketch,
  told: string,
): SpecificationSketch {
  const { seed: _, fights: _rule, planet, peoples, ...model } = cleaned(fromModel) as SpecificationSketch;
  const moons = fromWords.planet?.moons;
  const hasPlanet = planet !== undefined || fromWords.planet !== undefined;
  return {
    ...model,
    ...fromWords,
    ...(hasPlanet && {
      planet: {
        ...planet,
        ...fromWords.planet,
        // As many as were said; what else is known of each may come from the model.
        ...(moons !== undefined && { moons: moons.map((moon, index) => ({ ...planet?.moons?.[index], ...moon })) }),
      },
    }),
    ...peoplesOf(fromWords.peoples, peoples, told),
  };
}

/** Nobody lives in a world whom nobody named. */
function peoplesOf(
  fromWords: readonly PeopleSketch[] | undefined,
  fromModel: readonly PeopleSketch[] | undefined,
  told: string,
): Pick<SpecificationSketch, "peoples"> {
  const folded = fold(told);
  const known = (fromModel ?? []).filter(
    ({ name }) => isNamed(folded, name) || (fromWords ?? []).some((people) => sameName(people.name, name)),
  );
  if (fromWords === undefined) return known.length === 0 ? {} : { peoples: known };
  return {
    peoples: fromWords.map((people) => {
      const same = known.find(({ name }) => sameName(name, people.name));
      return { ...same, ...people };
    }),
  };
}

/** A plural is the same name. */
function isNamed(told: string, name: string): boolean {
  const folded = fold(name);
  const stem = folded.length > 4 ? folded.slice(0, -1) : folded;
  return folded !== "" && told.includes(stem);
}

/** Its words are shown to players: no markup, no control characters. */
function cleaned(value: unknown): unknown {
  if (typeof value === "string") return plainText(value).trim();
  if (Array.isArray(value)) return value.map(cleaned).filter((item) => item !== "");
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) => (part === undefined ? [] : [[key, cleaned(part)]])),
  );
}
