export const skillCategories = {
  Combat: ["Slashing", "Piercing", "Bludgeoning", "Defense", "Dodge"],
  Crafting: ["Smithing", "Alchemy", "Carpentry", "Tailoring", "Cooking"],
  Gathering: ["Mining", "Herbalism", "Logging", "Hunting", "Fishing"],
  Utility: ["Perception", "Stealth", "Climbing", "Swimming", "Navigation"],
  Social: ["Persuasion", "Intimidation", "Deception", "Bartering"],
} as const;

export type SkillCategory = keyof typeof skillCategories;
export type SkillName = (typeof skillCategories)[SkillCategory][number];
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
