import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ItemId } from "../lib/ids.ts";
import { characterId } from "#tests/support/records.ts";
import { fieldSpec, hallSpec, happened, heard, stage, watcher } from "#tests/support/stage.ts";
import { halt, legsMax } from "./journey.ts";
import { compass, distanceM } from "./space.ts";
import type { WorldSpec } from "./spec.ts";
import { hashOf } from "./stored.ts";
import type { Ground, Terrain } from "./terrain.ts";

const at = (x: number, y: number) => ({ position: { x, y, z: 0 } });
/** A step of a metre at a walk takes 714 ms of game time. */
const stepMs = 714;

function land(groundAt: (x: number, y: number) => Partial<Ground>): Terrain {
  return {
    groundAt: (x, y) => ({ elevationM: 0, biome: "Grassland", isWater: false, waterDepthM: 0, ...groundAt(x, y) }),
    slopeAt: () => ({ grade: 0, downhillRad: 0 }),
  };
}
const landSpec: WorldSpec = { ...fieldSpec, ground: "land" };
const lake = (fromY: number, toY: number) =>
  land((_x, y) => (y >= fromY && y <= toY ? { biome: "Lake", isWater: true, waterDepthM: 3, elevationM: -3 } : {}));

/** Plays turns without anybody saying anything. */
function walking(s: ReturnType<typeof stage>, stepsMs: number[]) {
  return stepsMs.map((ms) => {
    s.wait(ms);
    return s.play();
  });
}

describe("a journey", () => {
  test("makes its first step at once and the others in game time, and says when it is done", () => {
    const s = stage({ spec: fieldSpec });
    s.enter(1, at(0, 0));
    const first = s.say(1, "north 4");
    expect(heard(first, 1)).toEqual(["movement: You set out to the north, 4 steps at a walk. `stop` ends it."]);
    expect(s.body(1)).toMatchObject({ position: { x: 0, y: 1 }, journey: { leftSteps: 3, legSteps: 1 } });
    const turns = walking(s, [stepMs - 1, 1, stepMs, stepMs]);
    expect(turns.map(happened)).toEqual([[], ["moved"], ["moved"], ["moved"]]);
    expect(turns.map((turn) => heard(turn, 1))).toEqual([[], [], [], ["movement: You have walked 4 metres north."]]);
    expect(s.body(1)!.position).toEqual({ x: 0, y: 4, z: 0 });
    expect(s.body(1)!.journey).toBeUndefined();
  });

  test("is the same however time is cut", () => {
    const played = (cuts: number[]) => {
      const s = stage({ spec: fieldSpec });
      s.enter(1, at(0, 0));
      s.enter(2, at(0, 0));
      s.say(1, "run north 40");
      s.say(2, "east 15");
      const events = walking(s, cuts).flatMap((turn) => turn.events.map(({ event }) => event));
      return { events, position: s.body(1)!.position, stamina: s.body(1)!.stamina };
    };
    const whole = played([30_000]);
    expect(whole.events.length).toBe(39 + 14);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 12 }), (cuts) => {
        const sum = cuts.reduce((a, b) => a + b, 0);
        fc.pre(sum < 30_000);
        expect(played([...cuts, 30_000 - sum])).toEqual(whole);
      }),
      { numRuns: 40 },
    );
  });

  test("of ten thousand steps has no more events than one may have", () => {
    const s = stage({ spec: { ...fieldSpec, bounds: null, shape: "infinite" } });
    s.enter(1, at(0, 0));
    s.say(1, "north 10000");
    const events = walking(s, Array<number>(60).fill(170_000)).flatMap(happened);
    expect(events).toEqual(Array(legsMax).fill("moved"));
    expect(s.body(1)!.position).toEqual({ x: 0, y: 10_000, z: 0 });
  });

  test("stands still while the world's time does", () => {
    const s = stage({ spec: { ...fieldSpec, isSandbox: true } });
    s.enter(1, at(0, 0));
    s.say(1, "north 3");
    s.say(1, "world pause", { standing: { ownerId: null, isSandbox: true } });
    expect(walking(s, [60_000]).flatMap(happened)).toEqual([]);
    s.say(1, "world resume", { standing: { ownerId: null, isSandbox: true } });
    expect(walking(s, [10_000]).flatMap(happened)).toEqual(["moved", "moved"]);
  });

  test("ends with `stop`, and with any other step", () => {
    const s = stage({ spec: fieldSpec });
    s.enter(1, at(0, 0));
    s.enter(2, at(0, 5));
    expect(heard(s.say(1, "stop"), 1)).toEqual(["action: You are not on your way anywhere."]);
    s.say(1, "north 9");
    const turn = s.say(1, "stop");
    expect([happened(turn), heard(turn, 1), heard(turn, 2)]).toEqual([
      ["halted"],
      ["movement: You stop. You have come 1 metre north."],
      ["movement: Ana 1 stops."],
    ]);
    s.say(1, "north 9");
    s.say(1, "east");
    expect(walking(s, [60_000]).flatMap(happened)).toEqual([]);
    expect(s.body(1)!.position).toEqual({ x: 1, y: 2, z: 0 });
  });

  test("ends by being hurt", () => {
    const s = stage({ spec: fieldSpec });
    s.enter(1, at(0, 0));
    s.say(1, "north 9");
    s.world.apply(
      { type: "hurt", characterId: characterId(1), byId: null, health: { value: 400, atGameMs: 0 } },
      { atMs: s.now() },
    );
    expect(walking(s, [60_000]).flatMap(happened)).toEqual([]);
    expect(s.body(1)).toMatchObject({ position: { y: 1 }, health: { value: 400 } });
  });

  test("ends for a reason of others, too, and for none where nobody goes anywhere", () => {
    const s = stage({ spec: fieldSpec });
    s.enter(1, at(0, 0));
    expect(halt(s.body(1)!, "It hurts.")).toBeNull();
    s.say(1, "north 9");
    expect(halt(s.body(1)!, "It hurts.")).toMatchObject({ events: [{ type: "halted" }] });
  });

  test("ends at what is in the way", () => {
    const s = stage({ spec: hallSpec });
    s.enter(1, at(8, 6));
    s.say(1, "north 9");
    const turns = walking(s, [30_000]);
    expect(heard(turns[0]!, 1)).toEqual(["movement: You have walked 4 metres north. The north wall stops you."]);
    expect(s.body(1)!.position).toEqual({ x: 8, y: 10, z: 0 });
  });

  test("ends where strength ends, and no stamina is ever owed", () => {
    const s = stage({ spec: fieldSpec });
    s.enter(1, { ...at(0, 0), stamina: 20 });
    s.say(1, "run north 200");
    const turns = walking(s, Array<number>(40).fill(1000));
    expect(turns.flatMap((turn) => heard(turn, 1))).toEqual([
      "movement: You have run 15 metres north. You are too exhausted to go on. Rest a while.",
    ]);
    expect(s.body(1)!.stamina.value).toBeGreaterThanOrEqual(0);
    expect(s.body(1)!.journey).toBeUndefined();
  });

  test("of a watcher is no journey: he is there at once", () => {
    const s = stage({ spec: fieldSpec });
    s.enter(1, { ...at(0, 0), ...watcher });
    s.say(1, "north 900");
    expect(s.body(1)).toMatchObject({ position: { y: 900 } });
    expect(s.body(1)!.journey).toBeUndefined();
  });

  test("is told to others when it begins and ends, and where he comes into view or goes out of it", () => {
    const s = stage({ spec: fieldSpec });
    s.enter(1, at(0, 0));
    s.enter(2, at(0, 0));
    s.enter(3, at(0, 70));
    const first = s.say(1, "north 90");
    const turns = walking(s, Array<number>(70).fill(1000));
    const told = (number: number) => [first, ...turns].flatMap((turn) => heard(turn, number));
    expect(told(2)).toEqual(["movement: Ana 1 walks north.", "departure: Ana 1 goes out of sight to the north."]);
    expect(told(3)).toEqual(["arrival: Ana 1 comes into view from the south.", "movement: Ana 1 stops."]);
    expect(told(1)).toEqual([
      "movement: You set out to the north, 90 steps at a walk. `stop` ends it.",
      "arrival: You see Ana 3, about 60 metres away to the north.",
      "departure: You lose sight of Ana 2.",
      "movement: You have walked 90 metres north.",
    ]);
  });

  test("is made up for after the world was down, and leads to the state that it always leads to", () => {
    const live = stage({ spec: fieldSpec });
    live.enter(1, at(0, 0));
    live.say(1, "north 30");
    walking(live, [5000]);
    const reborn = stage({ spec: fieldSpec, from: live.world.state });
    for (const s of [live, reborn]) {
      s.wait(s === reborn ? 5000 + 60_000 : 60_000);
      s.play();
    }
    expect(reborn.body(1)!.position).toEqual({ x: 0, y: 30, z: 0 });
    expect(hashOf(reborn.world.state)).toBe(hashOf(live.world.state));
  });
});

describe("rough ground and bad weather", () => {
  test.each([
    ["open grass", {}, 714],
    ["a rainforest", { biome: "Rainforest" as const }, 1143],
    ["half a metre of water", { isWater: true, waterDepthM: 0.5 }, 1071],
  ])("%s: a metre takes %j %i ms", (_name, ground, ms) => {
    const s = stage({ spec: landSpec, terrain: land(() => ground) });
    s.enter(1, at(0, 0));
    s.say(1, "north 3");
    expect(s.body(1)!.journey!.nextAtMs - s.scene().gameMs).toBe(ms);
  });

  test("a heavy load makes each metre longer and dearer", () => {
    const s = stage({ spec: fieldSpec });
    const iron = { id: "iron" as ItemId, kind: "ironIngot", count: 9 };
    s.enter(1, { ...at(0, 0), life: { items: [iron], xp: {}, practice: [] } });
    s.enter(2, { ...at(0, 0), life: { items: [{ ...iron, count: 999 }], xp: {}, practice: [] } });
    const tookMs = [1, 2].map((number) => {
      s.say(number, "north 3");
      return s.body(number)!.journey!.nextAtMs - s.scene().gameMs;
    });
    expect([1, 2].map((number) => s.body(number)!.stamina.value)).toEqual([499, 498]);
    expect(tookMs).toEqual([stepMs, 1010]);
  });

  test("uphill is slower than downhill, and both are slower than the level", () => {
    const terrain = {
      ...land((_x, y) => ({ elevationM: y * 0.5 })),
      slopeAt: () => ({ grade: 0.5, downhillRad: Math.PI }),
    };
    const [up, down] = ["north 3", "south 3"].map((text) => {
      const s = stage({ spec: landSpec, terrain });
      s.enter(1, at(0, 0));
      s.say(1, text);
      return s.body(1)!.journey!.nextAtMs - s.scene().gameMs;
    });
    expect(up!).toBeGreaterThan(down!);
    expect(down!).toBeGreaterThan(stepMs);
  });
});

describe("swimming and climbing", () => {
  test("a walker stops at deep water, a swimmer goes on to the other shore and stops there", () => {
    const s = stage({ spec: landSpec, terrain: lake(3, 12) });
    s.enter(1, at(0, 0));
    s.say(1, "north 20");
    expect(heard(walking(s, [60_000])[0]!, 1)).toEqual([
      "movement: You have walked 2 metres north. Deep water stops you: a lake lies to the north.",
    ]);
    expect(heard(s.say(1, "swim north 20"), 1)[0]).toContain("20 steps at a swim");
    expect(heard(walking(s, [120_000])[0]!, 1).at(-1)).toBe(
      "movement: You have swum 11 metres north. You feel firm ground under your feet.",
    );
    expect(s.body(1)!.position).toEqual({ x: 0, y: 13, z: 0 });
    expect(heard(s.say(1, "swim north"), 1)).toEqual(["error: There is no water to swim in to the north."]);
  });

  test("whoever swims is at the surface, and swims on by saying only where to", () => {
    const s = stage({ spec: landSpec, terrain: lake(-50, 50) });
    s.enter(1, at(0, 0));
    expect(s.body(1)!.position.z).toBe(0);
    expect(heard(s.say(1, "north"), 1)).toEqual(["movement: You swim north."]);
    expect(s.body(1)!.stamina.value).toBe(500 - 6);
  });

  test("an exhausted swimmer rests afloat, and does not go under", () => {
    const s = stage({ spec: landSpec, terrain: lake(-50, 50) });
    s.enter(1, { ...at(0, 0), stamina: 3 });
    expect(heard(s.say(1, "north"), 1)).toEqual(["error: You are too exhausted to go on. Rest a while."]);
    s.wait(2000);
    expect(happened(s.say(1, "north"))).toEqual(["moved", "practised"]);
  });

  test("every leg teaches what a step does: in a minute less and less, and the same however time is cut", () => {
    const swum = (cuts: number[]) => {
      const s = stage({ spec: landSpec, terrain: lake(-50, 50) });
      s.enter(1, at(0, 0));
      s.say(1, "north 8");
      const turns = walking(s, cuts);
      return { events: turns.flatMap(({ events }) => events.map(({ event }) => event)), life: s.body(1)!.life };
    };
    const whole = swum([60_000]);
    expect(whole.events.map(({ type }) => type)).toEqual(
      Array.from({ length: 7 }, () => ["moved", "practised"]).flat(),
    );
    expect(whole.events.flatMap((event) => (event.type === "practised" ? [event.xp] : []))).toEqual([
      4.8, 3, 0.6, 0.6, 0.6, 0.6, 0.6,
    ]);
    expect(whole.life!.xp).toEqual({ Swimming: 16.8 });
    expect(swum([700, 1, 900, 2400, 3333, 52_666])).toEqual(whole);
  });

  test("a lesson of a journey that reaches a level is told when it comes", () => {
    const s = stage({ spec: landSpec, terrain: lake(-50, 50) });
    s.enter(1, { ...at(0, 0), life: { items: [], xp: { Swimming: 90 }, practice: [] } });
    expect(heard(s.say(1, "north 4"), 1)).toHaveLength(1);
    expect(walking(s, [60_000]).flatMap((turn) => heard(turn, 1))).toEqual([
      "movement: You have swum 4 metres north.",
      "system: You have learnt: Swimming is now at level 1.",
    ]);
  });

  test.each([
    [-130, "run north 80"],
    [-50, "run south 150"],
  ])("sneaking teaches while somebody is near, wherever both are going: one at %i who says %j", (y, says) => {
    const sneaked = (cuts: number[]) => {
      const s = stage({ spec: { ...fieldSpec, bounds: null, shape: "infinite" } });
      s.enter(1, at(0, 0));
      s.enter(2, at(0, y));
      s.say(2, says);
      s.say(1, "sneak north 40");
      const events = walking(s, cuts).flatMap((turn) => turn.events.map(({ event }) => event));
      return { events, xp: s.body(1)!.life!.xp };
    };
    const whole = sneaked([120_000]);
    const lessons = whole.events.filter(({ type }) => type === "practised").length;
    expect(lessons).toBeGreaterThan(1);
    expect(lessons).toBeLessThan(39);
    expect(sneaked(Array<number>(120).fill(1000))).toEqual(whole);
  });

  test("what is too steep to walk can be climbed, at a price; what is steeper still cannot", () => {
    const cliff = (grade: number) => land((_x, y) => ({ elevationM: Math.max(0, y - 2) * grade }));
    const climber = (grade: number) => {
      const s = stage({ spec: landSpec, terrain: cliff(grade) });
      s.enter(1, at(0, 2));
      return s;
    };
    expect(heard(climber(1.5).say(1, "north"), 1)).toEqual(["error: A cliff rises before you."]);
    const s = climber(1.5);
    expect(heard(s.say(1, "climb north"), 1)).toEqual(["movement: You climb north."]);
    expect(s.body(1)).toMatchObject({ position: { y: 3, z: 1.5 }, stamina: { value: 485 } });
    expect(heard(climber(2).say(1, "climb north"), 1)).toEqual(["error: It is too steep to climb."]);
  });
});

describe("flying", () => {
  test("is for those who can, up to a ceiling and down to the ground", () => {
    const s = stage({ spec: landSpec, terrain: land(() => ({ elevationM: 7 })) });
    s.enter(1);
    s.enter(2, { ...watcher, ...at(0, 0) });
    expect(heard(s.say(1, "fly up"), 1)).toEqual(["error: You have no wings, and stay on the ground."]);
    expect(heard(s.say(2, "fly 50"), 2)).toEqual(["movement: You rise to 50 metres above the ground."]);
    expect(s.body(2)).toMatchObject({ isFlying: true, position: { z: 57 } });
    expect(heard(s.say(2, "fly up 2000"), 2)).toEqual(["movement: You rise to 1000 metres above the ground."]);
    expect(heard(s.say(2, "up"), 2)[0]).toContain("You cannot fly any higher.");
    expect(heard(s.say(2, "down 10"), 2)).toEqual(["movement: You sink to 990 metres above the ground."]);
    expect(heard(s.say(2, "fly down"), 2)).toEqual(["movement: You come down to the ground."]);
    expect(s.body(2)).toMatchObject({ isFlying: false, position: { z: 7 } });
    expect(heard(s.say(2, "fly away"), 2)[0]).toMatch(/^error: How do you want to fly/u);
  });

  test("follows the land at its height", () => {
    const s = stage({ spec: landSpec, terrain: land((_x, y) => ({ elevationM: y })) });
    s.enter(1, { ...watcher, role: "watcher", ...at(0, 0) });
    s.say(1, "fly 20");
    s.say(1, "north 30");
    expect(s.body(1)!.position).toEqual({ x: 0, y: 30, z: 50 });
  });

  test("in a room ends under the vault", () => {
    const s = stage();
    s.enter(1, watcher);
    expect(heard(s.say(1, "fly 50"), 1)).toEqual(["movement: You rise to 3 metres above the ground."]);
  });
});

describe("on a sphere", () => {
  const radiusM = 5000;
  const spec: WorldSpec = { ...fieldSpec, shape: "spherical", bounds: null, radiusM, ground: "land", stepM: 5 };
  const terrain = land(() => ({}));

  test("every step is as long as it says, wherever and whichever way", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
        fc.double({ min: -Math.PI / 2, max: Math.PI / 2, noNaN: true }),
        fc.constantFrom(...compass),
        (longitude, latitude, direction) => {
          const s = stage({ spec, terrain });
          s.enter(1, at(longitude * radiusM, latitude * radiusM));
          const before = s.body(1)!.position;
          s.say(1, direction);
          const after = s.body(1)!.position;
          expect(Math.abs(distanceM(spec, before, after) - 5)).toBeLessThan(0.01);
          expect(Math.abs(after.y)).toBeLessThanOrEqual((radiusM * Math.PI) / 2 + 0.001);
          expect(Math.abs(after.x)).toBeLessThanOrEqual(radiusM * Math.PI + 0.001);
        },
      ),
      { numRuns: 200 },
    );
  });

  test("a journey over the pole goes on down the other side, and says so", () => {
    const s = stage({ spec, terrain });
    const pole = (radiusM * Math.PI) / 2;
    s.enter(1, at(0, pole - 12));
    s.say(1, "north 6");
    const told = walking(s, [60_000]).flatMap((turn) => heard(turn, 1));
    expect(told).toEqual([
      "movement: You walk north. You have crossed the pole, and go on to the south.",
      "movement: You have walked 30 metres south.",
    ]);
    expect(s.body(1)!.position.y).toBeCloseTo(pole - 18, 1);
    expect(Math.abs(s.body(1)!.position.x)).toBeCloseTo(Math.PI * radiusM, 1);
  });
});

describe("whatever is done on a land of lakes and cliffs", () => {
  const terrain = land((x, y) => {
    const isLake = (Math.floor(x / 7) + Math.floor(y / 9)) % 5 === 0;
    const isRock = (Math.floor(x / 11) - Math.floor(y / 6)) % 4 === 0;
    return isLake ? { biome: "Lake", isWater: true, waterDepthM: 4, elevationM: -4 } : { elevationM: isRock ? 12 : 0 };
  });

  test("nobody walks into deep water or over a cliff, not even on the way", () => {
    const step = fc.tuple(fc.constantFrom(...compass), fc.integer({ min: 1, max: 12 }));
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 10 }), (way) => {
        const s = stage({ spec: landSpec, terrain });
        s.enter(1, at(8, 8));
        for (const [direction, steps] of way) {
          const from = s.body(1)!.position;
          s.say(1, `${direction} ${steps}`);
          for (const turn of walking(s, [2000, 60_000])) {
            for (const { event } of turn.events) {
              if (event.type === "moved")
                expect(terrain.groundAt(event.position.x, event.position.y).isWater).toBe(false);
            }
          }
          const { x, y, z } = s.body(1)!.position;
          expect(z).toBe(from.z);
          expect(terrain.groundAt(x, y).elevationM).toBe(z);
        }
      }),
      { numRuns: 100 },
    );
  });
});
