import type { Item, Slot } from "../../../protocol/life.ts";
import type { ThingEvent } from "../../life-events.ts";
import type { Body } from "../../model.ts";
import { type Act, type Decision, refuse, telling } from "../../scene.ts";
import { kindOf } from "../../things/kinds.ts";
import { idsOf } from "../../things/make.ts";
import { aName, listOf } from "../../things/names.ts";
import { pick, wantedIn } from "../../things/pick.ts";
import { stacksMax } from "../../things/weight.ts";
import { chosen, heldBy, isRefused, looseOf, portionOf, seen } from "./hands.ts";

const inHand: Readonly<Record<string, Slot>> = { main: "mainHand", right: "mainHand", off: "offHand", left: "offHand" };

export function decideEquip(act: Act): Decision {
  const { scene, actor } = act;
  if (act.rest === "") return refuse(actor, "Equip what? Try `wear cap` or `wield knife`.");
  const [, what = act.rest, hand] =
    /^(.+?)\s+(?:in|with|on)\s+(?:my\s+|the\s+)?(main|right|off|left)[\s-]?hand$/iu.exec(act.rest) ?? [];
  const found = chosen(
    actor,
    looseOf(actor),
    what,
    (words) => wornAlready(actor, words) ?? (words === "" ? "You have nothing to put on." : `You have no "${words}".`),
  );
  if (isRefused(found)) return found;
  const item = found[0]?.item;
  if (!item) return refuse(actor, "One thing at a time.");
  const slot = slotFor(actor, item, hand === undefined ? undefined : inHand[hand.toLowerCase()]);
  if (slot === null) return refuse(actor, `The ${kindOf(item).name} does not go there.`);
  if (item.count > 1 && heldBy(actor).length >= stacksMax) return refuse(actor, "You have your hands full.");
  const away = inTheWay(actor, item, slot);
  const one = portionOf({ item, count: 1 }, idsOf(scene));
  const events: ThingEvent[] = [
    ...away.map((each): ThingEvent => ({ type: "unequipped", characterId: actor.id, itemId: each.id })),
    {
      type: "equipped",
      characterId: actor.id,
      itemId: item.id,
      slot,
      ...(one.asId !== undefined && { asId: one.asId }),
    },
  ];
  const [verb, verbs] = isHand(slot) ? ["take", "takes"] : ["put on", "puts on"];
  const where = isHand(slot) ? ` into ${slot === "mainHand" ? "your main hand" : "your off hand"}` : "";
  const name = aName({ kind: item.kind, count: 1 });
  const instead = away.length === 0 ? "" : ` You put away ${listOf(away)}.`;
  return {
    events,
    tell: () => [
      telling(actor.id, "action", `You ${verb} ${name}${where}.${instead}`, { slot }),
      ...seen(scene, actor, `${actor.name} ${verbs} ${name}${isHand(slot) ? " in hand" : ""}.`),
    ],
  };
}

export function decideUnequip(act: Act): Decision {
  const { scene, actor } = act;
  if (act.rest === "") return refuse(actor, "Take off what? Try `remove cap` or `remove all`.");
  const worn = heldBy(actor).filter(({ slot }) => slot !== undefined);
  const found = chosen(actor, worn, act.rest.replace(/^off\s+/iu, ""), (words) =>
    words === "" ? "You wear nothing and hold nothing." : `You neither wear nor hold a "${words}".`,
  );
  if (isRefused(found)) return found;
  const things = listOf(found.map(({ item }) => item));
  return {
    events: found.map(({ item }): ThingEvent => ({ type: "unequipped", characterId: actor.id, itemId: item.id })),
    tell: () => [
      telling(actor.id, "action", `You put away ${things}.`),
      ...seen(scene, actor, `${actor.name} puts away ${things}.`),
    ],
  };
}

const isHand = (slot: Slot): boolean => slot === "mainHand" || slot === "offHand";

/** Where it goes: to a free place of its own, else to its first. Anything that has none of its own can be held. */
function slotFor(actor: Body, item: Item, asked: Slot | undefined): Slot | null {
  const own = kindOf(item).slots ?? (["mainHand", "offHand"] as const);
  if (asked !== undefined) return own.includes(asked) ? asked : null;
  const isFree = (slot: Slot) => heldBy(actor).every((each) => each.slot !== slot);
  return own.find(isFree) ?? own[0] ?? null;
}

/** What has to go from there, and what a second hand is needed for. */
function inTheWay(actor: Body, item: Item, slot: Slot): readonly Item[] {
  const isTwoHanded = (each: Item) => kindOf(each).isTwoHanded === true;
  return heldBy(actor).filter((each) => {
    if (each.slot === undefined) return false;
    if (each.slot === slot) return true;
    return isHand(slot) && isHand(each.slot) && (isTwoHanded(item) || isTwoHanded(each));
  });
}

function wornAlready(actor: Body, words: string): string | null {
  const found = pick(heldBy(actor), wantedIn(words));
  if ("lacking" in found || found[0]?.item.slot === undefined) return null;
  const { slot } = found[0].item;
  return `You ${isHand(slot) ? "hold" : "wear"} the ${kindOf(found[0].item).name} already.`;
}
