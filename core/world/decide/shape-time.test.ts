import { describe, expect, test } from "vitest";
import { userId } from "#tests/support/records.ts";
import { fieldSpec, happened, heard, stage, type Stage } from "#tests/support/stage.ts";
import { having, item } from "#tests/support/things.ts";
import type { InputId } from "../../lib/ids.ts";
import type { Facts } from "../facts.ts";
import { firstMorningMs } from "../first-clock.ts";
import { liveWorld } from "../evolve.ts";
import { gameTimeMs, tickNumber } from "../clock.ts";
import { staminaAt } from "../vitals.ts";
import { fromStored, hashOf, toStored, type RecordedEvent } from "../stored.ts";

const own = { standing: { ownerId: userId(1), isSandbox: false } };
const others = { standing: { ownerId: userId(9), isSandbox: false } };
const dayMs = fieldSpec.sky.dayLengthS * 1000;
const yearMs = dayMs * fieldSpec.sky.daysPerYear;

/** Its owner and somebody else; `log` is all that was recorded. */
function setup(dilation = 1) {
  const s = stage({ spec: { ...fieldSpec, dilation } });
  const log: RecordedEvent[] = [...s.enter(1).events, ...s.enter(2).events];
  const say = (who: number, text: string, facts: Facts = own) => {
    const turn = s.say(who, text, facts);
    log.push(...turn.events);
    return turn;
  };
  return { ...s, say, log };
}

const replayed = (log: readonly RecordedEvent[]): string => {
  const world = liveWorld();
  for (const each of log) {
    const stored = JSON.parse(JSON.stringify(toStored(each))) as ReturnType<typeof toStored>;
    const { event, metadata } = fromStored({ ...stored, version: world.state.version + 1 });
    world.apply(event, metadata);
  }
  return hashOf(world.state);
};

/** Something lies there, somebody is tired, and somebody is on his way. */
function lived(s: Stage) {
  s.enter(3, { life: having(item("coin", 5)) });
  s.say(3, "drop 2 coins");
  s.say(2, "run north");
  s.say(1, "north 100");
}

describe("world simulate", () => {
  test("lets years of the world pass at once, and tells everybody what day it is", () => {
    const { say, scene, now, world } = setup();
    const [before, tick] = [scene().gameMs, tickNumber(world.state.clock, now())];
    const turn = say(1, "world simulate 2.5");
    expect(scene().gameMs - before).toBe(2.5 * yearMs);
    expect(tickNumber(world.state.clock, now())).toBe(tick + 1);
    expect(happened(turn)).toEqual(["simulated", "caughtUp"]);
    for (const who of [1, 2])
      expect(heard(turn, who)).toEqual([
        "time: Ana 1 waves a hand. 2.5 years pass at once. It is 08:24 on the 181st day of year 3.",
      ]);
  });

  test("what time brings about in it has come about when it is over", () => {
    const s = setup();
    lived(s);
    s.say(1, "world simulate 1 year");
    expect([s.world.state.things.size, s.body(1)?.journey]).toEqual([0, undefined]);
    expect(s.world.steppedToMs).toBe(s.scene().gameMs);
  });

  test("works while time stands still, which it then still does", () => {
    const s = setup();
    s.say(1, "world pause");
    const before = s.scene().gameMs;
    s.say(1, "world simulate 1");
    s.wait(1e6);
    expect([s.scene().gameMs - before, s.world.state.clock.isPaused]).toEqual([yearMs, true]);
  });

  test.each(["", "0", "-1", "abc", "1e3", "101", "0.0000001", "NaN", "5 days", "999999"])(
    "`world simulate %s` is explained",
    (words) => {
      const turn = setup().say(1, `world simulate ${words}`);
      expect([happened(turn), heard(turn, 1)]).toEqual([
        [],
        ["error: How many years? Say a number up to 100, such as `world simulate 5`."],
      ]);
    },
  );
});

describe("world reset", () => {
  test.each(["", "hal", "yes", "Hall now", "Hallway"])("asks for the whole name: `world reset %s` is none", (words) => {
    const s = setup();
    const hash = hashOf(s.world.state);
    const turn = s.say(1, `world reset ${words}`);
    expect([happened(turn), hashOf(s.world.state)]).toEqual([[], hash]);
    expect(heard(turn, 1)[0]).toMatch(/^error: This takes Hall back .* say `world reset Hall`\.$/u);
  });

  test.each(["Hall", "hall", '"Hall"'])("`world reset %s` is the whole name", (words) => {
    expect(happened(setup().say(1, `world reset ${words}`))).toEqual(["reset"]);
  });

  test("takes the world back to its first morning, with what lies about gone, and all who are here as they were", () => {
    const s = setup(2);
    s.say(1, "world simulate 7");
    lived(s);
    s.give({ type: "beginWeather", id: "w" as InputId, originStep: 7 } as never);
    s.say(1, "world pause");
    s.say(1, "world resume");
    s.wait(500);
    s.play();
    const before = s.scene();
    const [ana, ben] = [s.body(1)!, s.body(2)!];
    const tick = tickNumber(before.state.clock, s.now());
    const walked = before.gameMs;
    const staminas = [ana, ben].map((body) => staminaAt(body, walked));
    expect([before.state.things.size, before.state.weather?.originStep, ana.journey !== undefined]).toEqual([
      1,
      7,
      true,
    ]);

    const turn = s.say(1, "world reset Hall");
    const { state, gameMs } = s.scene();
    expect(gameMs).toBe(firstMorningMs(fieldSpec));
    expect([state.things.size, state.patches.size, state.weather]).toEqual([0, 0, undefined]);
    expect([state.clock.dilation, state.clock.isPaused, tickNumber(state.clock, s.now())]).toEqual([
      2,
      false,
      tick + 1,
    ]);
    expect(s.world.steppedToMs).toBe(gameMs);
    expect([s.body(1)!, s.body(2)!].map((body) => staminaAt(body, gameMs))).toEqual(staminas);
    expect(s.body(1)!.journey!.nextAtMs - gameMs).toBe(ana.journey!.nextAtMs - walked);
    expect(s.body(3)!.life).toEqual(before.state.bodies.get(s.body(3)!.id)!.life);
    expect(heard(turn, 2)).toEqual([
      "time: Ana 1 takes the world back to its first morning. It is 08:24 on the 1st day of year 1.",
    ]);
  });

  test("who was on his way goes on", () => {
    const s = setup();
    s.say(1, "world simulate 7");
    s.say(1, "north 3");
    s.say(1, "world reset Hall");
    const { y } = s.body(1)!.position;
    s.wait(10_000);
    s.say(2, "look");
    expect(s.body(1)!.position.y).toBeGreaterThan(y);
    expect(s.body(1)!.journey).toBeUndefined();
  });

  test("no time is left over from before it: what has come about has come about up to the first morning", () => {
    const s = setup();
    const { events } = s.say(1, "world reset Hall");
    s.world.stepTo(9e12);
    for (const { event, metadata } of events) s.world.apply(event, metadata);
    expect(s.world.steppedToMs).toBe(firstMorningMs(fieldSpec));
  });

  test("given again it is done once", () => {
    const s = setup();
    const input = s.commanded(1, "world reset Hall");
    s.give(input, own);
    s.wait(5000);
    const { gameMs } = s.scene();
    expect(happened(s.give(input, own))).toEqual([]);
    expect(s.scene().gameMs).toBe(gameMs);
  });
});

test.each(["world simulate 1", "world reset Hall"])("`%s` is for the owner and for admins", (text) => {
  const s = setup();
  expect(heard(s.say(2, text, others), 2)).toEqual([
    "error: Only the owner of Hall can do that. `world info` tells how its time runs.",
  ]);
  const admin = { standing: { ownerId: userId(9), isSandbox: false, isAdmin: true } };
  expect(happened(s.say(2, text, admin))).toContain(text.split(" ")[1] === "reset" ? "reset" : "simulated");
});

test("the log tells the same: years and a reset replayed come to the same state", () => {
  const s = setup();
  s.say(1, "world simulate 3");
  s.say(2, "run north");
  s.wait(700);
  s.say(1, "world reset Hall");
  s.wait(100);
  s.say(2, "south");
  expect(replayed(s.log)).toBe(hashOf(s.world.state));
  expect(gameTimeMs(s.world.state.clock, s.now())).toBe(firstMorningMs(fieldSpec) + 100);
});
