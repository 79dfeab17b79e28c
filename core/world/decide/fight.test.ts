import { describe, expect, test } from "vitest";
import { advance } from "../advance.ts";
import { liveWorld } from "../evolve.ts";
import { hallSpec, happened, heard, stage, type Stage } from "#tests/support/stage.ts";
import { having, item } from "#tests/support/things.ts";
import { emptyLife, type Life } from "../../protocol/life.ts";
import { hashOf } from "../stored.ts";
import { guardMs } from "../fights/rules.ts";
import { gameTimeMs } from "../clock.ts";
import type { WorldSpec } from "../spec.ts";

const armed: Life = having(item("sword", 1, { slot: "mainHand" }), item("coin", 3));
const lawless: WorldSpec = { ...hallSpec, isLawless: true };

/** Ana 1 with a sword, Ana 2 with bare hands beside her, Ana 4 across the room. */
function arena(spec = hallSpec): Stage {
  const s = stage({ spec });
  s.enter(1, { life: armed });
  s.enter(2, { life: having(item("cap", 1, { slot: "head" }), item("coin", 8)), position: { x: 6, y: 2, z: 0 } });
  s.enter(4, { life: emptyLife, position: { x: 5, y: 9, z: 0 } });
  return s;
}

function agreed(): Stage {
  const s = arena();
  s.say(1, "attack Ana 2");
  s.say(2, "attack");
  return s;
}

describe("beginning a fight", () => {
  test("takes two who want it: one asks, the other agrees, and those who see it are told", () => {
    const s = arena();
    const asked = s.say(1, "attack ana 2");
    expect([heard(asked, 1), heard(asked, 2), heard(asked, 4)]).toEqual([
      ["combat: You challenge Ana 2. They have a minute to take it up."],
      ["combat: Ana 1 challenges you to a fight. Say `attack Ana 1` within a minute to take it up, or do nothing."],
      ["combat: Ana 1 challenges Ana 2 to a fight."],
    ]);
    expect(s.body(2)!.fight).toBeUndefined();
    const taken = s.say(2, "fight");
    expect([heard(taken, 2), heard(taken, 1)]).toEqual([
      ["combat: You go for Ana 1 with your fists."],
      ["combat: Ana 2 goes for you. Say `defend` to guard yourself, `flee` to get away."],
    ]);
    expect([s.body(1)!.fight?.targetId, s.body(2)!.fight?.targetId]).toEqual([s.body(2)!.id, s.body(1)!.id]);
  });

  test("a challenge that was not taken up within a minute is none", () => {
    const s = arena();
    s.say(1, "attack Ana 2");
    s.wait(60_000);
    expect(heard(s.say(2, "attack"), 2)).toEqual(["error: Attack whom? Try `attack Ana`."]);
    expect(happened(s.say(2, "attack Ana 1"))).toEqual(["challenged"]);
  });

  test("where the world says so nobody is asked", () => {
    expect(happened(arena(lawless).say(1, "attack Ana 2"))).toEqual(["fightBegan", "fightBegan"]);
  });

  test.each([
    ["attack Ana 4", "error: Ana 4 is out of reach. Go nearer first."],
    ["attack me", "error: You would only hurt yourself."],
    ["attack statue", "error: The marble statue would not notice."],
    ["attack Zoe", 'error: You see nobody called "Zoe" here.'],
    ["defend", "error: Nobody is fighting you."],
    ["flee", "error: There is no fight to flee from."],
  ])("%j is refused", (text, answer) => {
    const turn = arena().say(1, text);
    expect([heard(turn, 1), happened(turn)]).toEqual([[answer], []]);
  });
});

describe("a fight", () => {
  test("goes stroke by stroke in the world's time until one falls, who comes to at the spawn with all he had", () => {
    const s = agreed();
    const told: string[] = [];
    let fell = 0;
    for (let second = 0; second < 600 && fell === 0; second++) {
      s.wait(1000);
      const turn = s.play();
      told.push(...heard(turn, 1));
      if (happened(turn).includes("fell")) fell = second;
    }
    expect(told.some((text) => /^combat: You hit Ana 2 with your iron sword for \d+\.$/u.test(text))).toBe(true);
    expect(told.some((text) => /^combat: You miss Ana 2\.$/u.test(text))).toBe(true);
    expect(
      told.some((text) =>
        /^combat: Ana 2 hits you with bare fists for \d+\. You have \d+ of 500 health left\.$/u.test(text),
      ),
    ).toBe(true);
    expect(told).toContain("combat: Ana 2 falls senseless. The fight is over.");
    expect(fell).toBeGreaterThan(10);
    expect([s.body(1)!.fight, s.body(2)!.fight]).toEqual([undefined, undefined]);
    expect(heard(s.say(2, "get all"), 2)).toEqual(["error: You lie senseless. You will come to in a moment."]);
    expect(heard(s.say(2, "look"), 2)[0]).toMatch(/^area_description/u);
    s.wait(10_000);
    const waking = s.play();
    expect(happened(waking)).toContain("woke");
    expect(heard(waking, 2)).toEqual([
      "combat: You come to where everyone begins here, sore but whole. You have all that you had.",
      expect.stringMatching(/^area_description: Hall\n/u),
    ]);
    expect(s.body(2)).toMatchObject({ position: { x: 5, y: 2, z: 0 }, health: { value: 125 } });
    expect(s.body(2)!.life!.items.map(({ kind, count }) => [kind, count])).toEqual([
      ["cap", 1],
      ["coin", 8],
    ]);
    const state = waking.tellings.find(({ to, tell }) => to === s.body(2)!.id && tell.kind === "state")!.tell;
    expect(state.kind === "state" && [state.state.hp, state.state.maxHP]).toEqual([125, 500]);
    expect([s.body(1)!.life!.xp.Slashing, s.body(2)!.life!.xp.Bludgeoning, s.body(1)!.life!.items[0]?.wear]).toEqual([
      expect.any(Number),
      expect.any(Number),
      expect.any(Number),
    ]);
  });

  test("comes to the same however its time was cut", () => {
    const begun = agreed();
    const from = begun.world.state;
    const play = (cuts: readonly number[]) => {
      const world = liveWorld(structuredClone(from));
      let nowMs = begun.now();
      const events = cuts.flatMap((ms) => advance(world, begun.place, [], (nowMs += ms)).events);
      return {
        hash: hashOf({ ...world.state, atMs: 0 }),
        events: events.map(({ event }) => event),
        gameMs: gameTimeMs(world.state.clock, nowMs),
      };
    };
    const whole = play([60_000]);
    expect(whole.events.length).toBeGreaterThan(20);
    expect(play(Array.from({ length: 600 }, () => 100))).toEqual(whole);
    expect(play([1, 7777, 12_222, 30_000, 10_000])).toEqual(whole);
  });

  test("a guard makes blows rarer and lighter, and who guards does not strike", () => {
    const hurt = (isGuarding: boolean) => {
      const s = agreed();
      let lost = 0;
      for (let round = 0; round < 20; round++) {
        if (isGuarding) s.say(2, "defend");
        s.wait(guardMs - 1000);
        for (const { event } of s.play().events) {
          if (event.type === "hurt" && event.characterId === s.body(1)!.id) expect(isGuarding).toBe(false);
          if (event.type === "hurt" && event.characterId === s.body(2)!.id) lost = 500 - event.health.value;
        }
      }
      return lost;
    };
    expect(hurt(true)).toBeLessThan(hurt(false) / 2);
  });

  test("who gets away is out of it, and so are those who went for him", () => {
    const s = agreed();
    let turn = s.say(2, "flee");
    for (let tries = 0; tries < 20 && !happened(turn).includes("fightEnded"); tries++) turn = s.say(2, "flee");
    expect(heard(turn, 2)[0]).toBe("combat: You get away. The fight is over; put some distance between you.");
    expect([s.body(1)!.fight, s.body(2)!.fight]).toEqual([undefined, undefined]);
    expect(s.body(2)!.stamina.value).toBeLessThanOrEqual(490);
  });

  test("ends when one of the two has gone", () => {
    const s = agreed();
    s.give({
      type: "disconnected",
      id: s.nextId(),
      connectionId: "socket-2" as never,
      characterId: s.body(2)!.id,
      mayReturn: false,
    });
    s.wait(5000);
    expect(happened(s.play())).toContain("fightEnded");
  });

  test("wounds heal slowly, and go along to the row", () => {
    const s = stage();
    const turn = s.enter(1, { life: emptyLife, health: 100, lastPlayedAtMs: s.now() });
    expect(turn.characters[0]).toMatchObject({ health: 100 });
    s.wait(100_000);
    expect(heard(s.say(1, "score"), 1)[0]).toContain("Health 150 of 500");
  });

  test("who left senseless has come to when he is back", () => {
    const s = stage();
    s.enter(1, { life: emptyLife, health: 0, position: { x: 8, y: 8, z: 0 }, lastPlayedAtMs: s.now() });
    expect(s.body(1)).toMatchObject({ position: { x: 5, y: 2, z: 0 }, health: { value: 125 } });
  });
});
