import { describe, expect, test } from "vitest";
import { person } from "#tests/support/stage.ts";
import { happened, heard, metadataOf, watcher } from "#tests/support/stage.ts";
import { village } from "#tests/support/village.ts";
import { tones } from "../../protocol/world-specification.ts";
import type { InputId } from "../../lib/ids.ts";
import { liveWorld } from "../evolve.ts";
import { exchangesOf } from "../inhabitants/acquaintance.ts";
import { manners } from "../inhabitants/manners.ts";
import type { Npc } from "../inhabitants/inhabitants.ts";
import type { WorldEvent } from "../model.ts";
import { fromSnapshot, toSnapshot } from "../stored.ts";
import { openTalksMax, spokenCharsMax, thinkingMsMax } from "./talk.ts";

/** Ana 1 stands beside somebody at noon, Ana 2 within earshot. */
const meeting = (sketch?: Parameters<typeof village>[0]) => {
  const met = village(sketch);
  met.waitUntil(10.4);
  const [npc] = met.around() as [Npc];
  met.enter(1, { position: npc.position });
  met.enter(2, { position: { ...npc.position, x: npc.position.x + 3 } });
  const talk = (words: string, canThink = false) => met.say(1, `talk ${npc.person.name} ${words}`, { canThink });
  return { ...met, npc, name: npc.person.name, talk };
};

describe("talking to somebody who lives here", () => {
  test("without words is answered with a greeting, their name and calling, and what they can be asked", () => {
    const { talk, npc, name } = meeting();
    const turn = talk("");
    expect(happened(turn)).toEqual(["talked", "answered"]);
    const [, answer] = heard(turn, 1);
    expect(answer).toMatch(
      new RegExp(`^dialogue: ${name} says: ".*Ana 1.* I am ${name}, a human ${npc.person.occupation}\\."$`, "u"),
    );
    expect(metadataOf(turn, 1, "dialogue")).toEqual({
      npcName: name,
      npcID: npc.person.id,
      dialogue: expect.stringContaining(name),
      available: ["you", "work", "home", "people", "weather", "goodbye"],
    });
  });

  test("is heard by those within earshot, once each, and by nobody farther away", () => {
    const { talk, enter, npc, name } = meeting();
    enter(3, { position: { ...npc.position, x: npc.position.x + 40 } });
    const turn = talk("hello there");
    expect(heard(turn, 2)).toEqual([
      `speech: Ana 1 says to ${name}: "hello there"`,
      expect.stringMatching(`^speech: ${name} says: `),
    ]);
    expect(heard(turn, 3)).toEqual([]);
  });

  test.each([
    ["what is your work?", "With us it is barter"],
    ["who are you?", "I am "],
    ["tell me about this village", "This is "],
    ["what are your customs", "We are the humans"],
  ])("%j is answered with what they know", (words, said) => {
    const { talk } = meeting();
    expect(metadataOf(talk(words), 1, "dialogue")?.["dialogue"]).toContain(said);
  });

  test("what they do not know they say so", () => {
    const { talk } = meeting();
    for (const words of ["xyzzy plugh", "do you like soup?"])
      expect(manners.neutral.unknown).toContain(metadataOf(talk(words), 1, "dialogue")?.["dialogue"]);
  });

  test.each(tones)("they speak in the tone of their world: %s", (tone) => {
    const conflicts = ["The tide takes a village each year"];
    const { talk } = meeting({ tone, conflicts, peoples: [{ name: "Frostkin", faiths: ["the Deep Ice"] }] });
    expect(manners[tone].farewells).toContain(metadataOf(talk("goodbye"), 1, "dialogue")?.["dialogue"]);
    expect(metadataOf(talk("any trouble?"), 1, "dialogue")?.["dialogue"]).toContain("The tide takes a village");
    expect(metadataOf(talk("your gods?"), 1, "dialogue")?.["dialogue"]).toContain("the Deep Ice");
    const greeting = String(metadataOf(talk(""), 1, "dialogue")?.["dialogue"]);
    const starts = manners[tone].greetings.map((words) => words.replaceAll("{who}", "Ana 1"));
    expect(starts.some((start) => greeting.startsWith(start))).toBe(true);
  });

  test("is refused where there is nobody, where they sleep, and to watchers, in words that help", () => {
    const { say, waitUntil, npc, name, enter } = meeting();
    expect(heard(say(1, "talk"), 1)[0]).toContain("Talk to whom?");
    expect(heard(say(1, "talk Nobody hello"), 1)).toEqual(['error: You see nobody called "Nobody" to talk to.']);
    enter(3, { ...watcher, position: npc.position });
    expect(heard(say(3, `talk ${name}`), 3)[0]).toMatch(/^error: /u);
    waitUntil(2);
    enter(4, { position: npc.position });
    const asleep = heard(say(4, `talk ${npc.person.occupation}`), 4)[0];
    expect(asleep).toMatch(/is asleep\.$|You see nobody/u);
  });

  test("whoever is spoken to may be named by what they do", () => {
    const { say, npc } = meeting();
    expect(metadataOf(say(1, `talk to ${npc.person.occupation} hello`), 1, "dialogue")?.["npcName"]).toBeDefined();
  });
});

describe("where a model may find the words", () => {
  const answer = (talkId: InputId, text: string | null, id: string) =>
    ({ input: { type: "npcAnswer", id: id as InputId, talkId, text }, facts: {} }) as const;
  const openOf = ({ world }: ReturnType<typeof meeting>) => [...(world.state.talks?.keys() ?? [])];

  test("the words are heard at once and the answer when it has come, once", () => {
    const met = meeting();
    const asked = met.talk("hello", true);
    expect(happened(asked)).toEqual(["talked"]);
    expect(heard(asked, 1)).toEqual([`speech_self: You say to ${met.name}: "hello"`]);
    const [talkId] = openOf(met) as [InputId];
    const turn = met.play(answer(talkId, "Mind the <b>step</b>.", "a"));
    expect(heard(turn, 1)).toEqual([`dialogue: ${met.name} says: "Mind the ‹b›step‹/b›."`]);
    expect(turn.events[0]!.event).toMatchObject({ type: "answered", by: "model" });
    expect(openOf(met)).toEqual([]);
    expect(heard(met.play(answer(talkId, "Again.", "b")), 1)).toEqual([]);
  });

  test.each([null, "", "   "])("where it comes to nothing (%j) they say what they know by heart", (text) => {
    const met = meeting();
    met.talk("who are you", true);
    const turn = met.play(answer(openOf(met)[0]!, text, "a"));
    expect(heard(turn, 1)[0]).toContain(`I am ${met.name}`);
    expect(turn.events[0]!.event).toMatchObject({ by: "heart" });
  });

  test("an answer is never longer than a mouthful", () => {
    const met = meeting();
    met.talk("hello", true);
    const turn = met.play(answer(openOf(met)[0]!, "x".repeat(9_999), "a"));
    expect(String(metadataOf(turn, 1, "dialogue")?.["dialogue"])).toHaveLength(spokenCharsMax);
  });

  test("where none comes they answer by heart after a while, also with another owner", () => {
    const met = meeting();
    met.talk("who are you", true);
    met.wait(thinkingMsMax - 1);
    expect(happened(met.play())).toEqual([]);
    const kept = fromSnapshot(structuredClone(toSnapshot(met.world.state)));
    expect([...kept.talks!.values()]).toEqual([...met.world.state.talks!.values()]);
    met.wait(1);
    const turn = met.play();
    expect(happened(turn)).toEqual(["answered"]);
    expect(heard(turn, 1)[0]).toContain(`I am ${met.name}`);
  });

  test("what was said is remembered with another owner, too, but not of logs from before", () => {
    const met = meeting();
    met.talk("hello", true);
    const { event } = met.play(answer(openOf(met)[0]!, "Mind the step.", "a")).events[0]!;
    const pair = { characterId: met.body(1)!.id, npcId: met.npc.person.id };
    const kept = fromSnapshot(structuredClone(toSnapshot(met.world.state)));
    expect(exchangesOf(kept.acquaintances, pair)).toEqual([{ words: "hello", answer: "Mind the step." }]);
    const { to: _to, ...before } = event as Extract<WorldEvent, { type: "answered" }>;
    const old = liveWorld();
    old.apply(before, { atMs: 0 });
    expect(old.state.acquaintances).toBeUndefined();
  });

  test("a second question before the first is answered, and one too many, are answered by heart", () => {
    const met = meeting();
    met.talk("hello", true);
    expect(happened(met.talk("hello again", true))).toEqual(["talked", "answered"]);
    for (let number = 3; number < 3 + openTalksMax; number++) {
      met.enter(number, person(number, { position: met.npc.position }));
      met.say(number, `talk ${met.name} hello`, { canThink: true });
    }
    expect(met.world.state.talks!.size).toBe(openTalksMax);
  });
});
