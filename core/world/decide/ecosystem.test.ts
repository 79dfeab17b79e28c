import { describe, expect, test } from "vitest";
import { userId } from "#tests/support/records.ts";
import { happened, heard, metadataOf, stage } from "#tests/support/stage.ts";
import type { InputId } from "../../lib/ids.ts";
import type { Turn } from "../advance.ts";
import { liveWorld } from "../evolve.ts";
import { readyMadeWorlds } from "../seeds.ts";
import { fromSnapshot, fromStored, hashOf, toSnapshot, toStored } from "../stored.ts";
import { distanceM } from "../space.ts";
import type { Terrain } from "../terrain.ts";
import { animalsInSight } from "../wildlife/in-sight.ts";
import { placedAliveMax, placedAliveOfUserMax, placedMax } from "../wildlife/model.ts";

const level = {
  groundAt: () => ({ elevationM: 0, biome: "Deciduous Forest", isWater: false, waterDepthM: 0 }),
  slopeAt: () => ({ grade: 0, downhillRad: 0 }),
} as Terrain;
const { spec } = readyMadeWorlds[1]!;
const owner = { standing: { ownerId: userId(1), isSandbox: false } };
const stranger = { standing: { ownerId: userId(9), isSandbox: false } };
const sandbox = { standing: { ownerId: null, isSandbox: true } };
const dayMs = 86_400_000;

function setup(options: Parameters<typeof stage>[0] = {}) {
  const s = stage({ spec, terrain: level, ...options });
  const turns: Turn[] = [s.enter(1, { position: { x: 0, y: 0, z: 0 } })];
  const keep = (turn: Turn): Turn => {
    turns.push(turn);
    return turn;
  };
  const days = (count: number): Turn =>
    keep(s.give({ type: "simulate", id: s.nextId(), by: { userId: userId(1) }, gameMs: count * dayMs }));
  const say = (text: string, facts = {}, number = 1): Turn => keep(s.say(number, text, facts));
  return { ...s, say, days, turns, tell: (text: string, facts = {}) => heard(say(text, facts), 1)[0]! };
}

/** Two that may have young. */
function pair() {
  const s = setup();
  s.say("eco spawn deer", owner);
  s.say("eco spawn deer", owner);
  return s;
}

describe("eco status", () => {
  test("tells who lives here, how many of each and which way that goes, with the numbers behind it", () => {
    const { say } = setup();
    const turn = say("eco");
    expect(heard(turn, 1)[0]).toMatch(/^info: What lives here, on about 4 square kilometres:\n/u);
    expect(heard(turn, 1)[0]).toMatch(/\nDeer: \d+ of the \d+ that the land could carry, /u);
    const { species } = metadataOf(turn, 1, "info") as {
      species: { species: string; number: number; capacity: number }[];
    };
    for (const { number, capacity } of species) expect(number).toBeLessThanOrEqual(capacity);
    expect(happened(turn)).toEqual([]);
    expect(heard(say("ecosystem status"), 1)).toEqual(heard(turn, 1));
  });

  test("centuries later numbers are others, at once and without a step of the world for them", () => {
    const { say, days, world } = setup();
    const before = metadataOf(say("eco"), 1, "info");
    expect(happened(days(300 * 360)).filter((type) => type.startsWith("animal"))).toEqual([]);
    expect(metadataOf(say("eco"), 1, "info")).not.toEqual(before);
    expect(world.state.wildlife).toBeUndefined();
  });

  test("indoors nothing lives wild, but what was brought there is counted", () => {
    const s = stage();
    s.enter(1);
    expect(heard(s.say(1, "eco status"), 1)).toEqual(["info: Nothing lives wild here."]);
    s.say(1, "eco spawn cat", sandbox);
    expect(heard(s.say(1, "eco status"), 1)[0]).toContain("Cats: 1 brought here.");
  });
});

describe("eco log", () => {
  test("births, deaths and comings around here, the newest first and no more than twelve", () => {
    const { say, days } = setup();
    days(200);
    const turn = say("eco log");
    const { happenings } = metadataOf(turn, 1, "info") as { happenings: { day: number; what: string }[] };
    expect(happenings).toHaveLength(12);
    expect(happenings.map(({ day }) => day)).toEqual(happenings.map(({ day }) => day).toSorted((a, b) => b - a));
    expect(heard(turn, 1)[0]!.split("\n")).toHaveLength(12);
    expect(heard(say("eco log"), 1)).toEqual(heard(turn, 1));
  });

  test("what was brought here comes first, until it is long ago", () => {
    const { tell, say, days } = setup();
    say("eco spawn wolf", owner);
    expect(tell("eco log")).toContain("Today: wolf-1 was brought here.");
    days(400);
    expect(tell("eco log")).not.toContain("wolf-1");
  });
});

describe("eco spawn", () => {
  test("its owner brings a grown animal, which is seen, counted and known by its mark; the others who see it are told", () => {
    const s = setup();
    s.enter(2, { position: { x: 10, y: 0, z: 0 } });
    const turn = s.say("eco spawn squirrel", owner);
    expect(happened(turn)).toEqual(["animalSpawned"]);
    expect(heard(turn, 1)).toEqual(["action: You bring a female squirrel here: squirrel-1."]);
    expect(heard(turn, 2)).toEqual(["action: Ana 1 brings a squirrel here."]);
    expect(animalsInSight(s.scene(), s.body(1)!).map(({ id }) => id)).toContain("squirrel-1");
    expect(s.tell("look squirrel-1")).toContain("Somebody has brought it here.");
    expect(s.tell("eco status")).toMatch(/Squirrels: .*, and 1 brought here\./u);
    expect(s.tell("eco lineage squirrel-1")).toContain(
      "squirrel-1, a female squirrel, 150 days old. It was brought here.",
    );
  });

  test("the second of a kind is of the other sex, so that two are a pair", () => {
    const { world } = pair();
    expect([...world.state.wildlife!.animals.values()].map(({ id, sex }) => [id, sex])).toEqual([
      ["deer-1", "female"],
      ["deer-2", "male"],
    ]);
  });

  test.each([
    ["by a stranger", "eco spawn deer", stranger, "Only the owner of Hall can put animals there."],
    ["without saying what", "eco spawn", owner, "What? Say `eco spawn <species>`. Here you could put: deer, "],
    ["of no kind there is", "eco spawn dragon", owner, 'No animal is called "dragon". Here you could put: deer, '],
    ["of a fish on land", "eco spawn trout", owner, "No water that trout live in is near enough."],
    ["of what lives where it is warm", "eco spawn parrots", owner, "No land that parrots live on is near enough."],
  ])("%s it is refused", (_, text, facts, why) => {
    const { say, world } = setup();
    const turn = say(text, facts);
    expect(heard(turn, 1)[0]).toContain(`error: ${why}`);
    expect([happened(turn), world.state.wildlife]).toEqual([[], undefined]);
  });

  test("while the world stands still it is refused", () => {
    const { say, tell } = setup();
    say("world pause", owner);
    expect(tell("eco spawn deer", owner)).toContain("error: Time stands still here.");
    expect(tell("eco status")).toContain("info: What lives here");
  });

  test("one user has so many alive and a world so many, and when they have died there is room again", () => {
    const s = setup();
    const users = Math.ceil(placedAliveMax / placedAliveOfUserMax) + 1;
    for (let number = 1; number <= users; number++) {
      if (number > 1) s.enter(number, { position: { x: 0, y: 0, z: 0 } });
      for (let i = 0; i < placedAliveOfUserMax; i++) s.say("eco spawn mouse", sandbox, number);
    }
    expect(s.world.state.wildlife!.animals.size).toBe(placedAliveMax);
    expect(heard(s.say("eco spawn mouse", sandbox, 1), 1)[0]).toContain(
      `error: ${placedAliveMax} animals have been put`,
    );
    s.days(600);
    for (let round = 0; round < 3; round++) {
      for (let number = 1; number < users; number++)
        for (let i = 0; i < placedAliveOfUserMax; i++) s.say("eco spawn mouse", sandbox, number);
      s.days(600);
    }
    expect(s.world.state.wildlife!.animals.size).toBe(placedMax);
    expect(s.world.state.wildlife!.animals.has("mouse-1" as never)).toBe(false);
    expect(s.tell("eco lineage mouse-1")).toContain('error: Nobody has heard of an animal "mouse-1".');
    for (let i = 0; i < placedAliveOfUserMax; i++) s.say("eco spawn mouse", sandbox, 1);
    expect(s.tell("eco spawn mouse", sandbox)).toContain(`error: You have put ${placedAliveOfUserMax} animals here.`);
  });
});

describe("eco breed", () => {
  test("two have a young one, which knows its parents and they it", () => {
    const s = pair();
    const turn = s.say("eco breed deer-2 and deer-1", owner);
    expect(happened(turn)).toEqual(["animalBred"]);
    expect(heard(turn, 1)[0]).toMatch(/^action: deer-1 has a young one by deer-2, a (?:fe)?male: deer-3\.$/u);
    expect(s.tell("eco lineage deer-3")).toMatch(
      /0 days old\. Its mother is deer-1, its father deer-2\. It has no young/u,
    );
    expect(s.tell("eco lineage deer-2")).toContain("It was brought here. Its young: deer-3.");
    expect(s.tell("eco log")).toContain("Today: deer-3 was born, of deer-1 and deer-2, who had been brought together.");
    expect(animalsInSight(s.scene(), s.body(1)!).find(({ id }) => id === "deer-3")?.isGrown ?? false).toBe(false);
  });

  test("it grows up, and dies of age; its kin still know of it", () => {
    const s = pair();
    s.say("eco breed deer-1 deer-2", owner);
    s.days(520);
    expect(s.tell("eco lineage deer-3")).toContain("1 year old");
    s.days(3600);
    expect(s.tell("eco lineage deer-3")).toMatch(
      /who died .* days ago, \d+ years old\. Its mother is deer-1 \(dead\), its father deer-2 \(dead\)\./u,
    );
    expect(animalsInSight(s.scene(), s.body(1)!).map(({ id }) => id)).not.toContain("deer-3");
  });

  test.each([
    ["by a stranger", "deer-1 deer-2", stranger, "Only the owner of Hall"],
    ["of one alone", "deer-1", owner, "Which two?"],
    ["of three", "deer-1 deer-2 wolf-3", owner, "Which two?"],
    ["of one with itself", "deer-1 deer-1", owner, "One animal alone has no young."],
    [
      "of different species",
      "deer-1 wolf-3",
      owner,
      "deer-1 and wolf-3 are of different species: a deer and a wolf have no young together.",
    ],
    ["of the same sex", "wolf-3 wolf-5", owner, "Both are females"],
    ["of one that nobody knows", "deer-1 deer-77", owner, 'Nobody has heard of an animal "deer-77".'],
    ["of parent and child", "deer-1 deer-6", owner, "deer-1 and deer-6 are too closely related."],
    ["soon after the last time", "deer-1 deer-2", owner, "deer-1 has had young lately. Let it rest."],
  ])("%s it is refused", (what, words, facts, why) => {
    const s = pair();
    for (const each of ["wolf", "wolf", "wolf"]) s.say(`eco spawn ${each}`, owner);
    if (/child|soon/u.test(what)) s.say("eco breed deer-1 deer-2", owner);
    const turn = s.say(`eco breed ${words}`, facts);
    expect(heard(turn, 1)[0]).toContain(`error: ${why}`);
    expect(happened(turn)).toEqual([]);
  });

  test("of one that is too young it is refused until it is grown", () => {
    const s = pair();
    s.say("eco breed deer-1 deer-2", owner);
    s.say("eco spawn deer", owner);
    s.say("eco spawn deer", owner);
    const animals = [...s.world.state.wildlife!.animals.values()];
    const mate = animals.slice(3).find(({ sex }) => sex !== animals[2]!.sex)!;
    const asked = `eco breed ${mate.id} deer-3`;
    expect(s.tell(asked, owner)).toBe("error: deer-3 is too young. Deer are grown after 500 days.");
    s.days(500);
    expect(s.tell(asked, owner)).toMatch(/^action: /u);
  });

  test("of the dead and of those far away it is refused", () => {
    const s = pair();
    const away = s.say("eco breed deer-1 deer-2", owner, 1);
    expect(happened(away)).toEqual(["animalBred"]);
    s.days(4000);
    expect(s.tell("eco breed deer-1 deer-2", owner)).toBe("error: deer-1 is dead.");
    s.say("eco spawn deer", owner);
    s.enter(2, { position: { x: 900, y: 0, z: 0 } });
    expect(heard(s.say("eco breed deer-4 deer-1", sandbox, 2), 2)).toEqual([
      "error: deer-4 is too far away: go within 500 metres of it.",
    ]);
  });

  test("wild ones may be brought together as well, by the marks that looking tells", () => {
    const s = setup();
    const all = Array.from({ length: 400 }, (_, i) => ({
      x: (i % 20) * 95 - 900,
      y: Math.floor(i / 20) * 95 - 900,
      z: 0,
    }))
      .flatMap((position) => animalsInSight(s.scene(), { position, attributes: null }).map((animal) => ({ ...animal })))
      .filter(({ isGrown, species }) => isGrown && species.id === "sparrow");
    const tried = all.flatMap((female) =>
      all.filter(({ sex }) => sex === "male" && female.sex === "female").map((male) => [female, male] as const),
    );
    const close = tried.filter(([a, b]) => distanceM(spec, a.position, b.position) < 400);
    const bred = close.find(([a, b]) => {
      s.enter(2, { position: { ...a.position, x: a.position.x - 30 } });
      s.wait(0);
      return happened(s.say(`eco breed ${a.id} ${b.id}`, sandbox, 2)).includes("animalBred");
    })!;
    expect(s.tell(`eco lineage ${bred[0].id}`)).toContain("sparrow-1");
    expect(s.tell("eco lineage sparrow-1")).toContain(`Its mother is ${bred[0].id}, its father ${bred[1].id}.`);
  });
});

describe("eco lineage", () => {
  test("a wild one has parents and young that name it in return", () => {
    const s = setup();
    const spots = Array.from({ length: 200 }, (_, i) => ({
      x: (i % 20) * 95 - 900,
      y: Math.floor(i / 20) * 95 - 900,
      z: 0,
    }));
    const animals = spots.flatMap((position) => animalsInSight(s.scene(), { position, attributes: null }));
    const told = animals.map(({ id }) => metadataOf(s.say(`eco lineage ${id}`), 1, "info") as Told);
    const born = told.filter(({ parents }) => parents !== null);
    expect(born.length).toBeGreaterThan(5);
    for (const { id, parents } of born.slice(0, 10)) {
      const mother = metadataOf(s.say(`eco lineage ${parents!.mother}`), 1, "info") as Told;
      expect(mother).toMatchObject({ sex: "female", placed: false });
      if (mother.children.length < 20) expect(mother.children).toContain(id);
    }
  });

  test("of nobody, and of one that nobody knows, it says what to do", () => {
    const { tell } = setup();
    expect(tell("eco lineage")).toContain("error: Whose? Say `eco lineage <animal>`");
    expect(tell("eco lineage unicorn")).toContain('error: Nobody has heard of an animal "unicorn".');
    expect(tell("eco dance")).toContain("error: Say `eco status`");
  });
});

type Told = { id: string; sex: string; placed: boolean; parents: { mother: string } | null; children: string[] };

test("a reset takes away what was brought there, and its marks are not given again", () => {
  const s = pair();
  s.say("world reset Hall", owner);
  expect(s.tell("eco lineage deer-1")).toContain("error: Nobody has heard of");
  expect(s.tell("eco spawn deer", owner)).toContain(": deer-3.");
});

describe("what is stored", () => {
  test("a replay of the events is the world as it was live, from the start and from a snapshot", () => {
    const s = pair();
    s.say("eco breed deer-1 deer-2", owner);
    s.days(100);
    s.say("eco spawn wolf", owner);
    const stored = s.turns.flatMap(({ events }) => events.map(toStored));
    const again = liveWorld();
    let half = again.state;
    stored.forEach((event, index) => {
      const { event: happening, metadata } = fromStored(JSON.parse(JSON.stringify({ ...event, version: index + 1 })));
      again.apply(happening, metadata);
      if (happening.type === "animalBred") half = fromSnapshot(JSON.parse(JSON.stringify(toSnapshot(again.state))));
    });
    expect(hashOf(again.state)).toBe(hashOf(s.world.state));
    const fromHalf = liveWorld(half);
    for (const event of stored.slice(half.version)) {
      const { event: happening, metadata } = fromStored({ ...event, version: 0 });
      fromHalf.apply(happening, metadata);
    }
    expect(hashOf(fromHalf.state)).toBe(hashOf(s.world.state));
    expect([...fromHalf.state.wildlife!.animals.keys()]).toEqual(["deer-1", "deer-2", "deer-3", "wolf-4"]);
  });

  test("a snapshot from before there were animals reads as a world without any", () => {
    const s = setup();
    const snapshot = toSnapshot(s.world.state);
    expect(JSON.stringify(snapshot.state)).not.toContain("wildlife");
    expect(fromSnapshot(snapshot).wildlife).toBeUndefined();
  });

  test("the same command delivered again brings no second animal", () => {
    const s = setup();
    const input = { ...s.commanded(1, "eco spawn deer"), id: "once" as InputId };
    s.give(input, owner);
    s.give(input, owner);
    expect(s.world.state.wildlife!.count).toBe(1);
  });
});
