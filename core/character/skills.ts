import { skillCategories, type SkillCategory, type SkillName } from "../protocol/character.ts";

export type Skill = {
  readonly name: SkillName;
  readonly category: SkillCategory;
  readonly level: number;
  readonly xp: number;
};
export type Skills = Readonly<Record<SkillName, Skill>>;

/** Everyone begins with nothing learnt. */
export const untrained: Skills = Object.fromEntries(
  Object.entries(skillCategories).flatMap(([category, names]) =>
    names.map((name) => [name, { name, category, level: 0, xp: 0 }]),
  ),
) as unknown as Skills;
