import type { ItemId } from "../../../lib/ids.ts";
import type { Item } from "../../../protocol/life.ts";
import type { LifeEvent } from "../../life-events.ts";
import type { Body } from "../../model.ts";
import { kindOf, type Tool } from "../../things/kinds.ts";
import { heldBy } from "./hands.ts";

/** The one that is held, else the one that is worn down furthest: it is used up first. */
export function toolFor(actor: Body, tool: Tool): Item | null {
  const fit = heldBy(actor).filter((item) => kindOf(item).tool === tool);
  const inHand = fit.find(({ slot }) => slot !== undefined);
  return inHand ?? fit.toSorted((a, b) => (b.wear ?? 0) - (a.wear ?? 0))[0] ?? null;
}

/** One use: it wears, and breaks by the last. One of a pile first becomes a thing of its own. */
export function useOf(
  actor: Body,
  item: Item,
  nextId: () => ItemId,
): { readonly events: LifeEvent[]; readonly text: string } {
  const { durability, name } = kindOf(item);
  if (durability === undefined) return { events: [], text: "" };
  const characterId = actor.id;
  const wear = (item.wear ?? 0) + 1;
  const itemId = item.count > 1 ? nextId() : item.id;
  const apart: LifeEvent[] =
    item.count > 1 ? [{ type: "setApart", characterId, portion: { itemId: item.id, count: 1, asId: itemId } }] : [];
  if (wear >= durability)
    return { events: [...apart, { type: "broken", characterId, itemId }], text: ` Your ${name} breaks.` };
  return { events: [...apart, { type: "worn", characterId, itemId, wear }], text: "" };
}
