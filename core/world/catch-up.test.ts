import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { characterId } from "#tests/support/records.ts";
import { fieldSpec, happened, person, type Stage, stage } from "#tests/support/stage.ts";
import { dilationMax } from "../protocol/world-input.ts";
import { advance } from "./advance.ts";
import { catchUpStepMsMax, catchUpStepsMax, lateRealMsMax, planCatchUp } from "./catch-up.ts";
import { lingerMs } from "./decide/presence.ts";
import type { WorldEvent } from "./model.ts";
import { hashOf } from "./stored.ts";

const hourMs = 3_600_000;
const coveredMs = catchUpStepMsMax * catchUpStepsMax;

describe("a plan to catch up", () => {
  test("is not made for an ordinary turn that came late, at any pace", () => {
    for (const pace of [0, 0.1, 1, dilationMax])
      expect(planCatchUp({ fromMs: 5, toMs: 5 + lateRealMsMax * pace }, pace)).toBeNull();
    // Such a turn is never longer than a large step.
    expect(lateRealMsMax * dilationMax).toBeLessThanOrEqual(catchUpStepMsMax);
  });

  test.each([
    ["a night", 10 * hourMs, 2, 0],
    ["just what is made up for", coveredMs, catchUpStepsMax, 0],
    ["a millisecond more", coveredMs + 1, catchUpStepsMax, 1],
    ["a thousand years", 1000 * 360 * 24 * hourMs, catchUpStepsMax, 1000 * 360 * 24 * hourMs - coveredMs],
  ])("covers %s in few steps, without gaps, and says what it skips", (_name, gapMs, count, skippedMs) => {
    const plan = planCatchUp({ fromMs: 100, toMs: 100 + gapMs }, 1)!;
    expect([plan.steps.length, plan.skippedMs]).toEqual([count, skippedMs]);
    expect([plan.steps[0]!.fromMs, plan.steps.at(-1)!.toMs]).toEqual([100 + skippedMs, 100 + gapMs]);
    plan.steps.forEach(({ fromMs, toMs }, i) => {
      expect(toMs - fromMs).toBeLessThanOrEqual(catchUpStepMsMax);
      expect(fromMs).toBe(i === 0 ? 100 + skippedMs : plan.steps[i - 1]!.toMs);
    });
  });
});

describe("a world that nobody ran for a while", () => {
  const caughtUp = (turn: ReturnType<Stage["play"]>) =>
    turn.events.flatMap(({ event }) => (event.type === "caughtUp" ? [event] : []));

  test("has caught up before it hears what anyone says, and has recorded it", () => {
    const s = stage({ spec: fieldSpec });
    s.enter(1);
    const before = s.scene().gameMs;
    s.wait(13 * hourMs);
    const turn = s.say(1, "say good morning");
    expect(happened(turn)).toEqual(["caughtUp", "spoke"]);
    expect(caughtUp(turn)).toEqual([
      { type: "caughtUp", fromMs: before, toMs: before + 13 * hourMs, steps: 3, skippedMs: 0 },
    ]);
    expect(happened(s.say(1, "say again"))).toEqual(["spoke"]);
    expect(s.world.steppedToMs).toBe(s.scene().gameMs);
  });

  test("spends only as much real time on it as it may: the rest is skipped, and it is up to date all the same", () => {
    const s = stage({ spec: fieldSpec });
    s.enter(1);
    s.wait(10 * catchUpStepMsMax);
    let asked = 0;
    const turn = advance(s.world, s.place, [], s.now(), () => ++asked > 4);
    expect(caughtUp(turn)).toMatchObject([{ steps: 5, skippedMs: 5 * catchUpStepMsMax }]);
    expect(s.world.steppedToMs).toBe(s.scene().gameMs);
  });

  test.each([false, true])(
    "whose clock is set ahead makes up for that at once, within the bounds (paused: %s)",
    (isPaused) => {
      const s = stage({ spec: fieldSpec });
      s.enter(1, { role: "admin" });
      if (isPaused) s.say(1, "world pause");
      const gameMs = 30 * 24 * hourMs;
      const by = { userId: person(1).userId };
      const turn = s.give({ type: "simulate", id: s.nextId(), by, gameMs });
      expect(happened(turn)).toEqual(["simulated", "caughtUp"]);
      expect(caughtUp(turn)).toMatchObject([{ steps: 120, skippedMs: 0 }]);
      expect(happened(s.play())).toEqual([]);
    },
  );

  test("has nothing to make up for after a pause: while time stands still none passes", () => {
    const s = stage({ spec: fieldSpec });
    s.enter(1, { role: "admin" });
    s.say(1, "world pause");
    s.wait(1000 * hourMs);
    expect(happened(s.play())).toEqual([]);
    expect(happened(s.say(1, "world resume"))).toEqual(["resumed"]);
    s.wait(100);
    expect(happened(s.play())).toEqual([]);
  });
});

test("whoever leaves, and in which order, does not depend on how time was cut", () => {
  const history = fc.record({
    losses: fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 100_000 })), {
      selector: ([who]) => who,
      minLength: 1,
    }),
    cuts: fc.array(fc.integer({ min: 1, max: 40_000 }), { maxLength: 30 }),
  });
  const totalMs = 100_000 + lingerMs + 200_000;
  const play = (losses: readonly (readonly [number, number])[], cuts: readonly number[]) => {
    const s = stage({ spec: fieldSpec });
    for (let who = 1; who <= 6; who++) s.enter(who, { attributes: person(who).attributes });
    s.say(1, "run north");
    const startMs = s.now();
    const events: WorldEvent[] = [];
    for (const [who, atMs] of losses.toSorted((a, b) => a[1] - b[1])) {
      s.wait(startMs + atMs - s.now());
      const { connectionId } = s.connected(who);
      s.give({
        type: "disconnected",
        id: `lost-${who}` as never,
        connectionId,
        characterId: characterId(who),
        mayReturn: true,
      });
    }
    for (const cut of cuts) {
      s.wait(Math.min(cut, startMs + totalMs - s.now()));
      events.push(...s.play().events.map(({ event }) => event));
    }
    s.wait(startMs + totalMs - s.now());
    events.push(...s.play().events.map(({ event }) => event));
    return {
      left: events.filter(({ type }) => type === "left"),
      stamina: s.scene().gameMs,
      bodies: [...s.world.state.bodies],
    };
  };
  fc.assert(
    fc.property(history, ({ losses, cuts }) => {
      const once = play(losses, []);
      expect(play(losses, cuts)).toEqual(once);
      expect(once.left).toHaveLength(losses.length);
    }),
    { numRuns: 60 },
  );
});

test("a world that was restarted makes up for more than one that ran on, and comes to the same state", () => {
  const s = stage({ spec: fieldSpec });
  s.enter(1);
  for (let i = 0; i < 3; i++) {
    s.wait(100_000);
    s.play();
  }
  const again = stage({ spec: fieldSpec, from: s.world.state });
  expect(again.world.steppedToMs).toBe(s.world.steppedToMs - 300_000);
  again.wait(300_100);
  s.wait(100);
  expect([happened(again.play()), happened(s.play())]).toEqual([["caughtUp"], []]);
  expect(hashOf(again.world.state)).toBe(hashOf(s.world.state));
  expect(happened(again.play())).toEqual([]);
});
