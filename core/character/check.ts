import type { AttributeName, SkillName } from "../protocol/character.ts";
import type { Life } from "../protocol/life.ts";
import type { Attributes } from "./model.ts";
import { practised, roundXp, shareOf } from "./practice.ts";
import { levelOf, xpOfLevel, levelMax } from "./skills.ts";

/** What a check is held against. */
export const difficulties = { easy: 30, fair: 50, hard: 70, severe: 90 } as const;
export type Difficulty = keyof typeof difficulties;

/** A roll of so much always succeeds; of so little always fails. */
export const alwaysFrom = 96;
export const neverUpTo = 5;

/** What each skill leans on. */
export const attributeOf: Readonly<Record<SkillName, AttributeName>> = {
  Slashing: "Might",
  Piercing: "Agility",
  Bludgeoning: "Might",
  Defense: "Endurance",
  Dodge: "Reflexes",
  Smithing: "Might",
  Alchemy: "Intellect",
  Carpentry: "Touch",
  Tailoring: "Agility",
  Cooking: "Taste",
  Mining: "Endurance",
  Herbalism: "Smell",
  Logging: "Might",
  Hunting: "Sight",
  Fishing: "Intuition",
  Perception: "Sight",
  Stealth: "Agility",
  Climbing: "Agility",
  Swimming: "Endurance",
  Navigation: "Intuition",
  Persuasion: "Presence",
  Intimidation: "Willpower",
  Deception: "Cunning",
  Bartering: "Cunning",
};

/** Who knows the one well has an easier hand at the other, both ways. */
export const synergies: readonly (readonly [SkillName, SkillName])[] = [
  ["Slashing", "Defense"],
  ["Piercing", "Dodge"],
  ["Bludgeoning", "Defense"],
  ["Smithing", "Mining"],
  ["Alchemy", "Herbalism"],
  ["Carpentry", "Logging"],
  ["Tailoring", "Hunting"],
  ["Cooking", "Fishing"],
  ["Perception", "Navigation"],
  ["Stealth", "Dodge"],
  ["Climbing", "Swimming"],
  ["Persuasion", "Bartering"],
  ["Intimidation", "Deception"],
];

export const synergyBonus = 5;
/** From this level on a skill helps its neighbours. */
export const synergyFromLevel = 20;

/** +5 or nothing: two neighbours help no more than one. */
export function synergyOf(skill: SkillName, xp: Life["xp"]): number {
  const helps = synergies.some(
    ([one, other]) =>
      (one === skill && levelOf(xp[other] ?? 0) >= synergyFromLevel) ||
      (other === skill && levelOf(xp[one] ?? 0) >= synergyFromLevel),
  );
  return helps ? synergyBonus : 0;
}

/** What one adds to the dice: skill + attribute/5 + synergy. */
export function bonusOf(skill: SkillName, attributes: Attributes, xp: Life["xp"]): number {
  return levelOf(xp[skill] ?? 0) + Math.floor(attributes[attributeOf[skill]] / 5) + synergyOf(skill, xp);
}

/** `roll`: 1 … 100. */
export function succeeds(roll: number, bonus: number, against: number): boolean {
  if (roll >= alwaysFrom) return true;
  if (roll <= neverUpTo) return false;
  return roll + bonus >= against;
}

/** A fifth of what it was held against, half of that for failing; the same action again within a minute earns less. */
export function xpFor(
  life: Life,
  { action, skill, against, isSuccess, atMs }: Lesson,
): { readonly xp: number; readonly reached: number | null } {
  const before = life.xp[skill] ?? 0;
  const earned = (against / 5) * (isSuccess ? 1 : 0.5) * shareOf(life.practice, action, atMs);
  const xp = roundXp(Math.min(earned, Math.max(0, xpOfLevel(levelMax) - before)));
  const after = practised(life, { action, skill, xp, atMs }).xp[skill] ?? 0;
  const level = levelOf(after);
  return { xp, reached: level > levelOf(before) ? level : null };
}

export type Lesson = {
  readonly action: string;
  readonly skill: SkillName;
  readonly against: number;
  readonly isSuccess: boolean;
  readonly atMs: number;
};
