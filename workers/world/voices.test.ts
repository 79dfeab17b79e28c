import { expect, test } from "vitest";
import { manualClock } from "#adapters/memory/clock.ts";
import type { CharacterId, InputId } from "#core/lib/ids.ts";
import type { Llm, LlmAnswer, Question } from "#core/ports/models.ts";
import { thinkingMsMax } from "#core/world/decide/talk.ts";
import { silentLog } from "#tests/support/database.ts";
import { startMs } from "#tests/support/records.ts";
import { heard } from "#tests/support/stage.ts";
import { village } from "#tests/support/village.ts";
import { Voices } from "./voices.ts";

const answered = (says: unknown): LlmAnswer => ({
  status: "answered",
  text: JSON.stringify({ says }),
  json: { says, mood: "calm" },
  model: "m",
  tokens: { prompt: 1, output: 1 },
  isCached: false,
});

/** Ana 1 beside somebody, and a model that answers so. */
const talking = (answer: (question: Question) => LlmAnswer | Promise<LlmAnswer>) => {
  const met = village({ tone: "grim" });
  met.waitUntil(10.4);
  const npc = met.around()[0]!;
  met.enter(1, { position: npc.position });
  const clock = manualClock(startMs);
  const questions: Question[] = [];
  const llm: Llm = {
    async ask(question) {
      questions.push(question);
      return answer(question);
    },
  };
  let rings = 0;
  let uuids = 0;
  const entropy = { uuid: () => `uuid-${++uuids}`, uint32: () => 0 };
  const voices = new Voices({ llm, clock, entropy, log: silentLog }, () => void rings++);
  /** Says it, lets the model answer, and plays what it came to. */
  const talk = async (words: string) => {
    const asked = met.say(1, `talk ${npc.person.name} ${words}`, { canThink: voices.canThink });
    voices.follow(met.world.state, met.scene);
    await clock.advance(0);
    const turn = met.play(...voices.takeAnswers().map((input) => ({ input, facts: {} })));
    return { asked, told: [...heard(asked, 1), ...heard(turn, 1)] };
  };
  return { ...met, npc, clock, voices, questions, talk, rings: () => rings };
};

test("a model's words are those of whoever was spoken to, who is as the world has him", async () => {
  const { talk, questions, npc, body, rings } = talking(() => answered("Leave me to my nets."));
  const { told } = await talk("hello");
  expect(told.at(-1)).toBe(`dialogue: ${npc.person.name} says: "Leave me to my nets."`);
  expect(rings()).toBe(1);
  const [{ kind, prompt, messages, userId }] = questions as [Question];
  expect({ kind, prompt, userId }).toEqual({ kind: "npc", prompt: "npc-reply@3", userId: body(1)!.userId });
  for (const fact of [npc.person.name, npc.person.occupation, "grim", "hello", "Ana 1"])
    expect(messages[1]!.content).toContain(fact);
});

test("a model is told what the two said lately, by heart or by a model", async () => {
  const answers = [answered("Cold work."), answered(null), answered("As I said.")];
  const { talk, questions } = talking(() => answers.shift()!);
  for (const words of ["how is the catch?", "who are you", "and the catch?"]) await talk(words);
  const [first, , third] = questions.map(({ messages }) => messages[1]!.content);
  expect(first).not.toContain("Cold work.");
  for (const line of ["Ana 1: how is the catch?", "you: Cold work.", "Ana 1: who are you"])
    expect(third).toContain(line);
});

test.each([[7], [null], [""]])("a model that says %j is not heard: they answer by heart", async (says) => {
  const { talk, npc } = talking(() => answered(says));
  expect((await talk("who are you")).told.at(-1)).toContain(`I am ${npc.person.name}`);
});

test("where there is no model they answer by heart, and for a while nobody asks for one", async () => {
  const { talk, questions, npc, clock, voices } = talking(() => ({ status: "degraded", reason: "no-host" }));
  for (const _ of [1, 2]) expect((await talk("who are you")).told.at(-1)).toContain(`I am ${npc.person.name}`);
  expect(questions).toHaveLength(1);
  expect(voices.canThink).toBe(false);
  await clock.advance(30_000);
  expect(voices.canThink).toBe(true);
});

test("whoever has used up his budget silences nobody else", async () => {
  const { talk, voices } = talking(() => ({ status: "degraded", reason: "over-budget" }));
  await talk("hello");
  expect(voices.canThink).toBe(true);
});

test("a model that never answers keeps nobody waiting, and is asked once", async () => {
  const { talk, questions, npc, wait, play, voices, scene } = talking(() => new Promise(() => undefined));
  expect((await talk("who are you")).told).toEqual([`speech_self: You say to ${npc.person.name}: "who are you"`]);
  voices.follow(scene().state, scene);
  expect(questions).toHaveLength(1);
  wait(thinkingMsMax);
  expect(heard(play(), 1)[0]).toContain(`I am ${npc.person.name}`);
});

test("after a change of owners those who still wait are asked for, and who has left is not", async () => {
  const { say, npc, voices, questions, scene, body } = talking(() => answered("Hm."));
  say(1, `talk ${npc.person.name} hello`, { canThink: true });
  const now = scene();
  const [talk] = [...now.state.talks!.values()];
  const gone = { ...talk!, id: "gone" as InputId, characterId: "nobody" as CharacterId };
  voices.follow({ talks: new Map([talk!, gone].map((each) => [each.id, each])) }, () => now);
  expect(questions.map(({ userId }) => userId)).toEqual([body(1)!.userId]);
});
