import type { Item, Slot } from "../../protocol/life.ts";
import type { CarriedThing, StateUpdate } from "../../protocol/frames-out.ts";
import { kindOf } from "./kinds.ts";
import { nameOf } from "./names.ts";
import { weightKg } from "./weight.ts";

// Lists of items are never changed, and with every step the same one is told again.
const told = new WeakMap<readonly Item[], readonly CarriedThing[]>();

/** Everything that somebody has, as clients are told of it. */
export function inventoryOf(items: readonly Item[]): readonly CarriedThing[] {
  const known = told.get(items) ?? items.map(carried);
  told.set(items, known);
  return known;
}

function carried(item: Item): CarriedThing {
  const { durability } = kindOf(item);
  return {
    id: item.id,
    name: nameOf(item),
    type: item.kind,
    quantity: item.count,
    weight: Math.round(weightKg([item]) * 1000) / 1000,
    slot: item.slot ?? null,
    ...(durability !== undefined && { durability: durability - (item.wear ?? 0), maxDurability: durability }),
    ...(item.contents !== undefined && { contents: inventoryOf(item.contents) }),
  };
}

export function equipmentOf(items: readonly Item[]): StateUpdate["equipment"] {
  const wornOn = (slot: Slot) => {
    const item = items.find((each) => each.slot === slot);
    return item === undefined ? null : { id: item.id, name: kindOf(item).name };
  };
  return {
    head: wornOn("head"),
    chest: wornOn("chest"),
    legs: wornOn("legs"),
    feet: wornOn("feet"),
    mainHand: wornOn("mainHand"),
    offHand: wornOn("offHand"),
  };
}
