import type { Item } from "../../protocol/life.ts";
import type { Body, Thing } from "../model.ts";
import { sightM } from "../perception.ts";
import type { Scene } from "../scene.ts";
import { whereabouts } from "../whereabouts.ts";
import { capitalised, listed } from "../words.ts";
import { kindOf } from "./kinds.ts";
import { aName, listOf } from "./names.ts";
import { thingsWithin } from "./on-ground.ts";
import { weightKg } from "./weight.ts";

/** A thing on the ground is made out so far off, by day. */
const noticedM = 20;
/** Told of one by one. */
const namedMax = 8;

export function thingsInSight(scene: Scene, viewer: Body): Thing[] {
  return thingsWithin(scene, viewer.position, Math.min(noticedM, sightM(scene, viewer)));
}

/** "On the ground lie a knife, within reach, and 3 coins, 6 metres away to the north." */
export function describeThings(scene: Scene, viewer: Body): string {
  const things = thingsInSight(scene, viewer);
  if (things.length === 0) return "";
  const named = things.slice(0, namedMax);
  const each = named.map(({ item, position }) => `${aName(item)} ${whereabouts(scene, viewer, position)}`);
  const more = things.length - named.length;
  const all = more > 0 ? [...each, `${more} more ${more === 1 ? "thing" : "things"}`] : each;
  const isOne = things.length === 1 && things[0]?.item.count === 1;
  return `On the ground ${isOne ? "lies" : "lie"} ${listed(all)}.`;
}

/** What looking at it closely shows. */
export function describeItem(item: Item): string {
  const kind = kindOf(item);
  const { durability, weapon, armour } = kind;
  const left = durability === undefined ? null : Math.round(100 * (1 - (item.wear ?? 0) / durability));
  return [
    `${capitalised(aName(item))}.`,
    kind.description,
    `${item.count === 1 ? "It weighs" : "Together they weigh"} ${Math.round(weightKg([item]) * 100) / 100} kg.`,
    weapon ? `As a weapon it is used for ${weapon.skill.toLowerCase()}.` : "",
    armour === undefined ? "" : "It stops a blow.",
    left === null ? "" : left === 100 ? "It is as good as new." : `It has ${left} % of its use left.`,
    item.contents === undefined ? "" : item.contents.length === 0 ? "It is empty." : `In it: ${listOf(item.contents)}.`,
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

/** What somebody can be seen to wear and hold. */
export function describeWorn({ life }: Body): string | null {
  const worn = (life?.items ?? []).filter(
    ({ slot }) => slot !== undefined && slot !== "mainHand" && slot !== "offHand",
  );
  const held = (life?.items ?? []).filter(({ slot }) => slot === "mainHand" || slot === "offHand");
  if (worn.length + held.length === 0) return null;
  const parts = [
    ...(worn.length > 0 ? [`wears ${listOf(worn)}`] : []),
    ...(held.length > 0 ? [`holds ${listOf(held)}`] : []),
  ];
  return parts.join(" and ");
}
