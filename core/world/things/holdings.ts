import type { ItemId } from "../../lib/ids.ts";
import type { Item } from "../../protocol/life.ts";
import type { Portion } from "../life-events.ts";

// What lists of items can do. Nothing here depends on the table of kinds: a log must come to the same whatever that says later.

/** Takes so many out: the others, and what was taken. null where there are not that many. */
export function takenOut(items: readonly Item[], { itemId, count, asId }: Portion): [readonly Item[], Item] | null {
  const item = items.find(({ id }) => id === itemId);
  if (item === undefined || count < 1 || count > item.count) return null;
  if (count === item.count) return [items.filter(({ id }) => id !== itemId), item];
  if (asId === undefined) return null;
  const rest = { ...item, count: item.count - count };
  return [items.map((each) => (each.id === itemId ? rest : each)), { ...item, id: asId, count }];
}

/** Adds it, loose, to a pile of its like if there is one. */
export function putIn(items: readonly Item[], item: Item): readonly Item[] {
  const { slot: _, ...loose } = item;
  const pile = items.find((each) => isLike(each, loose));
  if (pile === undefined) return [...items, loose];
  return items.map((each) => (each === pile ? joined(pile, loose) : each));
}

/** Two that are one pile from now on. */
export const joined = (pile: Item, more: Item): Item => ({ ...pile, count: pile.count + more.count });

/** Whether they could be one pile: nobody could tell one from the other. */
export function isLike(one: Item, other: Item): boolean {
  return one.kind === other.kind && isPlain(one) && isPlain(other);
}

const isPlain = ({ wear, slot, contents }: Item): boolean =>
  wear === undefined && slot === undefined && contents === undefined;

export function changed(items: readonly Item[], id: ItemId, change: (item: Item) => Item): readonly Item[] {
  return items.map((item) => (item.id === id ? change(item) : item));
}

/** So many of each kind, with what is in containers. */
export function countsOf(items: readonly Item[], into = new Map<string, number>()): Map<string, number> {
  for (const { kind, count, contents } of items) {
    into.set(kind, (into.get(kind) ?? 0) + count);
    if (contents) countsOf(contents, into);
  }
  return into;
}
