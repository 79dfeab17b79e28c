import type { Item } from "../../protocol/life.ts";
import { listed, withArticle } from "../words.ts";
import { kindOf, type Kind } from "./kinds.ts";

export const pluralOf = ({ name, plural }: Kind): string => plural ?? `${name}s`;

/** "coin", "3 coins" */
export function countedName(item: Pick<Item, "kind" | "count">): string {
  const kind = kindOf(item);
  return item.count === 1 ? kind.name : `${item.count} ${pluralOf(kind)}`;
}

/** The bare name, of one or of several. */
export function nameOf(item: Pick<Item, "kind" | "count">): string {
  const kind = kindOf(item);
  return item.count === 1 ? kind.name : pluralOf(kind);
}

/** "a coin", "3 coins" */
export function aName(item: Pick<Item, "kind" | "count">): string {
  return item.count === 1 ? withArticle(kindOf(item).name) : countedName(item);
}

export const theName = (item: Pick<Item, "kind" | "count">): string => `the ${nameOf(item)}`;

/** "a knife, 3 coins and a pouch" */
export const listOf = (items: readonly Pick<Item, "kind" | "count">[]): string => listed(items.map(aName));
