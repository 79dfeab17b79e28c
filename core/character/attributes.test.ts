import { describe, expect, test } from "vitest";
import { completeSpecification } from "../interview/complete-specification.ts";
import { attributeNames } from "../protocol/character.ts";
import type { Attributes } from "./model.ts";
import {
  attributesOf,
  checkPointBuy,
  commonSpecies,
  costOf,
  kindNamed,
  kindsOf,
  rollVariance,
  secondaryOf,
  type Species,
  templateOf,
  varianceMax,
} from "./attributes.ts";
import { readyMadeWorlds } from "../world/seeds.ts";

const valley = readyMadeWorlds[1]!.spec;
const roll = (species: Species, bought: Partial<Attributes>, seed: number) =>
  attributesOf(templateOf(species), rollVariance(seed), bought);

test.each([
  ["human", "Human"],
  [" DWARF ", "Dwarf"],
  ["eLf", "Elf"],
  ["orc", null],
  ["", null],
  ["__proto__", null],
])("%j is the species %s", (raw, species) => expect(kindNamed(kindsOf(valley), raw)?.name ?? null).toBe(species));

describe("a world with peoples of its own", () => {
  const specification = completeSpecification(
    {
      peoples: [
        { name: "Frostkin", attributes: { Might: 70, Sight: 20 } },
        { name: "elf", attributes: { Might: 99 } },
      ],
    },
    { name: "Rime", seed: 7 },
  );
  const kinds = kindsOf({ ...valley, specification });

  test("has them, and those that are everywhere, each once", () => {
    expect(kinds.map(({ name }) => name)).toEqual(["Frostkin", "elf", "Human", "Dwarf"]);
    expect(kindNamed(kindsOf(valley), "Frostkin")).toBeNull();
  });

  test("has its own template for them, with an average human's where nothing was said", () => {
    expect(kindNamed(kinds, " FROSTKIN ")?.template).toMatchObject({ Might: 70, Sight: 20, Hearing: 50 });
    expect(kindNamed(kinds, "Elf")?.template.Might).toBe(99);
    expect(kindNamed(kinds, "Human")?.template).toEqual(templateOf("Human"));
  });
});

test("a dwarf's template is that of the contract", () => {
  expect(templateOf("Dwarf")).toEqual({
    Might: 60,
    Agility: 40,
    Endurance: 65,
    Reflexes: 45,
    Vitality: 60,
    Intellect: 50,
    Cunning: 45,
    Willpower: 60,
    Presence: 55,
    Intuition: 50,
    Sight: 45,
    Hearing: 65,
    Smell: 50,
    Taste: 55,
    Touch: 60,
  });
});

test("secondary attributes follow from the primary ones", () => {
  expect(secondaryOf(templateOf("Human"))).toEqual({ HP: 500, Stamina: 500, Focus: 500, Mana: 500, Nerve: 500 });
  expect(secondaryOf(templateOf("Elf"))).toEqual({ HP: 450, Stamina: 435, Focus: 560, Mana: 590, Nerve: 550 });
});

test("the same seed gives the same person, within five of the template and with every value in between", () => {
  const seen = new Set<number>();
  for (let seed = 0; seed < 200; seed++) {
    for (const species of commonSpecies) {
      const rolled = roll(species, {}, seed);
      expect(roll(species, {}, seed), `seed ${seed}`).toEqual(rolled);
      for (const name of attributeNames) {
        const variance = rolled[name] - templateOf(species)[name];
        expect(Math.abs(variance), `seed ${seed} ${name}`).toBeLessThanOrEqual(varianceMax);
        seen.add(variance);
      }
    }
  }
  expect([...seen].toSorted((a, b) => a - b)).toEqual([-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5]);
});

test("what was bought is added, up to 100 and no further", () => {
  const [plain, raised] = [roll("Elf", {}, 9), roll("Elf", { Might: 12, Sight: 30 }, 9)];
  expect(raised.Might).toBe(plain.Might + 12);
  expect(raised.Sight).toBe(Math.min(100, plain.Sight + 30));
  const sights = Array.from({ length: 100 }, (_, seed) => roll("Elf", { Sight: 30 }, seed).Sight);
  expect(Math.max(...sights)).toBe(100);
});

test.each([
  [0, 0],
  [1, 1],
  [10, 10],
  [11, 12],
  [20, 30],
  [21, 33],
  [30, 60],
])("raising an attribute by %i costs %i", (raise, cost) => expect(costOf(raise)).toBe(cost));

test("exactly all points may be spent, and not one more", () => {
  const all = { Might: 30, Agility: 20, Sight: 10 };
  expect(checkPointBuy(all)).toEqual(all);
  expect(() => checkPointBuy({ ...all, Taste: 1 })).toThrow(
    "You have 100 points and spend 101, 1 too many: Might +30 costs 60, Agility +20 costs 30, Sight +10 costs 10, Taste +1 costs 1.",
  );
});

test.each([
  ["more than 30", { Might: 31 }, "attributes.Might"],
  ["less than nothing, to pay for something else", { Might: -10, Agility: 20 }, "attributes.Might"],
  ["a part of a point", { Touch: 1.5 }, "attributes.Touch"],
  ["an attribute that does not exist", { Charm: 1 }, "attributes"],
  ["an attribute in another case", { might: 1 }, "attributes"],
  ["a name that every object has", JSON.parse('{"__proto__": 1}') as Record<string, number>, "attributes"],
  ["another name that every object has", { constructor: 1 }, "attributes"],
])("%s is refused and named", (_, wishes: Record<string, number>, path) => {
  expect(() => checkPointBuy(wishes)).toThrow(
    expect.objectContaining({ code: "INVALID_INPUT", details: [expect.objectContaining({ path })] }),
  );
});
