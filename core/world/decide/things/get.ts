import type { Item } from "../../../protocol/life.ts";
import type { ThingEvent } from "../../life-events.ts";
import type { Body } from "../../model.ts";
import { type Act, type Decision, refuse, telling } from "../../scene.ts";
import { reachM, thingsWithin } from "../../things/on-ground.ts";
import { kindOf } from "../../things/kinds.ts";
import { idsOf } from "../../things/make.ts";
import { listOf } from "../../things/names.ts";
import type { Picked } from "../../things/pick.ts";
import { loadKg, loadMaxKg, stacksMax, weightKg } from "../../things/weight.ts";
import { asMany, chosen, fitsAmong, heldBy, isRefused, portionOf, seen } from "./hands.ts";
import { containerNamed } from "./containers.ts";
import { putIn } from "../../things/holdings.ts";

/** `get`, from the ground or out of something. */
export function decideGet(act: Act): Decision {
  const rest = act.rest.replace(/^up\s+/iu, "");
  if (rest === "") return refuse(act.actor, "Get what? Try `get knife` or `get all`.");
  const [, what, from] = /^(.+?)\s+(?:from|out of)\s+(.+)$/iu.exec(rest) ?? [];
  if (what !== undefined && from !== undefined) return outOf(act, what, from);
  const { scene, actor } = act;
  const near = thingsWithin(scene, actor.position, reachM).map(({ item }) => item);
  const found = chosen(actor, near, rest, (words) =>
    words === "" ? "There is nothing within reach." : `There is no "${words}" within reach.`,
  );
  return isRefused(found) ? found : take(act, found);
}

function outOf(act: Act, what: string, from: string): Decision {
  const { actor } = act;
  const container = containerNamed(act, from);
  if ("tell" in container) return container;
  const { item: box } = container;
  const name = kindOf(box).name;
  const found = chosen(actor, box.contents ?? [], what, (words) =>
    words === "" ? `The ${name} is empty.` : `There is no "${words}" in the ${name}.`,
  );
  return isRefused(found) ? found : take(act, found, container);
}

/** As much of it as can be carried. What is in a container of one's own is carried already. */
function take(
  { scene, actor }: Act,
  found: readonly Picked[],
  from?: { readonly item: Item; readonly isOwn: boolean },
): Decision {
  const { taken, left } = upTo(actor, found, from?.isOwn === true ? 0 : loadKg(actor));
  if (taken.length === 0) return refuse(actor, tooMuch(actor, left));
  const nextId = idsOf(scene);
  const events = taken.map((each): ThingEvent => ({
    type: "taken",
    characterId: actor.id,
    portion: portionOf(each, nextId),
    ...(from && { fromId: from.item.id }),
  }));
  const things = listOf(taken.map(asMany));
  const source = from === undefined ? "" : ` out of the ${kindOf(from.item).name}`;
  const rest = left.length === 0 ? "" : ` ${tooMuch(actor, left)}`;
  return {
    events,
    tell: () => [
      telling(actor.id, "action", `You take ${things}${source}.${rest}`),
      ...seen(scene, actor, `${actor.name} takes ${things}${source}.`),
    ],
  };
}

/** Of a pile that is too heavy as a whole, as many as one can. */
function upTo(actor: Body, found: readonly Picked[], carriedKg: number): { taken: Picked[]; left: Picked[] } {
  const [taken, left]: [Picked[], Picked[]] = [[], []];
  let load = carriedKg;
  let held = heldBy(actor);
  for (const each of found) {
    const single = weightKg([asMany({ ...each, count: 1 })]);
    const room = single === 0 ? each.count : Math.floor((loadMaxKg(actor) - load) / single + 1e-9);
    const count = Math.min(each.count, Math.max(0, room));
    const some = { ...each, count };
    if (count === 0 || !fitsAmong(held, asMany(some))) {
      left.push(each);
      continue;
    }
    taken.push(some);
    if (count < each.count) left.push({ ...each, count: each.count - count });
    load += single * count;
    held = putIn(held, asMany(some));
  }
  return { taken, left };
}

function tooMuch(actor: Body, left: readonly Picked[]): string {
  const things = listOf(left.map(asMany));
  if (heldBy(actor).length >= stacksMax) return `You have your hands full, and cannot take ${things}.`;
  return `You cannot carry ${things} as well: ${Math.round(loadKg(actor))} of ${Math.round(loadMaxKg(actor))} kg are on you already.`;
}
