import { describe, expect, test } from "vitest";
import { completeSpecification } from "../../interview/complete-specification.ts";
import { isUuid, type WorldId } from "../../lib/ids.ts";
import { tones } from "../../protocol/world-specification.ts";
import { readyMadeWorlds } from "../seeds.ts";
import type { WorldSpec } from "../spec.ts";
import { appearanceOf, historyOf } from "./portrait.ts";
import { inhabitantsMax, societyOf } from "./society.ts";
import { isPronounceable, nameTongues } from "./tongue.ts";

const worldId = "00000000-0000-4000-8000-000000000001" as WorldId;
const otherId = "00000000-0000-4000-8000-000000000002" as WorldId;
const [lobby, valley] = readyMadeWorlds.map(({ spec }) => spec) as [WorldSpec, WorldSpec];
const seeds = Array.from({ length: 100 }, (_, seed) => seed);
const peopleNames = ["Human", "Elf", "Dwarf", "Orc", "Merfolk", "Treefolk", "Machine", "Skyborn"];

const specOf = (seed: number, peoples: readonly string[] = ["Frostkin", "Human"]): WorldSpec => ({
  ...valley,
  seed,
  specification: completeSpecification({ peoples: peoples.map((name) => ({ name })) }, { name: "Rime", seed }),
});

describe("names", () => {
  test.each(seeds)("of all peoples of a world are pronounceable, and none is given twice: seed %i", (seed) => {
    const society = societyOf(worldId, specOf(seed, peopleNames));
    const names = [...society.settlements, ...society.persons.map(({ name }) => name)];
    for (const name of names) expect(isPronounceable(name), name).toBe(true);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(seeds)("two peoples of a world do not sound alike: seed %i", (seed) => {
    const [one, other] = nameTongues(seed, ["Frostkin", "Skyborn"]).map((draw) => {
      const taken = new Set<string>();
      for (let drawn = 0; drawn < 60; drawn++) taken.add(draw(taken));
      return taken;
    });
    const last = (names: ReadonlySet<string>) => new Set([...names].map((name) => name.slice(-2)));
    const [a, b] = [last(one!), last(other!)];
    const shared = [...a].filter((ending) => b.has(ending)).length;
    expect(shared / Math.min(a.size, b.size)).toBeLessThanOrEqual(0.5);
    expect([...one!].filter((name) => other!.has(name))).toEqual([]);
  });

  test("go on for ever, and elves sound like elves in every world", () => {
    const [draw] = nameTongues(1, ["Elves"]);
    const taken = new Set<string>();
    for (let drawn = 0; drawn < 2_000; drawn++) taken.add(draw!(taken));
    expect(taken.size).toBe(2_000);
    const shortNames = [...taken].slice(0, 40);
    expect(shortNames.filter((name) => /(?:iel|ien|ara|eth|ith|anor|ela)$/u.test(name))).toEqual(shortNames);
  });
});

describe("a society", () => {
  test("is the same whenever it is asked for, and another one with another seed or in another world", () => {
    const society = societyOf(worldId, specOf(7));
    expect(societyOf(worldId, structuredClone(specOf(7)))).toEqual(society);
    const ids = new Set(society.persons.map(({ id }) => id));
    expect(ids.size).toBe(society.persons.length);
    for (const id of ids) expect(isUuid(id)).toBe(true);
    for (const other of [societyOf(worldId, specOf(8)), societyOf(otherId, specOf(7))])
      expect(other.persons.filter(({ id }) => ids.has(id))).toEqual([]);
  });

  test.each([
    ["none", [], 0],
    ["one", ["Human"], 16],
    ["three", ["Human", "Elf", "Frostkin"], 48],
    ["eight", peopleNames, 48],
  ])("of %s peoples is bounded, and each has its part", (_, peoples, count) => {
    const { persons, settlements } = societyOf(worldId, specOf(3, peoples));
    expect(persons).toHaveLength(count);
    expect(count).toBeLessThanOrEqual(inhabitantsMax);
    expect(settlements).toHaveLength(peoples.length);
    const parts = peoples.map((name) => persons.filter(({ species }) => species === name).length);
    expect(new Set(parts).size).toBeLessThanOrEqual(1);
  });

  test("nobody lives in a room, and people live in a world of which nothing was said", () => {
    expect(societyOf(worldId, lobby).persons).toEqual([]);
    expect(societyOf(worldId, valley).persons).toHaveLength(16);
  });

  test("every occupation of a people has somebody", () => {
    const society = societyOf(worldId, specOf(3));
    const jobs = society.persons.filter(({ people }) => people === 0).map(({ occupation }) => occupation);
    expect(new Set(jobs)).toEqual(new Set(society.peoples[0]!.occupations));
  });
});

describe("a portrait", () => {
  test.each(tones)("tells of looks, calling and past, whatever was said of the people: %s", (tone) => {
    const peoples = [
      { name: "<b>Kin</b>", looks: "tall,\nwith <gills>", values: ["silence."], occupations: ["diver", "<i>seer</i>"] },
    ];
    const specification = completeSpecification({ tone, peoples, conflicts: ["A war.\u0007"] }, { name: "X", seed: 5 });
    const society = societyOf(worldId, { ...valley, specification });
    for (const person of society.persons) {
      const [looks, history] = [appearanceOf(society, person), historyOf(society, person)];
      expect(looks).toMatch(/^Tall, with ‹gills›\. (?:She|He) is /u);
      expect(history).toContain(`${person.name} is a ${person.occupation} of the ‹b›Kin‹/b›`);
      expect(history).toContain(society.settlements[0]);
      expect(looks + history).not.toMatch(/[<>\p{Cc}]|undefined|\.\.|\s{2}/u);
    }
  });

  test("differs from person to person", () => {
    const society = societyOf(worldId, specOf(11));
    const told = society.persons.map((person) => historyOf(society, person).replaceAll(person.name, ""));
    expect(new Set(told).size).toBe(told.length);
  });
});
