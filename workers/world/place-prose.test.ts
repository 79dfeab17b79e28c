import { describe, expect, test } from "vitest";
import { manualClock } from "#adapters/memory/clock.ts";
import { kindPolicies } from "#core/llm/kinds.ts";
import type { Llm, LlmAnswer, Question } from "#core/ports/models.ts";
import { type Scenery, wordsOf } from "#core/world/prose/scenery.ts";
import { silentLog } from "#tests/support/database.ts";
import { startMs, userId } from "#tests/support/records.ts";
import { village } from "#tests/support/village.ts";
import { fieldId, worldRig } from "#tests/support/world-rig.ts";
import { silenceMs } from "./outages.ts";
import { askedAtOnceMax, knownMax, PlaceProse } from "./place-prose.ts";

const good = "Grass lies around you, pale and flat, as if it had been told to wait.";
const answered = (text: string): LlmAnswer => ({
  status: "answered",
  text,
  model: "m",
  tokens: { prompt: 1, output: 1 },
  isCached: false,
});
const sceneryAt = (number: number): Scenery => ({ ground: `Grass ${number}.`, mood: "", sky: "", air: "" });
const glance = (number: number, who = 1) => ({ userId: userId(who), scenery: sceneryAt(number) });
const words = (number: number): string => wordsOf(sceneryAt(number));

function setup(answer: (question: Question, signal?: AbortSignal) => LlmAnswer | Promise<LlmAnswer>) {
  const clock = manualClock(startMs);
  const questions: Question[] = [];
  const llm: Llm = {
    async ask(question, options) {
      questions.push(question);
      return answer(question, options?.signal);
    },
  };
  const prose = new PlaceProse({ llm, clock, log: silentLog }, village().place);
  const looked = async (...glances: Parameters<PlaceProse["ask"]>[0]) => {
    prose.ask(glances);
    await clock.advance(0);
  };
  return { clock, prose, questions, looked };
}

describe("what players look at", () => {
  test("is described once for all who look under the same words, for the budget of the first", async () => {
    const { prose, questions, looked } = setup(() => answered(good));
    await looked(glance(1, 7), glance(1, 8));
    await looked(glance(1));
    expect(questions.map(({ kind, userId: who }) => ({ kind, who }))).toEqual([
      { kind: "description", who: userId(7) },
    ]);
    expect([...prose.known]).toEqual([[words(1), good]]);
  });

  test("is forgotten when its time is over, and then asked again", async () => {
    const { prose, questions, looked, clock } = setup(() => answered(good));
    await looked(glance(1));
    await clock.advance(kindPolicies.description.cacheMs - 1);
    await looked(glance(2));
    expect(prose.known.size).toBe(2);
    await clock.advance(1);
    expect([...prose.known.keys()]).toEqual([words(2)]);
    await looked(glance(1));
    expect(questions).toHaveLength(3);
  });

  test("is asked for a few at a time: what is over that is asked when somebody looks again", async () => {
    const answers: ((answer: LlmAnswer) => void)[] = [];
    const { prose, questions, looked, clock } = setup(() => new Promise((resolve) => void answers.push(resolve)));
    await looked(...Array.from({ length: 9 }, (_, n) => glance(n)));
    expect(questions).toHaveLength(askedAtOnceMax);
    for (const resolve of answers.splice(0)) resolve(answered(good));
    await clock.advance(0);
    expect(prose.known.size).toBe(askedAtOnceMax);
    await looked(glance(8));
    expect(questions).toHaveLength(askedAtOnceMax + 1);
  });

  test("is kept up to a bound; the oldest goes first", async () => {
    const { prose, looked } = setup(() => answered(good));
    for (let n = 0; n < knownMax + 3; n++) await looked(glance(n));
    expect([prose.known.size, prose.known.has(words(2)), prose.known.has(words(3))]).toEqual([knownMax, false, true]);
  });
});

describe("a model", () => {
  test.each(["HACKED", "", "A tower of the old king stands on the grass, and a river runs north of it.", "<script>"])(
    "that says %j is not told, and not asked the same again for a while",
    async (text) => {
      const { prose, questions, looked } = setup(() => answered(text));
      await looked(glance(1));
      await looked(glance(1));
      expect([questions.length, prose.known.get(words(1))]).toEqual([1, null]);
    },
  );

  test("that is not there is left alone for a while, whatever is looked at", async () => {
    const { prose, questions, looked, clock } = setup(() => ({ status: "degraded", reason: "no-host" }));
    await looked(glance(1));
    await looked(glance(2));
    expect([questions.length, prose.known.size]).toEqual([1, 0]);
    await clock.advance(silenceMs);
    await looked(glance(2));
    expect(questions).toHaveLength(2);
  });

  test.each(["over-budget", "assistant-voice", "overlong"] as const)(
    "that is no outage but %s silences nobody else",
    async (reason) => {
      const { questions, looked } = setup(() => ({ status: "degraded", reason }));
      await looked(glance(1));
      await looked(glance(2));
      expect(questions).toHaveLength(2);
    },
  );

  test("that never answers holds up nothing, and is let go of at the end", async () => {
    const signals: AbortSignal[] = [];
    const { prose, looked } = setup((_, signal) => {
      signals.push(signal!);
      return new Promise(() => undefined);
    });
    await looked(glance(1));
    expect(prose.known.size).toBe(0);
    prose[Symbol.dispose]();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });
});

test("in a running world a look is answered before the model is, and the next one in its words, beside what is there by then", async () => {
  const rig = worldRig();
  const { spec } = village({ tone: "grim" }).place;
  rig.tables.worlds.set(fieldId, { ...rig.tables.worlds.get(fieldId)!, spec });
  const asked = Promise.withResolvers<LlmAnswer>();
  const questions: Question[] = [];
  const llm: Llm = { ask: (question) => (questions.push(question), asked.promise) };
  await using _service = await rig.serve({ ...rig.ctx, llm });
  const [ana, ben] = [await rig.player("Ana"), await rig.player("Ben")];
  for (const player of [ana, ben]) {
    await player.connect();
    await player.say("enter Field");
    await rig.pass(2000, 100);
  }
  const look = async () => {
    await ana.say("look");
    await rig.pass(100);
    return ana.heard().findLast((line) => line.startsWith("area_description"))!;
  };
  const plain = await look();
  expect(plain).toContain("Ben is here.");
  expect([questions.map(({ kind }) => kind), await look()]).toEqual([["description"], plain]);

  asked.resolve(answered(good));
  await rig.quiet();
  await ben.say("lobby");
  await rig.pass(1000, 100);
  const told = await look();
  expect(told).toContain(good);
  expect(told).not.toContain("Ben");
  expect(questions).toHaveLength(1);
});
