import { describe, expect, test } from "vitest";
import { happened, heard, metadataOf, person, stage, type Stage, watcher } from "#tests/support/stage.ts";
import { having, item } from "#tests/support/things.ts";
import { characterId } from "#tests/support/records.ts";
import { emptyLife, type Item } from "../../../protocol/life.ts";
import { thingsAtPlaceMax } from "../../things/on-ground.ts";
import { stacksMax } from "../../things/weight.ts";

/** Ana 1 with things, Ana 2 beside her with nothing, Ana 3 who watches, in a hall. */
function hall(...items: readonly Item[]): Stage {
  const s = stage();
  s.enter(1, { life: having(...items) });
  s.enter(2, { life: emptyLife, position: { x: 6, y: 2, z: 0 } });
  s.enter(3, { ...watcher, life: emptyLife });
  return s;
}

const carried = (s: Stage, who: number) => s.body(who)!.life!.items.map(({ kind, count, slot }) => [kind, count, slot]);
const lying = (s: Stage) => [...s.world.state.things.values()].map((thing) => [thing.item.kind, thing.item.count]);

describe("laying down and taking up", () => {
  test("a visit: what is dropped lies there, is seen, named in many ways, and is taken by another", () => {
    const s = hall(item("coin", 12), item("sword"), item("bronzeSword"));
    const dropped = s.say(1, "drop 5 coins");
    expect(heard(dropped, 1)).toEqual(["action: You drop 5 coins."]);
    expect(heard(dropped, 2)).toEqual(["action: Ana 1 drops 5 coins."]);
    expect(heard(dropped, 3)).toEqual(["action: Ana 1 drops 5 coins."]);
    expect(heard(s.say(1, "drop 2.sword"), 1)).toEqual(["action: You drop a bronze sword."]);
    expect(heard(s.say(2, "look"), 2)[0]).toContain(
      "On the ground lie a bronze sword within reach to the west and 5 coins within reach to the west.",
    );
    expect(heard(s.say(2, "get a COIN"), 2)).toEqual(["action: You take a coin."]);
    expect(heard(s.say(2, "take 9 coins"), 2)).toEqual(["error: There are only 4 coins."]);
    expect(heard(s.say(2, "pick up all.coin"), 2)).toEqual(["action: You take 4 coins."]);
    expect(heard(s.say(2, "get axe"), 2)).toEqual(['error: There is no "axe" within reach.']);
    const last = s.say(2, "get all");
    expect(heard(last, 2)).toEqual(["action: You take a bronze sword."]);
    expect(heard(last, 1)).toEqual(["action: Ana 2 takes a bronze sword."]);
    expect(heard(s.say(2, "get all"), 2)).toEqual(["error: There is nothing within reach."]);
    expect([carried(s, 1), carried(s, 2), lying(s)]).toEqual([
      [
        ["coin", 7, undefined],
        ["sword", 1, undefined],
      ],
      [
        ["coin", 5, undefined],
        ["bronzeSword", 1, undefined],
      ],
      [],
    ]);
  });

  test("like things that are dropped at one place are one pile", () => {
    const s = hall(item("coin", 6));
    s.say(1, "drop 2 coins");
    s.say(1, "drop 3 coins");
    expect(lying(s)).toEqual([["coin", 5]]);
  });

  test("two who reach for one thing in one turn: one has it, the other is told", () => {
    const s = hall(item("knife"));
    s.say(1, "drop knife");
    const turn = s.play(
      { input: s.commanded(2, "get knife"), facts: {} },
      { input: s.commanded(1, "get knife"), facts: {} },
    );
    expect([heard(turn, 2)[0], heard(turn, 1)[1]]).toEqual([
      "action: You take a knife.",
      'error: There is no "knife" within reach.',
    ]);
    expect([carried(s, 1), carried(s, 2)]).toEqual([[], [["knife", 1, undefined]]]);
  });

  test("nobody takes what is out of reach, nor more than Might allows, and of a heavy pile as many as can be carried", () => {
    const s = hall(item("coin"));
    s.enter(4, {
      life: having(item("stone", 80)),
      position: { x: 1, y: 9, z: 0 },
      attributes: { ...person(4).attributes!, Might: 100 },
    });
    s.say(4, "drop all");
    expect(heard(s.say(1, "get stone"), 1)).toEqual(['error: There is no "stone" within reach.']);
    s.enter(5, { life: emptyLife, position: { x: 1, y: 8, z: 0 } });
    expect(heard(s.say(5, "get all"), 5)).toEqual([
      "action: You take 50 stones. You cannot carry 30 stones as well: 0 of 60 kg are on you already.",
    ]);
    expect(heard(s.say(5, "get all"), 5)).toEqual([
      "error: You cannot carry 30 stones as well: 60 of 60 kg are on you already.",
    ]);
    expect(lying(s)).toEqual([["stone", 30]]);
  });

  test("full hands take nothing of a new kind, but more of what they hold", () => {
    const many = Array.from({ length: stacksMax - 1 }, (_, n) =>
      item("needle", 1, { id: `n${n}` as Item["id"], wear: n + 1 }),
    );
    const s = hall(...many, item("coin"));
    s.enter(4, { life: having(item("coin", 3), item("herb", 2)) });
    s.say(4, "drop all");
    expect(heard(s.say(1, "get 2 coins"), 1)).toEqual(["action: You take 2 coins."]);
    expect(heard(s.say(1, "get herb"), 1)).toEqual(["error: You have your hands full, and cannot take a herb."]);
    expect(heard(s.say(4, "give herb to Ana 1"), 4)).toEqual([
      'error: You have no "herb" in your hands or your pack. What you wear you take off first.',
    ]);
    expect(lying(s)).toEqual([
      ["coin", 1],
      ["herb", 2],
    ]);
  });

  test("a place has room for so many things, and says so when it is full", () => {
    const s = stage();
    const kinds = Array.from({ length: thingsAtPlaceMax + 1 }, (_, n) =>
      item("club", 1, { id: `c${n}` as Item["id"], wear: n + 1 }),
    );
    s.enter(1, { life: having(...kinds) });
    expect(heard(s.say(1, "drop all"), 1)[0]).toMatch(/^action: You drop /u);
    expect(s.world.state.things.size).toBe(thingsAtPlaceMax);
    expect(heard(s.say(1, "drop club"), 1)).toEqual([
      "error: There is no room on the ground here. Step aside a little.",
    ]);
    expect(carried(s, 1)).toHaveLength(1);
  });

  test("what lies about is gone after its time, food before iron, and not while it is carried", () => {
    const s = hall(item("bread", 2), item("sword"));
    s.say(1, "drop bread");
    s.say(1, "drop sword");
    s.wait(95 * 3_600_000);
    expect(happened(s.play())).not.toContain("decayed");
    s.wait(2 * 3_600_000);
    expect(happened(s.play())).toContain("decayed");
    expect(lying(s)).toEqual([["sword", 1]]);
    s.wait(80 * 3_600_000);
    s.play();
    expect([lying(s), s.world.state.bodies.size > 0 && carried(s, 1)]).toEqual([[], [["bread", 1, undefined]]]);
  });
});

describe("giving", () => {
  test("goes from hand to hand, and each is told what is fit for him", () => {
    const s = hall(item("coin", 5));
    const turn = s.say(1, "give 2 coins to Ana 2");
    expect([heard(turn, 1), heard(turn, 2), heard(turn, 3)]).toEqual([
      ["action: You give 2 coins to Ana 2."],
      ["action: Ana 1 gives you 2 coins."],
      ["action: Ana 1 gives 2 coins to Ana 2."],
    ]);
    expect([carried(s, 1), carried(s, 2)]).toEqual([[["coin", 3, undefined]], [["coin", 2, undefined]]]);
    expect(turn.characters.map(({ id, life }) => [id, life?.items.length])).toEqual([
      [characterId(1), 1],
      [characterId(2), 1],
    ]);
  });

  test.each([
    ["give", "error: Give what to whom? Try `give knife to Ana`."],
    ["give coin to Zoe", 'error: You see nobody called "Zoe" here.'],
    ["give axe to Ana 2", 'error: You have no "axe" in your hands or your pack. What you wear you take off first.'],
    ["give cap to Ana 2", 'error: You have no "cap" in your hands or your pack. What you wear you take off first.'],
    ["give 30 stones to Ana 2", "error: Ana 2 could not carry that with ease."],
    ["give coin to Ana 4", "error: Ana 4 is too far away to be handed anything."],
    ["give coin to Ana 3", 'error: You see nobody called "Ana 3" here.'],
  ])("%j is refused", (text, answer) => {
    const s = hall(item("coin", 5), item("stone", 40), item("cap", 1, { slot: "head" }));
    s.enter(4, { life: emptyLife, position: { x: 5, y: 9, z: 0 } });
    const turn = s.say(1, text);
    expect([heard(turn, 1), happened(turn)]).toEqual([[answer], []]);
  });
});

describe("wearing and wielding", () => {
  test("things go where they belong, and what was there is put away", () => {
    const s = hall(item("cap"), item("helmet"), item("knife", 2), item("staff"));
    expect(heard(s.say(1, "wear cap"), 1)).toEqual(["action: You put on a leather cap."]);
    expect(heard(s.say(1, "wear helmet"), 1)).toEqual([
      "action: You put on an iron helmet. You put away a leather cap.",
    ]);
    expect(heard(s.say(1, "wield knife"), 1)).toEqual(["action: You take a knife into your main hand."]);
    expect(heard(s.say(1, "wield knife"), 1)).toEqual(["action: You take a knife into your off hand."]);
    const both = s.say(1, "hold staff");
    expect(heard(both, 1)).toEqual(["action: You take a staff into your main hand. You put away a knife and a knife."]);
    expect(heard(both, 2)).toEqual(["action: Ana 1 takes a staff in hand."]);
    expect(carried(s, 1)).toEqual([
      ["cap", 1, undefined],
      ["helmet", 1, "head"],
      ["knife", 2, undefined],
      ["staff", 1, "mainHand"],
    ]);
    const state = both.tellings.find(({ tell }) => tell.kind === "state")!.tell;
    expect(state.kind === "state" && [state.state.equipment, state.state.inventory.length]).toEqual([
      {
        head: { id: "helmet", name: "iron helmet" },
        chest: null,
        legs: null,
        feet: null,
        mainHand: { id: "staff", name: "staff" },
        offHand: null,
      },
      4,
    ]);
    expect(heard(s.say(1, "wield knife in off hand"), 1)).toEqual([
      "action: You take a knife into your off hand. You put away a staff.",
    ]);
    expect(heard(s.say(1, "wear helmet"), 1)).toEqual(["error: You wear the iron helmet already."]);
    expect(heard(s.say(1, "wear cap on off hand"), 1)).toEqual(["error: The leather cap does not go there."]);
    expect(heard(s.say(1, "remove all"), 1)).toEqual(["action: You put away an iron helmet and a knife."]);
    expect(heard(s.say(1, "remove hat"), 1)).toEqual(['error: You neither wear nor hold a "hat".']);
  });

  test("what is worn is seen by who looks, and told by the inventory", () => {
    const s = hall(
      item("tunic", 1, { slot: "chest" }),
      item("sword", 1, { slot: "mainHand", wear: 300 }),
      item("coin", 2),
    );
    expect(heard(s.say(2, "look Ana 1"), 2)[0]).toContain("Ana 1 wears a tunic and holds an iron sword.");
    const turn = s.say(1, "i");
    expect(heard(turn, 1)).toEqual([
      "info: You wear and hold: a tunic on your body and an iron sword (nearly broken) in your main hand.\nYou carry: 2 coins.\nThat is 2.2 kg; up to 30 kg are easy, more than 60 kg too much.",
    ]);
    expect(metadataOf(turn, 1, "info")).toMatchObject({
      inventory: [
        { type: "tunic" },
        { name: "iron sword", quantity: 1, durability: 50, maxDurability: 350 },
        { name: "coins", quantity: 2, weight: 0.02 },
      ],
    });
  });
});

describe("containers", () => {
  test("hold what is put into them, go from hand to hand with it, and give it back", () => {
    const s = hall(item("pouch", 1, { contents: [] }), item("coin", 9), item("sword"));
    expect(heard(s.say(1, "put 4 coins in pouch"), 1)).toEqual(["action: You put 4 coins into the pouch."]);
    expect(heard(s.say(1, "open pouch"), 1)).toEqual(["info: In the pouch: 4 coins. There is room for 3 kg."]);
    expect(heard(s.say(1, "put stone in pouch"), 1)).toEqual(['error: You have no "stone".']);
    expect(heard(s.say(1, "put coin in sword"), 1)).toEqual(["error: Nothing goes into the iron sword."]);
    expect(heard(s.say(1, "put pouch in pouch"), 1)).toEqual(["error: The pouch does not go into itself."]);
    s.say(1, "drop pouch");
    expect(heard(s.say(2, "get 3 coins from pouch"), 2)).toEqual(["action: You take 3 coins out of the pouch."]);
    expect(heard(s.say(2, "get pouch"), 2)).toEqual(["action: You take a pouch."]);
    expect(heard(s.say(2, "get all from pouch"), 2)).toEqual(["action: You take a coin out of the pouch."]);
    expect(heard(s.say(2, "open pouch"), 2)).toEqual(["info: The pouch is empty. There is room for 3 kg."]);
    expect([carried(s, 1), carried(s, 2)]).toEqual([
      [
        ["coin", 5, undefined],
        ["sword", 1, undefined],
      ],
      [
        ["coin", 4, undefined],
        ["pouch", 1, undefined],
      ],
    ]);
  });

  test("do not hold more than they can, nor one another", () => {
    const s = hall(item("pouch", 1, { contents: [] }), item("sack", 1, { contents: [] }), item("stone", 5));
    expect(heard(s.say(1, "put 3 stones in pouch"), 1)).toEqual(["error: The pouch does not hold that much."]);
    expect(heard(s.say(1, "put 2 stones in pouch"), 1)).toEqual(["action: You put 2 stones into the pouch."]);
    expect(heard(s.say(1, "put pouch in sack"), 1)).toEqual([
      "error: A pouch does not go into another thing that holds things.",
    ]);
  });
});

describe("using", () => {
  test("what is eaten is gone and gives its strength back, as far as any is missing", () => {
    const s = stage();
    s.enter(1, { life: having(item("bread", 2)), stamina: 100, health: 300, lastPlayedAtMs: s.now() });
    const turn = s.say(1, "eat bread");
    expect(heard(turn, 1)).toEqual(["action: You eat a loaf of bread. It gives you health 5 and stamina 60."]);
    expect(s.body(1)).toMatchObject({ health: { value: 305 }, stamina: { value: 160 } });
    expect(carried(s, 1)).toEqual([["bread", 1, undefined]]);
  });

  test.each([
    ["use bread", "error: You are well enough as you are. The loaf of bread keeps for later."],
    ["use knife", "error: The knife is a tool: it is used by `gather` and `craft` while you have it."],
    ["use cap", "error: The leather cap is worn or held: say `equip leather cap`."],
    ["use", "error: Use what? Try `use salve` or `eat bread`."],
    ["use stone", "error: There is nothing that the stone could be used for as it is. Perhaps `craft` knows."],
  ])("%j is refused and nothing is used up", (text, answer) => {
    const s = hall(item("bread"), item("knife"), item("cap"), item("stone"));
    const turn = s.say(1, text);
    expect([heard(turn, 1), happened(turn)]).toEqual([[answer], []]);
  });
});

test("what lies there can be pushed a step, ahead or where one says, and not through a wall", () => {
  const s = hall(item("chest", 1, { contents: [item("stone", 30)] }));
  s.say(1, "drop chest");
  const turn = s.say(1, "push the chest west");
  expect(heard(turn, 1)).toEqual(["action: You push the wooden chest west."]);
  expect([...s.world.state.things.values()][0]?.position).toMatchObject({ x: 4, y: 2 });
  expect(s.body(1)!.stamina.value).toBeLessThan(500);
  s.say(1, "push chest south");
  s.say(1, "push chest south");
  expect(heard(s.say(1, "push chest south"), 1)[0]).toMatch(/^error: /u);
});

test("what somebody lets go of in the air falls, and has to be fetched from the ground", () => {
  const s = stage();
  s.enter(1, { life: having(item("coin", 2)), position: { x: 5, y: 3, z: 9 }, isFlying: true });
  s.enter(2, { life: emptyLife, position: { x: 5, y: 3, z: 0 } });
  s.say(1, "drop coin");
  expect([...s.world.state.things.values()][0]?.position).toEqual({ x: 5, y: 3, z: 0 });
  expect(heard(s.say(1, "get coin"), 1)).toEqual(['error: There is no "coin" within reach.']);
  expect(heard(s.say(2, "get coin"), 2)).toEqual(["action: You take a coin."]);
});

test("what lies about is on the map of those who see it", () => {
  const s = hall(item("coin", 3));
  s.say(1, "drop all");
  const [map] = s.say(2, "map").tellings;
  const entities = map?.tell.kind === "map" ? map.tell.map.tiles.flatMap((tile) => tile.entities ?? []) : [];
  expect(entities).toContainEqual({ id: "coin", type: "item", name: "3 coins", glyph: "*" });
});

test("whoever only watches has no hands", () => {
  const s = hall();
  for (const text of ["get all", "drop coin", "give coin to Ana 1", "craft cord", "gather", "attack Ana 1"])
    expect(heard(s.say(3, text), 3)).toEqual(["error: You only watch here, and have no hands to do that with."]);
});

test("things go along to another world, and nothing of them stays", () => {
  const s = hall(item("coin", 3));
  const world = { id: "elsewhere" as never, name: "Elsewhere", shape: "spherical", theme: "" };
  s.say(1, "enter elsewhere", { destination: { world, own: null } });
  const [message] = [...s.world.state.outbound.values()];
  expect(message?.input).toMatchObject({
    type: "arrive",
    traveller: { life: { items: [{ kind: "coin", count: 3 }] } },
  });
  expect(s.body(1)).toBeUndefined();
});
