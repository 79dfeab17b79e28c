import { describe, expect, test } from "vitest";
import { fieldSpec, happened, heard, stage, watcher } from "#tests/support/stage.ts";
import { templateOf } from "../../character/attributes.ts";
import { directionOf } from "../space.ts";
import { staminaAt } from "../vitals.ts";

const sides = ["north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"];

test("sneaking where somebody could see it teaches to go unseen; where nobody is it teaches nothing", () => {
  const s = stage({ spec: fieldSpec });
  s.enter(1);
  expect(happened(s.say(1, "sneak north"))).toEqual(["gaitChanged", "moved"]);
  s.enter(2);
  expect(happened(s.say(1, "north"))).toEqual(["moved", "practised"]);
  expect(s.body(1)!.life!.xp).toEqual({ Stealth: 6 });
});

describe("a step", () => {
  test.each(sides)("%s is one metre long, turns whoever takes it, costs a point of stamina and is told", (side) => {
    const s = stage({ spec: fieldSpec });
    s.enter(1, { position: { x: 0, y: 0, z: 0 }, stamina: 100 });
    const turn = s.say(1, side);
    expect(happened(turn)).toEqual(["moved"]);
    const { position, orientation, stamina } = s.body(1)!;
    expect(Math.hypot(position.x, position.y)).toBeCloseTo(1, 2);
    expect(directionOf(orientation)).toBe(side);
    expect(stamina.value).toBeCloseTo(99, 6);
    expect(heard(turn, 1)).toEqual([`movement: You walk ${side}.`]);
  });

  test.each([
    ["run", 98],
    ["sneak", 98.5],
    ["walk", 99],
  ])("at a %s leaves %d of a hundred points", (gait, left) => {
    const s = stage({ spec: fieldSpec });
    s.enter(1, { position: { x: 0, y: 0, z: 0 }, stamina: 100 });
    s.say(1, `${gait} north`);
    expect(s.body(1)).toMatchObject({ gait, stamina: { value: left } });
  });

  test("is not taken by the exhausted, who can go on after a rest", () => {
    const s = stage({ spec: fieldSpec });
    s.enter(1, { position: { x: 0, y: 0, z: 0 }, stamina: 0.5 });
    expect(heard(s.say(1, "north"), 1)).toEqual(["error: You are too exhausted to go on. Rest a while."]);
    expect(s.body(1)!.position).toEqual({ x: 0, y: 0, z: 0 });
    s.wait(1000);
    expect(happened(s.say(1, "north"))).toEqual(["moved"]);
  });

  test("never takes stamina below zero or lets it rest above what the body holds", () => {
    const s = stage({ spec: fieldSpec });
    s.enter(1, { position: { x: 0, y: 0, z: 0 } });
    const max = 7 * templateOf("Human").Endurance + 3 * templateOf("Human").Might;
    s.wait(3_600_000);
    expect(staminaAt(s.body(1)!, s.scene().gameMs)).toBe(max);
    for (let i = 0; i < 600; i++) s.say(1, "run north");
    expect(s.body(1)!.stamina.value).toBeGreaterThanOrEqual(0);
  });

  test.each([
    ["north 0", "error: How many steps? Say a whole number from 1 to 10000."],
    ["north 10001", "error: How many steps? Say a whole number from 1 to 10000."],
    ["north -1", "error: How many steps? Say a whole number from 1 to 10000."],
    ["north 1e3", "error: How many steps? Say a whole number from 1 to 10000."],
    ["north ٣", "error: How many steps? Say a whole number from 1 to 10000."],
    ["north to the <b>door</b>", "error: How many steps? Say a whole number from 1 to 10000."],
    ["up", "error: There is no way up from here."],
    ["go", "error: Which way? Try `go north`."],
    ["go constructor", "error: Which way? Try `go north`."],
    ["run __proto__", "error: Which way do you want to run? Try `run north`."],
  ])("is refused for %j, and nothing happens", (text, answer) => {
    const s = stage({ spec: fieldSpec });
    s.enter(1);
    const turn = s.say(1, text);
    expect([heard(turn, 1), happened(turn)]).toEqual([[answer], []]);
  });

  test.each(["n 1", "go north", "move N", "GO  nOrTh 1"])("is also %j", (text) => {
    const s = stage({ spec: fieldSpec });
    s.enter(1, { position: { x: 0, y: 0, z: 0 } });
    s.say(1, text);
    expect(s.body(1)!.position).toEqual({ x: 0, y: 1, z: 0 });
  });

  test("of a watcher covers up to 10,000 at once, is seen by nobody, and ends at the edge of the world", () => {
    const s = stage({ spec: fieldSpec });
    s.enter(1, { ...watcher, position: { x: 0, y: 0, z: 0 } });
    s.enter(2, { position: { x: 0, y: 1, z: 0 } });
    const turn = s.say(1, "north 900");
    expect(heard(turn, 1)).toEqual(["movement: You walk 900 metres north.", "departure: You lose sight of Ana 2."]);
    expect(heard(turn, 2)).toEqual([]);
    const last = s.say(1, "north 10000");
    expect(heard(last, 1)).toEqual(["movement: You walk 100 metres north. The north wall stops you."]);
    expect(s.body(1)!.position).toEqual({ x: 0, y: 1000, z: 0 });
  });
});

describe("those who see a step", () => {
  const at = (x: number, y: number) => ({ position: { x, y, z: 0 } });

  test("hear of it once each: who passes, who comes into view and who goes out of sight", () => {
    const s = stage({ spec: fieldSpec });
    s.enter(1, at(0, 0));
    s.enter(2, at(10, 0));
    s.enter(3, at(60.5, 0));
    s.enter(4, at(-60, 0));
    s.enter(5, at(200, 0));
    s.enter(6, { ...at(0, 0), ...watcher });
    const turn = s.say(1, "east");
    expect([2, 3, 4, 5, 6].map((number) => heard(turn, number))).toEqual([
      ["movement: Ana 1 walks east."],
      ["arrival: Ana 1 comes into view from the west."],
      ["departure: Ana 1 goes out of sight to the east."],
      [],
      ["movement: Ana 1 walks east."],
    ]);
  });
});

describe("turning and gait", () => {
  test("to face a direction is told to those who see it, and once is enough", () => {
    const s = stage();
    s.enter(1);
    s.enter(2);
    const turn = s.say(1, "face se");
    expect([heard(turn, 1), heard(turn, 2)]).toEqual([
      ["action: You turn to face southeast."],
      ["action: Ana 1 turns to face southeast."],
    ]);
    expect(happened(s.say(1, "turn to southeast"))).toEqual([]);
    expect(heard(s.say(1, "face"), 1)).toEqual(["info: You are facing southeast."]);
    expect(happened(s.say(1, "face up"))).toEqual(["turned"]);
    expect(heard(s.say(1, "face <script>"), 1)[0]).toMatch(/^error: You can face/);
  });

  test("a gait that is had already changes nothing", () => {
    const s = stage();
    s.enter(1);
    expect(happened(s.say(1, "walk"))).toEqual([]);
    expect(happened(s.say(1, "run"))).toEqual(["gaitChanged"]);
    expect(heard(s.say(1, "run"), 1)).toEqual(["action: You already run."]);
  });
});
