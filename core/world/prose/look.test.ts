import { describe, expect, test } from "vitest";
import { heard, stage } from "#tests/support/stage.ts";
import { village } from "#tests/support/village.ts";
import { checkOutput } from "../../llm/check-output.ts";
import { proseAsked } from "./prompt.ts";
import { sceneryOf, wordsOf } from "./scenery.ts";

const words = "Words that a model has found for it.";

function setup() {
  const met = village({ tone: "grim" });
  met.waitUntil(10.4);
  met.enter(1, { position: met.centre });
  met.enter(2, { position: met.centre });
  const scenery = () => sceneryOf(met.scene(), met.body(1)!.position);
  const look = (text: string | null | undefined) => {
    const turn = met.say(1, "look", { prose: new Map(text === undefined ? [] : [[wordsOf(scenery()), text]]) });
    return { turn, told: heard(turn, 1)[0]! };
  };
  return { ...met, scenery, look };
}

describe("look", () => {
  test("at what no model has described is answered by the template, and says that somebody might be asked", () => {
    const { look, say, scenery, body } = setup();
    const { turn, told } = look(undefined);
    expect(turn.glances).toEqual([{ userId: body(1)!.userId, scenery: scenery() }]);
    expect(told).toBe(heard(say(1, "look"), 1)[0]);
    for (const part of Object.values(scenery())) expect(told).toContain(part);
  });

  test("at what a model has described is told in its words; all that one acts by is the template's", () => {
    const { look, scenery } = setup();
    const [plain, { turn, told }] = [look(undefined).told, look(words)];
    expect(turn.glances).toEqual([]);
    expect(told.startsWith(`area_description: Hearthvale\n${words} `)).toBe(true);
    const parts = Object.values(scenery()).filter((part) => part !== "");
    for (const part of parts) expect(told).not.toContain(part);
    const without = parts.reduce((text, part) => text.replace(part, ""), plain);
    const facts = without.split(/(?<=[.!?])\s+/u).filter((each) => each !== "" && !each.startsWith("area_description"));
    expect(facts.length).toBeGreaterThan(1);
    for (const fact of facts) expect(told).toContain(fact.trim());
    expect(told).toContain("Ana 2");
  });

  test("at what no model could describe goes on by the template, and nobody is asked again", () => {
    const { look } = setup();
    const { turn, told } = look(null);
    expect([turn.glances, told]).toEqual([[], look(undefined).told]);
  });

  test("elsewhere in the same line is told as it is there, or by the template", () => {
    const { say, look, scenery, wait } = setup();
    const [before, here] = [look(undefined).told, wordsOf(scenery())];
    const told = heard(say(1, "look", { prose: new Map([[here, words]]) }), 1)[0]!;
    expect([told === before, told.includes(words)]).toEqual([false, true]);
    wait(10 * 3_600_000);
    const later = heard(say(1, "look", { prose: new Map([[here, words]]) }), 1)[0]!;
    expect(wordsOf(scenery())).not.toBe(here);
    expect(later).not.toContain(words);
  });

  test("in a room nobody is asked: its words were written for it", () => {
    const s = stage();
    s.enter(1);
    expect(s.say(1, "look", { prose: new Map() }).glances).toEqual([]);
  });

  test("at something, and where no models are, asks nobody", () => {
    const { say } = setup();
    expect([say(1, "look north", { prose: new Map() }).glances, say(1, "look").glances]).toEqual([[], []]);
  });
});

test("the prompt has the template's words and the tone, and its answer is held to those of a world", () => {
  const { place, scenery } = setup();
  const prompt = proseAsked(place, scenery());
  expect(prompt.kind).toBe("description");
  for (const part of ["Hearthvale", "grim", ...Object.values(scenery())].filter((text) => text !== ""))
    expect(prompt.messages[1]!.content).toContain(JSON.stringify(part).slice(1, -1));
  expect(checkOutput(prompt, "As an AI language model, I see grass.")).toMatchObject({ fault: "assistant-voice" });
});
