import { describe, expect, test } from "vitest";
import { characterId } from "#tests/support/records.ts";
import { stage } from "#tests/support/stage.ts";
import { changedClock } from "./clock.ts";
import { createHerald, type Herald, heraldMsMin } from "./herald.ts";
import type { InputId } from "../lib/ids.ts";
import { readyMadeWorlds } from "./seeds.ts";
import { skyAt } from "./sky.ts";
import type { WorldSpec } from "./spec.ts";
import type { Terrain } from "./terrain.ts";

const deg = Math.PI / 180;
const hourMs = 3_600_000;
const radiusM = 1_000_000;
const base = readyMadeWorlds[0]!.spec;
const level = { groundAt: () => ({ elevationM: 0, biome: "Grassland", isWater: false }) } as unknown as Terrain;

const sphere = (changes: Partial<WorldSpec> = {}): WorldSpec => ({
  ...base,
  shape: "spherical",
  radiusM,
  bounds: null,
  ground: "land",
  features: [],
  ...changes,
});
const at = (latitude: number, longitude: number) => ({
  position: { x: longitude * deg * radiusM, y: latitude * deg * radiusM, z: 0 },
});

/** Somebody at each place; what they are told, with the hour at longitude 0, over so many game hours. */
function setup(places: readonly ReturnType<typeof at>[], spec = sphere()) {
  const s = stage({ spec, terrain: level });
  places.forEach((place, i) => s.enter(i + 1, place));
  const herald = createHerald();
  const told: { who: number; hour: number; realMs: number; text: string }[] = [];
  const listen = (h: Herald = herald) => {
    const scene = s.scene();
    for (const { to, tell } of h.tellingsOf(scene)) {
      if (tell.kind !== "message" || tell.message.type !== "time") throw new Error("not a message of time");
      const who = places.findIndex((_, i) => characterId(i + 1) === to) + 1;
      told.push({ who, hour: scene.gameMs / hourMs, realMs: scene.nowMs, text: tell.message.text });
    }
  };
  const pass = (realMs: number, everyMs = 20_000) => {
    for (let left = realMs; left > 0; left -= everyMs) {
      s.wait(everyMs);
      listen();
    }
  };
  listen();
  return { s, told, pass, listen, of: (who: number) => told.filter((one) => one.who === who).map(({ text }) => text) };
}

describe("the parts of a day", () => {
  test("are told once each, where they come", () => {
    const { of, pass } = setup([at(45, 0)]);
    pass(24 * hourMs);
    expect(of(1)).toEqual([
      "It is noon: the sun stands at its highest.",
      "Noon is past, and the shadows grow.",
      "Dusk: the sun sets in the west.",
      "The last glow fades, and the first stars come out.",
      "Night has fallen.",
      "Dawn: the sky pales in the east.",
      "The sun rises in the east.",
    ]);
  });

  test("come to each at his own place: a quarter of the way round, six hours later", () => {
    const { told, pass } = setup([at(0, 0), at(0, -90), at(0, 90)]);
    pass(26 * hourMs);
    const dawn = (who: number) =>
      told.find((one) => one.who === who && one.text.startsWith("The sun rises"))!.hour % 24;
    expect((dawn(2) - dawn(1) + 24) % 24).toBeCloseTo(6, 1);
    expect((dawn(1) - dawn(3) + 24) % 24).toBeCloseTo(6, 1);
  });

  test("are what they are at the poles: a long day without a dusk, a long night without a dawn", () => {
    const { of, pass, s } = setup([at(89.5, 0), at(-89.5, 0)]);
    s.wait(85 * 24 * hourMs);
    pass(48 * hourMs);
    const [north, south] = [of(1), of(2)];
    expect(north.length).toBeGreaterThan(5);
    expect(north.slice(1).some((text) => /sets|rises|Night|Dawn/u.test(text))).toBe(false);
    expect(north).toContain("It is noon: the sun stands at its highest.");
    expect(south).toEqual(["Night has fallen."]);
  });
});

test("at the highest speed nobody hears more than one a minute, and that one is of the present", () => {
  const { told, pass, s } = setup([at(45, 0)], sphere({ dilation: 100, sky: { ...base.sky, dayLengthS: 3600 } }));
  pass(30 * 60_000, 1000);
  const gaps = told.slice(1).map(({ realMs }, i) => realMs - told[i]!.realMs);
  expect(gaps.length).toBeGreaterThan(15);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(heraldMsMin);
  expect(s.now() - told.at(-1)!.realMs).toBeLessThan(2 * heraldMsMin);
});

test("a sun that skims the horizon, or somebody who steps to and fro over the line of dusk, is not told of for ever", () => {
  const { s, told, listen } = setup([at(45, 0)]);
  const { position, orientation, stamina } = s.body(1)!;
  const daypart = () => skyAt(s.place.spec, s.scene().gameMs, position).daypart;
  while (daypart() !== "dusk") {
    s.wait(1000);
    listen();
  }
  const before = told.length;
  const { clock } = s.world.state;
  const slow = changedClock(clock, s.now(), { dilation: 0.1 });
  s.world.apply({ type: "dilationChanged", clock: slow, by: { userId: "u" as never } }, { atMs: s.now() });
  const seen = new Set<string>();
  for (let i = 0; i < 900; i++) {
    const here = { ...position, x: position.x + (i % 2 === 0 ? 1000 : -1000) };
    s.world.apply(
      { type: "moved", characterId: characterId(1), position: here, orientation, stamina },
      { atMs: s.now() },
    );
    if (i < 300) seen.add(skyAt(s.place.spec, s.scene().gameMs, here).daypart);
    s.wait(1100);
    listen();
  }
  expect(seen).toEqual(new Set(["afternoon", "dusk"]));
  expect(told.slice(before).map(({ text }) => text)).toEqual(["Dusk: the sun sets in the west."]);
});

test("who is away is not told, nor who is in a room, nor anyone while time stands still", () => {
  const { s, told, pass } = setup([at(45, 0)]);
  const { connectionId } = s.connected(1);
  s.give({ type: "disconnected", id: "x" as InputId, connectionId, characterId: characterId(1), mayReturn: true });
  pass(24 * hourMs);
  expect(told).toEqual([]);

  const room = setup([at(0, 0)], { ...base, ground: "room" });
  room.pass(24 * hourMs);
  expect(room.told).toEqual([]);

  const still = setup([at(45, 0)]);
  const clock = changedClock(still.s.world.state.clock, still.s.now(), { isPaused: true });
  still.s.world.apply({ type: "paused", clock, by: { userId: "u" as never } }, { atMs: still.s.now() });
  still.pass(24 * hourMs);
  expect(still.told).toEqual([]);
});

test("a new owner begins with what there is to see, and repeats nothing", () => {
  const { listen, pass, told } = setup([at(45, 0)]);
  pass(11 * hourMs);
  const before = told.length;
  listen(createHerald());
  expect(told.length).toBe(before);
});
