import { AppError, type ErrorDetail } from "../lib/errors.ts";
import { type AttributeName, attributeNames, type SecondaryName } from "../protocol/character.ts";
import type { SpecifiedPeople } from "../protocol/world-specification.ts";
import { peoplesOf } from "../world/inhabitants/society.ts";
import type { WorldSpec } from "../world/spec.ts";
import type { Attributes } from "./model.ts";

export const commonSpecies = ["Human", "Dwarf", "Elf"] as const;
export type Species = (typeof commonSpecies)[number];

export const pointsToSpend = 100;
export const boughtMax = 30;
export const varianceMax = 5;

/** In the order of `attributeNames`. */
const templates: Readonly<Record<Species, readonly number[]>> = {
  Human: [50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50],
  Dwarf: [60, 40, 65, 45, 60, 50, 45, 60, 55, 50, 45, 65, 50, 55, 60],
  Elf: [40, 65, 45, 60, 45, 60, 55, 50, 60, 65, 70, 65, 55, 50, 50],
};

/** What somebody may be, with what everyone of its kind has by nature. */
export type Kind = { readonly name: string; readonly template: Attributes };

/** The world's own peoples, as its specification has them, and those that are everywhere. What a world says of an Elf goes before what is known of elves. */
export function kindsOf(spec: WorldSpec): readonly Kind[] {
  const own = peoplesOf(spec).map((people) => ({ name: people.name, template: templateOfPeople(people) }));
  const isOwn = (name: string): boolean => own.some((kind) => isSameName(kind.name, name));
  return [
    ...own,
    ...commonSpecies.filter((name) => !isOwn(name)).map((name) => ({ name, template: templateOf(name) })),
  ];
}

/** By its name, without regard to case; null for what does not live there. */
export function kindNamed(kinds: readonly Kind[], name: string): Kind | null {
  return kinds.find((kind) => isSameName(kind.name, name)) ?? null;
}

const isSameName = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();

/** What its specification does not name is as an average human's. */
export function templateOfPeople({ attributes }: Pick<SpecifiedPeople, "attributes">): Attributes {
  return attributesFrom((index, name) => attributes[name] ?? templates.Human[index]!);
}

/** The species' template as it is. */
export function templateOf(species: Species): Attributes {
  return attributesFrom((index) => templates[species][index]!);
}

/** What chance gives to and takes from each: −5 … 5, the same for the same seed. */
export function rollVariance(seed: number): Attributes {
  return attributesFrom((index) => varianceOf(seed, index));
}

/** Template + variance + what was bought, within 1 … 100. */
export function attributesOf(template: Attributes, variance: Attributes, bought: Partial<Attributes>): Attributes {
  return attributesFrom((_, name) => Math.min(100, Math.max(1, template[name] + variance[name] + (bought[name] ?? 0))));
}

export function secondaryOf(primary: Attributes): Record<SecondaryName, number> {
  return {
    HP: 10 * primary.Vitality,
    Stamina: 7 * primary.Endurance + 3 * primary.Might,
    Focus: 6 * primary.Intellect + 4 * primary.Willpower,
    Mana: 6 * primary.Intuition + 4 * primary.Willpower,
    Nerve: 5 * primary.Willpower + 3 * primary.Presence + 2 * primary.Reflexes,
  };
}

/** Points that raising one attribute by `raise` costs: 1 each up to 10, 2 each up to 20, 3 each up to 30. */
export function costOf(raise: number): number {
  return raise + Math.max(0, raise - 10) + Math.max(0, raise - 20);
}

/** Takes a player's wishes for checked ones, or refuses and names every attribute that is wrong, or by how much they overspend. */
export function checkPointBuy(wishes: Readonly<Record<string, number>>): Partial<Attributes> {
  const entries = Object.entries(wishes);
  const wrong = entries.flatMap(([name, raise]) => problemWith(name, raise));
  if (wrong.length > 0)
    throw new AppError("INVALID_INPUT", wrong[0]!.message, { details: wrong.slice(0, attributeNames.length) });

  const spent = entries.reduce((sum, [, raise]) => sum + costOf(raise), 0);
  if (spent > pointsToSpend) {
    const costs = entries
      .filter(([, raise]) => raise > 0)
      .map(([name, raise]) => `${name} +${raise} costs ${costOf(raise)}`);
    const message = `You have ${pointsToSpend} points and spend ${spent}, ${spent - pointsToSpend} too many: ${costs.join(", ")}.`;
    throw new AppError("INVALID_INPUT", message, { details: [{ path: "attributes", message }] });
  }
  return Object.fromEntries(entries);
}

function problemWith(name: string, raise: number): ErrorDetail[] {
  if (!attributeNames.some((known) => known === name))
    return [{ path: "attributes", message: `There is no such attribute; there are ${attributeNames.join(", ")}.` }];
  if (raise < 0 || raise > boughtMax || !Number.isInteger(raise))
    return [{ path: `attributes.${name}`, message: `${name} can be raised by 0 to ${boughtMax}, not by ${raise}.` }];
  return [];
}

function attributesFrom(valueOf: (index: number, name: AttributeName) => number): Attributes {
  return Object.fromEntries(attributeNames.map((name, index) => [name, valueOf(index, name)])) as Attributes;
}

/** Uniform in −5 … 5, by a 32-bit finaliser (murmur3's), so that one attribute more would not move the others. */
function varianceOf(seed: number, index: number): number {
  let mixed = (seed ^ Math.imul(index + 1, 0x9e3779b9)) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  mixed = (mixed ^ (mixed >>> 16)) >>> 0;
  return Math.floor((mixed / 2 ** 32) * (2 * varianceMax + 1)) - varianceMax;
}
