import { attributeOf, bonusOf, difficulties, succeeds } from "../../character/check.ts";
import { levelOf } from "../../character/skills.ts";
import type { SkillName } from "../../protocol/character.ts";
import { emptyLife, type Item } from "../../protocol/life.ts";
import type { Rng } from "../../sim/rng.ts";
import { d100 } from "../dice.ts";
import type { Body } from "../model.ts";
import { kindOf } from "../things/kinds.ts";

// One stroke. It hits if d100 + weapon skill + attribute/5 (+5) reaches 50 + Dodge + Reflexes/5 (+5), and 20 more against a guard; 96 and
// more always hit, 5 and less never. It hurts for twice the weapon's damage, give or take a quarter, more or less by a hundredth for each point of
// Might (of the weapon's attribute) from 50 and for each level of its skill, less what is worn, halved by a guard; never less than 1.

export type Weapon = {
  readonly item: Item | null;
  readonly name: string;
  readonly skill: SkillName;
  readonly damage: number;
};

const fists: Weapon = { item: null, name: "fists", skill: "Bludgeoning", damage: 6 };

const guardBonus = 20;

/** In the main hand, else in the other. What is no weapon is no better than a fist. */
export function weaponOf({ life }: Body): Weapon {
  const held = (life?.items ?? []).filter(({ slot }) => slot === "mainHand" || slot === "offHand");
  for (const item of held.toSorted((a) => (a.slot === "mainHand" ? -1 : 1))) {
    const { weapon, name } = kindOf(item);
    if (weapon) return { item, name, ...weapon };
  }
  return fists;
}

/** What is worn and stops something. */
export const armourOf = ({ life }: Body): readonly Item[] =>
  (life?.items ?? []).filter((item) => item.slot !== undefined && kindOf(item).armour !== undefined);

/** Game milliseconds from one stroke to the next: 3 s, a tenth of a second less for every ten points of Agility over 50. */
export function pauseMs({ attributes }: Body): number {
  return Math.min(4000, Math.max(2000, 3000 - 10 * ((attributes?.Agility ?? 50) - 50)));
}

export type Stroke = { readonly isHit: boolean; readonly damage: number };

export function strike(attacker: Body, target: Body, isGuarding: boolean, dice: Rng): Stroke {
  const weapon = weaponOf(attacker);
  const [by, on] = [attacker.life ?? emptyLife, target.life ?? emptyLife];
  if (attacker.attributes === null || target.attributes === null) return { isHit: false, damage: 0 };
  const against = difficulties.fair + bonusOf("Dodge", target.attributes, on.xp) + (isGuarding ? guardBonus : 0);
  const isHit = succeeds(d100(dice), bonusOf(weapon.skill, attacker.attributes, by.xp), against);
  const luck = 0.75 + 0.5 * dice.float();
  if (!isHit) return { isHit, damage: 0 };
  const strength = 1 + (attacker.attributes[attributeOf[weapon.skill]] - 50 + levelOf(by.xp[weapon.skill] ?? 0)) / 100;
  const stopped = armourOf(target).reduce((sum, item) => sum + (kindOf(item).armour ?? 0), 0);
  const blow = 2 * weapon.damage * luck * strength - stopped;
  return { isHit, damage: Math.max(1, Math.round(isGuarding ? blow / 2 : blow)) };
}
