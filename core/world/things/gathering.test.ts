import { describe, expect, test } from "vitest";
import { happened, heard, metadataOf, person, stage, type Stage } from "#tests/support/stage.ts";
import { having, item } from "#tests/support/things.ts";
import { characterId } from "#tests/support/records.ts";
import type { Life } from "../../protocol/life.ts";
import { valleyWorldId } from "../../lib/ids.ts";
import { readyMadeWorlds } from "../seeds.ts";
import { xpOfLevel } from "../../character/skills.ts";
import { terrainOf } from "../terrain.ts";
import { patchesAt, patchM } from "./patches.ts";

const { spec } = readyMadeWorlds.find(({ id }) => id === valleyWorldId)!;
const terrain = terrainOf(spec);
const master = Object.fromEntries(
  ["Herbalism", "Logging", "Mining", "Hunting", "Fishing", "Tailoring", "Carpentry", "Cooking"].map((skill) => [
    skill,
    xpOfLevel(100),
  ]),
) as Life["xp"];

/** Where some patch of a source lies, near the spawn. */
function placeWith(s: Stage, id: string, least = 3) {
  const { x, y } = spec.spawn.position;
  for (let n = 0; n < 4000; n++) {
    const at = { x: x + patchM * ((n % 60) - 30), y: y + patchM * (Math.floor(n / 60) - 30), z: 0 };
    if (terrain.groundAt(at.x, at.y).waterDepthM > 0.5) continue;
    if (patchesAt(s.scene(), at).some((patch) => patch.source.id === id && patch.left >= least)) return at;
  }
  throw new Error(`no ${id} anywhere`);
}

function visit(id: string, life: Life, least?: number): Stage {
  const s = stage({ spec, terrain });
  s.play();
  s.enter(1, { life, position: placeWith(s, id, least) });
  return s;
}

const carried = (s: Stage) => Object.fromEntries(s.body(1)!.life!.items.map(({ kind, count }) => [kind, count]));

describe("gathering", () => {
  test("the same world gives the same in the same place, and a room nothing", () => {
    const s = stage({ spec, terrain });
    const ids = (from: Stage, x: number) =>
      patchesAt(from.scene(), { x, y: spec.spawn.position.y, z: 0 }).map(({ key, left }) => [key, left]);
    const here = ids(s, spec.spawn.position.x);
    expect(ids(stage({ spec, terrain }), spec.spawn.position.x)).toEqual(here);
    expect(here.length).toBeGreaterThan(0);
    const elsewhere = Array.from({ length: 20 }, (_, n) => JSON.stringify(ids(s, spec.spawn.position.x + patchM * n)));
    expect(new Set(elsewhere).size).toBeGreaterThan(5);
    expect(patchesAt(stage().scene(), { x: 5, y: 2, z: 0 })).toEqual([]);
  });

  test("ore is where the ground holds it", () => {
    const rich = stage({ spec, terrain: { ...terrain, depositsAt: () => ["iron", "clay"] } });
    const poor = stage({ spec, terrain: { ...terrain, depositsAt: () => [] } });
    const patchesWith = (s: Stage, id: string) => {
      const places = Array.from({ length: 200 }, (_, n) => ({ x: patchM * n, y: spec.spawn.position.y, z: 0 }));
      return places.filter((there) => patchesAt(s.scene(), there).some(({ source }) => source.id === id)).length;
    };
    expect(patchesWith(rich, "iron")).toBeGreaterThan(patchesWith(poor, "iron") + 40);
    expect(patchesWith(rich, "coal")).toBe(patchesWith(poor, "coal"));
  });

  test("gives what is there until it is gone, costs strength, teaches, and grows again", () => {
    const s = visit("herbs", { ...having(), xp: master });
    expect(heard(s.say(1, "gather"), 1)[0]).toMatch(/^info: Here you could gather .*herbs/u);
    const left = patchesAt(s.scene(), s.body(1)!.position).find(({ source }) => source.id === "herbs")!.left;
    let turn = s.say(1, "gather herbs");
    expect(turn.events.map(({ event }) => event.type)).toEqual(["tired", "gathered", "practised"]);
    expect(heard(turn, 1)).toEqual(["action: You gather a herb."]);
    expect(turn.characters[0]).toMatchObject({
      id: characterId(1),
      stamina: 496,
      life: { items: [{ kind: "herb", count: 1 }] },
    });
    for (let tries = 1; tries < 40 && carried(s)["herb"] !== left; tries++) turn = s.say(1, "gather herbs");
    expect(carried(s)).toEqual({ herb: left });
    expect(heard(s.say(1, "gather herbs"), 1)).toEqual([
      "error: All of it is gone from here for now. It grows again, or look some steps away.",
    ]);
    s.wait(8 * 3_600_000 - 1000);
    expect(happened(s.say(1, "gather herbs"))).not.toContain("gathered");
    s.wait(1000);
    for (let tries = 0; tries < 10 && carried(s)["herb"] === left; tries++) s.say(1, "gather herbs");
    expect(carried(s)).toEqual({ herb: left + 1 });
  });

  test("a tool that it takes has to be had, wears by each use, and breaks by its last", () => {
    const s = visit("logs", { ...having(), xp: master });
    expect(heard(s.say(1, "chop logs"), 1)).toEqual(["error: For that you need an axe."]);
    s.enter(2, { life: { ...having(item("stoneAxe", 1, { wear: 98 })), xp: master }, position: s.body(1)!.position });
    s.say(2, "chop logs");
    expect(s.body(2)!.life!.items.find(({ kind }) => kind === "stoneAxe")?.wear).toBe(99);
    const last = s.say(2, "chop logs");
    expect(happened(last)).toContain("broken");
    expect(heard(last, 2)[0]).toContain("Your stone axe breaks.");
    expect(s.body(2)!.life!.items.some(({ kind }) => kind === "stoneAxe")).toBe(false);
  });

  test("of a pile of tools one is used, and the others stay new", () => {
    const s = visit("logs", { ...having(item("axe", 3)), xp: master });
    s.say(1, "chop logs");
    expect(
      s
        .body(1)!
        .life!.items.filter(({ kind }) => kind === "axe")
        .map(({ count, wear }) => [count, wear]),
    ).toEqual([
      [2, undefined],
      [1, 1],
    ]);
  });

  test.each([
    ["gather moonlight", /^error: There is no "moonlight" here\. Here you could gather /u],
    ["gather herb", /^error: You are too exhausted for that\. Rest a while\.$/u],
  ])("%j is refused, and nothing is taken", (text, answer) => {
    const s = visit("herbs", having());
    s.enter(2, { life: having(), position: s.body(1)!.position, stamina: 0, lastPlayedAtMs: s.now() });
    const turn = s.say(2, text);
    expect(heard(turn, 2)[0]).toMatch(answer);
    expect(happened(turn)).toEqual([]);
  });

  test("whoever cannot carry more takes nothing, and the land keeps it", () => {
    const s = visit("stones", having(item("stone", 50)));
    expect(heard(s.say(1, "mine stone"), 1)).toEqual(["error: You could not carry any more of it."]);
    expect(s.world.state.patches.size).toBe(0);
  });

  test("fails now and then, and teaches half as much", () => {
    const s = visit("fibre", having(), 10);
    const xp: number[] = [];
    for (let n = 0; n < 30; n++) {
      s.wait(120_000);
      const turn = s.say(1, "gather fibre");
      if (happened(turn).length === 0) break;
      const learnt = turn.events.flatMap(({ event }) => (event.type === "practised" ? [event.xp] : []));
      expect(metadataOf(turn, 1, "action")?.["success"]).toBe(learnt[0] === 6);
      xp.push(...learnt);
    }
    expect(new Set(xp)).toEqual(new Set([6, 3]));
  });
});

describe("crafting", () => {
  const bench = (life: Life, changes = {}): Stage => {
    const s = stage();
    s.enter(1, { life, ...changes });
    s.enter(2, { life: having() });
    return s;
  };

  test("makes a thing of its parts, and tells it as crafting", () => {
    const s = bench({ ...having(item("fibre", 5), item("coin", 2)), xp: master });
    const turn = s.say(1, "make cord");
    expect([heard(turn, 1), heard(turn, 2)]).toEqual([
      ["crafting_success: You make a cord."],
      ["action: Ana 1 makes a cord."],
    ]);
    expect(carried(s)).toEqual({ fibre: 2, coin: 2, cord: 1 });
    expect(happened(turn)).toEqual(["tired", "crafted", "practised"]);
    expect(heard(s.say(1, "craft cord"), 1)).toEqual(["crafting_error: To make a cord you still need a plant fibre."]);
  });

  test("several of a kind come of one log; what is made is no thing that there was before", () => {
    const s = bench({ ...having(item("log", 2), item("axe")), xp: master });
    s.say(1, "craft planks");
    s.say(1, "craft plank");
    expect(carried(s)).toEqual({ plank: 4, axe: 1 });
    expect(s.body(1)!.life!.items.find(({ kind }) => kind === "axe")?.wear).toBe(2);
    expect(new Set(s.body(1)!.life!.items.map(({ id }) => id)).size).toBe(2);
  });

  test("a failure costs one part of the first kind and no more", () => {
    const s = bench({ ...having(item("fibre", 90)), xp: {} }, { attributes: { ...person(1).attributes!, Agility: 1 } });
    let turn = s.say(1, "craft cord");
    for (let tries = 0; tries < 25 && !heard(turn, 1)[0]?.startsWith("crafting_error"); tries++)
      turn = s.say(1, "craft cord");
    expect(heard(turn, 1)).toEqual(["crafting_error: It comes to nothing, and a plant fibre is spoilt."]);
    const { fibre = 0, cord = 0 } = carried(s);
    expect(fibre + 3 * cord).toBe(89);
  });

  test.each([
    ["craft", "info: Of what you carry you could make: cord, pair of sandals. Say `craft cord`."],
    ["craft moon", 'crafting_error: Nobody here knows how to make "moon". `craft list` tells what can be made.'],
    ["craft tunic", "crafting_error: To make a tunic you still need 2 lengths of cloth and a needle to work with."],
    [
      "craft iron sword",
      "crafting_error: To make an iron sword you still need 3 iron ingots, a piece of leather, 4 lumps of charcoal and a hammer to work with.",
    ],
  ])("%j answers %j", (text, answer) => {
    const s = bench(having(item("fibre", 4), item("cord", 1)));
    const turn = s.say(1, text);
    expect([heard(turn, 1), happened(turn)]).toEqual([[answer], []]);
  });

  test("what is worn, or worn down, is not broken up for parts", () => {
    const s = bench(having(item("leather", 1), item("cord", 2), item("knife", 1, { slot: "mainHand" })));
    expect(heard(s.say(1, "craft knife"), 1)[0]).toMatch(
      /^crafting_error: To make a knife you still need an iron ingot/u,
    );
  });
});
