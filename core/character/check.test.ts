import { describe, expect, test } from "vitest";
import { skillCategories } from "../protocol/character.ts";
import { emptyLife, type Life } from "../protocol/life.ts";
import { templateOf } from "./attributes.ts";
import { attributeOf, bonusOf, succeeds, synergies, synergyFromLevel, xpFor } from "./check.ts";
import { practiceWindowMs, practised } from "./practice.ts";
import { costOfLevel, levelMax, levelOf, skillsOf, untrained, xpOfLevel } from "./skills.ts";

const human = templateOf("Human");
const names = Object.values(skillCategories).flat();

describe("levels", () => {
  test("the next level costs 100 times its number to the power of one and a half", () => {
    expect([1, 4, 9, 100].map(costOfLevel)).toEqual([100, 800, 2700, 100_000]);
    expect([0, 1, 2].map(xpOfLevel)).toEqual([0, 100, 383]);
  });

  test("a level is reached with the last XP it takes, and not before; nobody goes beyond the last", () => {
    for (const level of [1, 2, 17, 99, levelMax]) {
      expect(levelOf(xpOfLevel(level))).toBe(level);
      expect(levelOf(xpOfLevel(level) - 0.1)).toBe(level - 1);
    }
    expect(levelOf(Infinity)).toBe(levelMax);
  });

  test("all 24 skills are known by name, category, level and XP", () => {
    expect(Object.keys(untrained)).toEqual(names);
    expect(names).toHaveLength(24);
    expect(skillsOf({ Mining: 400.5 }).Mining).toEqual({ name: "Mining", category: "Gathering", level: 2, xp: 400.5 });
  });
});

describe("a check", () => {
  test.each([
    [1, 200, 30, false],
    [5, 200, 30, false],
    [6, 200, 30, true],
    [19, 10, 30, false],
    [20, 10, 30, true],
    [79, 10, 90, false],
    [80, 10, 90, true],
    [95, -50, 90, false],
    [96, -50, 90, true],
  ])("a roll of %i and %i against %i", (roll, bonus, against, isSuccess) => {
    expect(succeeds(roll, bonus, against)).toBe(isSuccess);
  });

  test("adds the skill, a fifth of what it leans on, and 5 for a neighbour that is well known, once", () => {
    expect(bonusOf("Mining", { ...human, Endurance: 74 }, {})).toBe(14);
    expect(bonusOf("Mining", human, { Mining: xpOfLevel(7) })).toBe(17);
    expect(bonusOf("Mining", human, { Smithing: xpOfLevel(synergyFromLevel) })).toBe(15);
    expect(bonusOf("Smithing", human, { Mining: xpOfLevel(synergyFromLevel) - 1 })).toBe(10);
    expect(bonusOf("Defense", human, { Slashing: xpOfLevel(30), Bludgeoning: xpOfLevel(30) })).toBe(15);
  });

  test("every skill leans on an attribute, and every neighbour is a skill", () => {
    expect(Object.keys(attributeOf).toSorted()).toEqual(names.toSorted());
    for (const name of synergies.flat()) expect(names).toContain(name);
  });
});

describe("learning by doing", () => {
  const lesson = { action: "mine", skill: "Mining", against: 50, isSuccess: true, atMs: 0 } as const;
  const again = (life: Life, atMs: number, action = "mine") => {
    const { xp } = xpFor(life, { ...lesson, atMs, action });
    return { life: practised(life, { action, skill: "Mining", xp, atMs }), xp };
  };

  test("the same again within a minute teaches less and less; after a minute all again; another thing always all", () => {
    let life = emptyLife;
    const earned = [0, 59_999, 100_000, 159_000, 218_998, 278_997, 338_997 + practiceWindowMs].map((atMs) => {
      const next = again(life, atMs);
      life = next.life;
      return next.xp;
    });
    expect(earned).toEqual([10, 8, 5, 1, 1, 1, 10]);
    expect(again(life, 400_000, "quarry").xp).toBe(10);
    expect(life.xp.Mining).toBe(36);
  });

  test("a failure teaches half of it, and what is hard teaches more", () => {
    const earned = (against: number, isSuccess: boolean) => xpFor(emptyLife, { ...lesson, against, isSuccess }).xp;
    expect([earned(30, true), earned(90, true), earned(90, false)]).toEqual([6, 18, 9]);
  });

  test("a level that is reached is told once; at the end there is nothing more to learn", () => {
    const almost = { ...emptyLife, xp: { Mining: 95 } };
    expect(xpFor(almost, lesson).reached).toBe(1);
    expect(xpFor({ ...emptyLife, xp: { Mining: 100 } }, lesson).reached).toBeNull();
    expect(xpFor({ ...emptyLife, xp: { Mining: xpOfLevel(levelMax) } }, lesson)).toEqual({ xp: 0, reached: null });
  });

  test("what was practised is remembered for a minute, and no more than fits", () => {
    let life = emptyLife;
    for (let n = 0; n < 100; n++) life = again(life, n, `action ${n}`).life;
    expect(life.practice).toHaveLength(24);
    expect(again(life, practiceWindowMs + 50, "x").life.practice.map(({ atMs }) => atMs)).toEqual(
      [
        ...Array.from({ length: 24 }, (_, n) => n + 76).filter(
          (atMs) => practiceWindowMs + 50 - atMs < practiceWindowMs,
        ),
        practiceWindowMs + 50,
      ].slice(-24),
    );
  });
});
