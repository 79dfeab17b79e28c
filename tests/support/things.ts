import type { ItemId } from "#core/lib/ids.ts";
import { emptyLife, type Item, type Life } from "#core/protocol/life.ts";
import type { WorldEvent, WorldState } from "#core/world/model.ts";
import { countsOf } from "#core/world/things/holdings.ts";
import type { KindId } from "#core/world/things/kinds.ts";

/** Some things, each under the name of its kind, or under one of its own. */
export function item(kind: KindId, count = 1, more: Partial<Item> = {}): Item {
  return { id: kind as unknown as ItemId, kind, count, ...more };
}

export const having = (...items: readonly Item[]): Life => ({ ...emptyLife, items });

/** So many of each kind, wherever in the world they are. */
export function allThings({ bodies, things, outbound }: WorldState): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { life } of bodies.values()) countsOf(life?.items ?? [], counts);
  for (const { item: lying } of things.values()) countsOf([lying], counts);
  for (const { input } of outbound.values()) {
    if (input.type === "arrive") countsOf(input.traveller.life?.items ?? [], counts);
  }
  return counts;
}

/** What events say was made, less what they say was used up, broken or decayed: asked with the state before each. */
export function balanceOf(event: WorldEvent, before: WorldState): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (items: readonly Item[], sign: 1 | -1) => {
    for (const [kind, count] of countsOf(items)) counts.set(kind, (counts.get(kind) ?? 0) + sign * count);
  };
  const held = (id: string, itemId: ItemId): Item | undefined =>
    [...before.bodies.values()].find((body) => body.id === id)?.life?.items.find((each) => each.id === itemId);
  const gone = (id: string, itemId: ItemId, count?: number) => {
    const found = held(id, itemId);
    if (found) add([{ ...found, count: count ?? found.count }], -1);
  };
  switch (event.type) {
    case "entered":
    case "arrived":
      add(event.body.life?.items ?? [], 1);
      break;
    case "left":
      add(before.bodies.get(event.characterId)?.life?.items ?? [], -1);
      break;
    case "messageSettled": {
      const sent = before.outbound.get(event.messageId)?.input;
      if (sent?.type === "arrive") add(sent.traveller.life?.items ?? [], -1);
      break;
    }
    case "gathered":
      add([event.item], 1);
      break;
    case "crafted":
      for (const { itemId, count } of event.spent) gone(event.characterId, itemId, count);
      if (event.item) add([event.item], 1);
      break;
    case "consumed":
      gone(event.characterId, event.portion.itemId, event.portion.count);
      break;
    case "broken":
      gone(event.characterId, event.itemId);
      break;
    case "decayed":
      for (const id of event.itemIds)
        add(
          [before.things.get(id)?.item].flatMap((each) => each ?? []),
          -1,
        );
      break;
    default:
  }
  return counts;
}
