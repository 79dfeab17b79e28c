import { describe, expect, test } from "vitest";
import { characterId, userId } from "#tests/support/records.ts";
import { fieldSpec, happened, heard, metadataOf, stage, watcher } from "#tests/support/stage.ts";
import { type InputId, sphereWorldId } from "../../lib/ids.ts";
import type { ClockChange, InputOf } from "../../protocol/world-input.ts";
import { gameTimeMs, tickNumber } from "../clock.ts";
import { hashOf } from "../stored.ts";

const own = { standing: { ownerId: userId(1), isSandbox: false } };
const sandbox = { standing: { ownerId: null, isSandbox: true } };
const others = { standing: { ownerId: userId(9), isSandbox: false } };

function setup(dilation = 1) {
  const s = stage({ spec: { ...fieldSpec, dilation } });
  s.enter(1);
  s.enter(2);
  return s;
}

const wanted = (id: string, change: ClockChange): InputOf<"setClock"> => ({
  type: "setClock",
  id: id as InputId,
  by: { userId: userId(7) },
  change,
});

describe("the owner of a world", () => {
  test("stops its time, and lets it go on from where it was", () => {
    const s = setup();
    s.wait(1234);
    const before = s.scene().gameMs;
    const paused = s.say(1, "world pause", own);
    expect(happened(paused)).toEqual(["paused"]);
    for (const who of [1, 2])
      expect(heard(paused, who)).toEqual(["time: Ana 1 raises a hand, and all is still. Time stands still."]);
    s.wait(1e9);
    expect(s.scene().gameMs).toBe(before);
    const resumed = s.say(1, "world resume", own);
    expect(heard(resumed, 2)).toEqual(["time: Ana 1 lets the world go on. Time runs as fast as your own."]);
    s.wait(10);
    expect(s.scene().gameMs).toBe(before + 10);
  });

  test("makes it run faster, from that very moment, and its ticks are counted on", () => {
    const s = setup();
    s.wait(250);
    const [before, tick] = [s.scene().gameMs, tickNumber(s.world.state.clock, s.now())];
    expect(heard(s.say(1, "world speed 2.5", own), 2)).toEqual([
      "time: Ana 1 changes the pace of the world. Time runs 2.5 times as fast as your own.",
    ]);
    expect([s.scene().gameMs, tickNumber(s.world.state.clock, s.now())]).toEqual([before, tick + 1]);
    s.wait(100);
    expect([s.scene().gameMs, tickNumber(s.world.state.clock, s.now())]).toEqual([before + 250, tick + 2]);
  });

  test.each([
    ["world resume", "error: Time is running here."],
    ["world speed 1", "error: Time runs as fast as your own."],
    ["world speed 1x", "error: Time runs as fast as your own."],
    ["world speed", "info: Time runs as fast as your own."],
    ["world speed 0", "error: How fast? Say a number from 0.1 to 100, such as `world speed 10`."],
    ["world speed 100.1", "error: How fast? Say a number from 0.1 to 100, such as `world speed 10`."],
    ["world speed -5", "error: How fast? Say a number from 0.1 to 100, such as `world speed 10`."],
    ["world speed 1e2", "error: How fast? Say a number from 0.1 to 100, such as `world speed 10`."],
    ["world speed NaN", "error: How fast? Say a number from 0.1 to 100, such as `world speed 10`."],
  ])("who says `%s` is told", (text, answer) => {
    const s = setup();
    const turn = s.say(1, text, own);
    expect([happened(turn), heard(turn, 1)]).toEqual([[], [answer]]);
  });

  test.each(["0.1", "100", "3x", "0.125"])("may say %s", (factor) => {
    expect(happened(setup().say(1, `world speed ${factor}`, own))).toEqual(["dilationChanged"]);
  });
});

describe("shaping a world", () => {
  const refused = ["error: Only the owner of Hall can do that. `world info` tells how its time runs."];
  test.each([
    ["its owner", {}, own, true],
    ["an admin", { role: "admin" } as const, others, true],
    ["anyone, in a sandbox", {}, sandbox, true],
    ["anyone else", {}, others, false],
    ["a watcher", watcher, others, false],
    [
      "someone whose account is an admin's",
      {},
      { standing: { ownerId: userId(9), isSandbox: false, isAdmin: true } },
      true,
    ],
    ["anyone of a world without an owner", {}, { standing: { ownerId: null, isSandbox: false } }, false],
    ["anyone of a world that nobody knows", {}, {}, false],
  ])("is for %s: %o", (_name, who, facts, may) => {
    for (const text of ["world pause", "world speed 3"]) {
      const s = stage({ spec: fieldSpec });
      s.enter(1, who);
      const turn = s.say(1, text, facts);
      expect(happened(turn).length).toBe(may ? 1 : 0);
      if (!may) expect(heard(turn, 1)).toEqual(refused);
    }
  });

  test("`world info` is for everyone, and nonsense is explained", () => {
    const s = setup(10);
    const [info] = heard(s.say(2, "world", others), 2);
    expect(info).toContain("It measures 2000 by 2000 metres.");
    expect(info).toContain("A day has 24 hours, a year 360 days.");
    expect(info).toContain("The moon (30 days) goes round it.");
    expect(info).toContain("Players fight only players who agree to it.");
    const lawless = stage({ spec: { ...fieldSpec, isLawless: true } });
    lawless.enter(1);
    expect(heard(lawless.say(1, "world info"), 1)[0]).toContain("Players may attack each other here without asking.");
    expect(info).toContain("Time runs 10 times as fast as your own.");
    expect(heard(s.say(2, "world domination", others), 2)[0]).toContain("Say `world info`");
  });
});

describe("in a world whose time stands still", () => {
  test.each([
    "look",
    "look sky",
    "time",
    "map",
    "who",
    "worlds",
    "world info",
    "say hi",
    "emote waits",
    "face east",
    "help",
  ])("`%s` works", (text) => {
    const s = setup();
    s.say(1, "world pause", own);
    expect(heard(s.say(2, text), 2).filter((line) => line.startsWith("error"))).toEqual([]);
  });

  test.each(["north", "go south", "run east", "sneak"])("`%s` is refused kindly", (text) => {
    const s = setup();
    s.say(1, "world pause", own);
    const turn = s.say(2, text);
    expect(happened(turn)).toEqual([]);
    expect(heard(turn, 2)).toEqual([
      "error: Time stands still here. You can look around, talk and leave; nothing else happens until the world goes on.",
    ]);
  });

  test("one can leave, come in, and lose one's link", () => {
    const s = stage();
    s.enter(1);
    s.say(1, "world pause", own);
    expect(happened(s.enter(2, { position: { x: 0.5, y: 5, z: 0 } }))).toEqual(["entered"]);
    const world = { id: sphereWorldId, name: "Verdance", shape: "spherical", theme: "" };
    expect(happened(s.say(2, "enter west", { destination: { world, own: null } }))).toEqual(["departed"]);
    const { connectionId } = s.connected(1);
    const lost = { id: "lost" as InputId, connectionId, characterId: characterId(1) };
    s.give({ type: "disconnected", ...lost, mayReturn: true });
    s.wait(120_000);
    expect(happened(s.play())).toEqual(["left"]);
  });
});

describe("a change from outside", () => {
  test("is applied once, by its id, and says who wanted it", () => {
    const s = setup();
    const turn = s.give(wanted("one", { kind: "dilation", dilation: 20 }));
    expect(turn.events[0]!.event).toMatchObject({ type: "dilationChanged", by: { userId: userId(7) } });
    expect(heard(turn, 1)).toEqual([
      "time: The owner of this world changes the pace of the world. Time runs 20 times as fast as your own.",
    ]);
    s.give(wanted("two", { kind: "dilation", dilation: 5 }));
    const hash = hashOf(s.world.state);
    expect(s.give(wanted("one", { kind: "dilation", dilation: 20 })).events).toEqual([]);
    expect(hashOf(s.world.state)).toBe(hash);
  });

  test("that changes nothing is remembered all the same: delivered late, it must not undo the next", () => {
    const s = setup();
    const { clock } = s.world.state;
    const turn = s.give(wanted("one", { kind: "resume" }));
    expect([happened(turn), turn.tellings, s.world.state.clock]).toEqual([["resumed"], [], clock]);
    s.give(wanted("two", { kind: "pause" }));
    expect(s.give(wanted("one", { kind: "resume" })).events).toEqual([]);
    expect(s.world.state.clock.isPaused).toBe(true);
  });

  test("tells nobody whose link is broken", () => {
    const s = setup();
    const { connectionId } = s.connected(2);
    s.give({ type: "disconnected", id: "x" as InputId, connectionId, characterId: characterId(2), mayReturn: true });
    expect(heard(s.give(wanted("one", { kind: "pause" })), 2)).toEqual([]);
  });
});

describe("a world whose worker cannot keep up", () => {
  const stretch = (s: ReturnType<typeof setup>, share: number) =>
    s.play({ input: { type: "stretch", id: s.nextId(), stretch: share }, facts: {} });

  test("runs slower of itself, on top of its own pace, and tells when that begins and ends", () => {
    const s = setup(4);
    const before = s.scene().gameMs;
    const slowed = stretch(s, 0.5);
    expect(happened(slowed)).toEqual(["timeStretched"]);
    expect(heard(slowed, 1)[0]).toMatch(
      /^time: So much happens at once that time itself slows\. Nothing that you do is lost/u,
    );
    expect(metadataOf(slowed, 1, "time")).toEqual({ is_paused: false, dilation: 4, pace: 0.5 });
    s.wait(1000);
    expect(s.scene().gameMs).toBe(before + 2000);
    expect(heard(s.say(1, "world speed"), 1)[0]).toContain("Only the owner");
    expect(heard(s.say(1, "world speed", own), 1)).toEqual([
      "info: Time runs 4 times as fast as your own, but the world is so busy that it keeps 50 % of that pace for now.",
    ]);
    expect([happened(stretch(s, 0.1)), heard(stretch(s, 0.3), 1)]).toEqual([["timeStretched"], []]);
    expect(heard(stretch(s, 1), 1)).toEqual([
      "time: The world has caught its breath: time runs at its own pace again.",
    ]);
    expect(gameTimeMs(s.world.state.clock, s.now() + 1000)).toBe(before + 2000 + 4000);
  });

  test("is not slowed while it is paused, and every input is applied as it comes", () => {
    const s = setup();
    stretch(s, 0.1);
    expect(
      happened(s.play(...["say a", "north", "say b"].map((text) => ({ input: s.commanded(1, text), facts: {} })))),
    ).toEqual(["spoke", "moved", "spoke"]);
    s.say(1, "world pause", own);
    expect(happened(stretch(s, 1))).toEqual([]);
  });
});
