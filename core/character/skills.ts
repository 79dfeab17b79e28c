import { skillCategories, type SkillCategory, type SkillName } from "../protocol/character.ts";
import type { Life } from "../protocol/life.ts";

export type Skill = {
  readonly name: SkillName;
  readonly category: SkillCategory;
  readonly level: number;
  readonly xp: number;
};
export type Skills = Readonly<Record<SkillName, Skill>>;

export const levelMax = 100;

/** XP from level n − 1 to n: 100·n^1.5, to a whole number. The root is exact everywhere; a power is not. */
export const costOfLevel = (n: number): number => Math.round(100 * n * Math.sqrt(n));

/** All XP that a level takes: the sum of the costs up to it. */
const totals: readonly number[] = Array.from({ length: levelMax }).reduce<number[]>(
  (sums, _, index) => [...sums, (sums.at(-1) ?? 0) + costOfLevel(index + 1)],
  [0],
);

export const xpOfLevel = (level: number): number => totals[level] ?? Infinity;

export function levelOf(xp: number): number {
  let level = 0;
  while (level < levelMax && xp >= xpOfLevel(level + 1)) level++;
  return level;
}

/** All 24 of them, as one who has learnt so much knows them. */
export function skillsOf(xp: Life["xp"]): Skills {
  return Object.fromEntries(
    Object.entries(skillCategories).flatMap(([category, names]) =>
      names.map((name) => [name, { name, category, level: levelOf(xp[name] ?? 0), xp: xp[name] ?? 0 }]),
    ),
  ) as unknown as Skills;
}

/** Everyone begins with nothing learnt. */
export const untrained: Skills = skillsOf({});
