import type { Item } from "../../../protocol/life.ts";
import type { ThingEvent } from "../../life-events.ts";
import { type Act, answer, type Decision, refuse, telling } from "../../scene.ts";
import { putIn } from "../../things/holdings.ts";
import { kindOf } from "../../things/kinds.ts";
import { idsOf } from "../../things/make.ts";
import { listOf } from "../../things/names.ts";
import { reachM, thingsWithin } from "../../things/on-ground.ts";
import { type Picked, pickOne } from "../../things/pick.ts";
import { weightKg } from "../../things/weight.ts";
import { asMany, chosen, fitsAmong, heldBy, isRefused, looseOf, portionOf, seen } from "./hands.ts";

export type Container = { readonly item: Item; readonly isOwn: boolean };

/** One's own, else one within reach. */
export function containerNamed({ scene, actor }: Act, text: string): Container | Decision {
  const own = heldBy(actor);
  const near = thingsWithin(scene, actor.position, reachM).map(({ item }) => item);
  const boxes = (items: readonly Item[]) => items.filter(({ contents }) => contents !== undefined);
  const mine = pickOne(boxes(own), text);
  const item = mine ?? pickOne(boxes(near), text);
  if (item) return { item, isOwn: mine !== null };
  const other = pickOne([...own, ...near], text);
  const name = text.slice(0, 40);
  return refuse(
    actor,
    other ? `Nothing goes into the ${kindOf(other).name}.` : `You have no "${name}", and there is none within reach.`,
  );
}

export function decideOpen(act: Act): Decision {
  const { actor } = act;
  if (act.rest === "") return refuse(actor, "Open what? Try `open pouch`.");
  const container = containerNamed(act, act.rest);
  if ("tell" in container) return container;
  const { contents = [] } = container.item;
  const { name, holdsKg = 0 } = kindOf(container.item);
  const text = contents.length === 0 ? `The ${name} is empty.` : `In the ${name}: ${listOf(contents)}.`;
  const room = Math.max(0, holdsKg - weightKg(contents));
  return answer(actor, "info", `${text} There is room for ${Math.round(room * 10) / 10} kg.`, {
    container: container.item.id,
    contents: contents.map(({ id, kind, count }) => ({ id, type: kind, quantity: count })),
  });
}

/** `put <thing> in <container>` */
export function decidePut(act: Act): Decision {
  const { scene, actor } = act;
  const [, what, into] = /^(.+?)\s+(?:in|into|inside|onto|on)\s+(.+)$/iu.exec(act.rest) ?? [];
  if (what === undefined || into === undefined) return refuse(actor, "Put what into what? Try `put 3 coins in pouch`.");
  const container = containerNamed(act, into);
  if ("tell" in container) return container;
  const box = container.item;
  const own = looseOf(actor).filter(({ id }) => id !== box.id);
  const found = chosen(actor, own, what, (words) => {
    if (words === "") return "You have nothing to put in.";
    return pickOne([box], words) ? `The ${kindOf(box).name} does not go into itself.` : `You have no "${words}".`;
  });
  if (isRefused(found)) return found;
  const { stowed, why } = fitting(found, box);
  if (stowed.length === 0) return refuse(actor, why);
  const nextId = idsOf(scene);
  const events = stowed.map((each): ThingEvent => ({
    type: "stowed",
    characterId: actor.id,
    portion: portionOf(each, nextId),
    intoId: box.id,
  }));
  const [things, name] = [listOf(stowed.map(asMany)), kindOf(box).name];
  const rest = stowed.length < found.length ? ` ${why}` : "";
  return {
    events,
    tell: () => [
      telling(actor.id, "action", `You put ${things} into the ${name}.${rest}`),
      ...seen(scene, actor, `${actor.name} puts ${things} into a ${name}.`),
    ],
  };
}

function fitting(found: readonly Picked[], box: Item): { stowed: Picked[]; why: string } {
  const { name, holdsKg = 0 } = kindOf(box);
  const stowed: Picked[] = [];
  let contents = box.contents ?? [];
  let why = "";
  for (const each of found) {
    const some = asMany(each);
    if (some.contents !== undefined) why = `A ${kindOf(some).name} does not go into another thing that holds things.`;
    else if (weightKg(contents) + weightKg([some]) > holdsKg + 1e-9) why = `The ${name} does not hold that much.`;
    else if (!fitsAmong(contents, some)) why = `The ${name} is full.`;
    else {
      stowed.push(each);
      contents = putIn(contents, some);
    }
  }
  return { stowed, why };
}
