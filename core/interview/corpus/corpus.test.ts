import { describe, expect, test } from "vitest";
import type { UserId } from "../../lib/ids.ts";
import { plainText } from "../../lib/text.ts";
import { specProblems } from "../../sim/planet/spec.ts";
import { scripted } from "../ask-next.ts";
import { completeSpecification } from "../complete-specification.ts";
import { decide } from "../decide.ts";
import { emptyInterview, evolve, type Interview, type InterviewEvent } from "../model.ts";
import { planetSpecOf } from "../planet-of.ts";
import { readAnswers } from "../reading/read-answers.ts";
import { english } from "./english.ts";
import { german } from "./german.ts";
import { spanish } from "./spanish.ts";
import type { Range, Told } from "./told.ts";

const seed = 7;
const suggestions = ["suggested one", "suggested two", "suggested three"];

/** The whole conversation with the scripted voice; nobody else takes a name. */
function converse(says: readonly string[]): Interview {
  const started: InterviewEvent = { type: "started", userId: "somebody" as UserId, seed };
  let state = [started, scripted(evolve(emptyInterview, started))].reduce(evolve, emptyInterview);
  for (const said of says) {
    const { events } = decide(state, { text: plainText(said).trim() }, { isNameFree: true });
    state = events.reduce(evolve, state);
    state = evolve(state, { ...scripted(state), ...(state.step === "name" && { suggestions }) });
  }
  return state;
}

const corpus: readonly (readonly [string, Told])[] = Object.entries({ english, german, spanish }).flatMap(
  ([language, all]) => all.map((told) => [`${language}: ${told.title}`, told] as const),
);

test("there are thirty conversations in three languages", () => {
  expect(corpus.length).toBeGreaterThanOrEqual(30);
});

describe.each(corpus)("%s", (_, told) => {
  const state = converse(told.says);
  const sketch = readAnswers(state.answers);
  const specification = completeSpecification(sketch, { name: state.name ?? "(none)", seed });
  const { planet } = specification;

  test("comes to its review, under its name", () => {
    expect([state.step, state.name]).toEqual(["review", told.name]);
  });

  test("yields the world that was told", () => {
    const { peoples, moons, tone, technology, magic, inspirations, conflicts, factions, simulated } = told;
    const wanted = { peoples, moons, tone, technology, magic, inspirations, conflicts, factions, simulated };
    const found = {
      peoples: specification.peoples.map(({ name }) => name),
      moons: planet.moons.length,
      tone: specification.tone,
      technology: specification.technology.level,
      magic: specification.magic.level,
      inspirations: specification.inspirations,
      conflicts: specification.conflicts.length,
      factions: specification.factions.map(({ name }) => name),
      simulated: specification.simulated,
    };
    const fixed = Object.entries(wanted)
      .filter(([, value]) => value !== undefined)
      .map(([field]) => field);
    const pick = (all: object) => Object.fromEntries(Object.entries(all).filter(([field]) => fixed.includes(field)));
    expect(pick(found)).toEqual(pick(wanted));
  });

  test("yields the planet that was told", () => {
    for (const [field, wanted] of Object.entries(told.planet ?? {})) {
      const value = planet[field as keyof typeof planet] as number;
      const [min, max]: Range = typeof wanted === "number" ? [wanted, wanted] : wanted;
      expect(value, field).toBeGreaterThanOrEqual(min - 1e-9);
      expect(value, field).toBeLessThanOrEqual(max + 1e-9);
    }
    expect(specProblems(planetSpecOf(specification))).toEqual([]);
  });

  test("keeps what was said in its own words", () => {
    const whole = JSON.stringify(specification);
    expect((told.holds ?? []).filter((words) => !whole.includes(words))).toEqual([]);
    expect(whole).not.toMatch(/[<>]/u);
  });
});
