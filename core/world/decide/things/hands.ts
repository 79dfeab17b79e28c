import type { ItemId } from "../../../lib/ids.ts";
import type { Item } from "../../../protocol/life.ts";
import type { Portion } from "../../life-events.ts";
import type { Body } from "../../model.ts";
import { witnesses } from "../../perception.ts";
import { type Decision, refuse, type Scene, type Telling, telling } from "../../scene.ts";
import { pileMax, stacksMax } from "../../things/weight.ts";
import { isLike } from "../../things/holdings.ts";
import { type Picked, pick, wantedIn } from "../../things/pick.ts";
import { pluralOf } from "../../things/names.ts";
import { kindOf } from "../../things/kinds.ts";

export const heldBy = ({ life }: Body): readonly Item[] => life?.items ?? [];

/** What is not worn, the loose things first to be dropped, given and used up. */
export const looseOf = (body: Body): readonly Item[] => heldBy(body).filter(({ slot }) => slot === undefined);

/** One part of a pile goes on under a new name; a whole one keeps its own. */
export function portionOf({ item, count }: Picked, nextId: () => ItemId): Portion {
  return count === item.count ? { itemId: item.id, count } : { itemId: item.id, count, asId: nextId() };
}

export const asMany = ({ item, count }: Picked): Item => ({ ...item, count });

/** The things that somebody means, or why there are none. `missing` says so, with what was asked for. */
export function chosen(
  actor: Body,
  items: readonly Item[],
  text: string,
  missing: (words: string) => string,
): readonly Picked[] | Decision {
  const wanted = wantedIn(text);
  const found = pick(items, wanted);
  if (!("lacking" in found)) {
    if (found.length > 0) return found;
    return refuse(
      actor,
      wanted.words === "" && wanted.count === "all" ? missing("") : missing(wanted.words.slice(0, 40)),
    );
  }
  const [first] = [pick(items, { ...wanted, count: 1 })].flatMap((each) => ("lacking" in each ? [] : each));
  if (!first) return refuse(actor, missing(wanted.words.slice(0, 40)));
  const left = Number(wanted.count) - found.lacking;
  const name = left === 1 ? kindOf(first.item).name : pluralOf(kindOf(first.item));
  return refuse(actor, `There ${left === 1 ? "is" : "are"} only ${left} ${name}.`);
}

export const isRefused = (found: readonly Picked[] | Decision): found is Decision => "tell" in found;

/** Whether one stack more finds its place among so many. */
export function fitsAmong(items: readonly Item[], item: Item): boolean {
  const { slot: _, ...loose } = item;
  const pile = items.find((each) => isLike(each, loose));
  return pile === undefined ? items.length < stacksMax : pile.count + item.count <= pileMax;
}

/** What those see who see somebody. */
export function seen(scene: Scene, actor: Body, text: string): Telling[] {
  return witnesses(scene, actor).map(({ id }) =>
    telling(id, "action", text, { character_id: actor.id, name: actor.name }),
  );
}
