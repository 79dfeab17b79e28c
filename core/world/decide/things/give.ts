import { bodyNamed, npcNamed } from "../../find.ts";
import { npcsInSight } from "../../inhabitants/describe.ts";
import type { ThingEvent } from "../../life-events.ts";
import type { Body } from "../../model.ts";
import { inSight, witnesses } from "../../perception.ts";
import { type Act, type Decision, refuse, telling } from "../../scene.ts";
import { distanceM } from "../../space.ts";
import { putIn } from "../../things/holdings.ts";
import { idsOf } from "../../things/make.ts";
import { listOf } from "../../things/names.ts";
import type { Picked } from "../../things/pick.ts";
import { easyLoadKg, loadKg, weightKg } from "../../things/weight.ts";
import { asMany, chosen, fitsAmong, heldBy, isRefused, looseOf, portionOf } from "./hands.ts";

/** From hand to hand. */
export const givingM = 3;

export function decideGive(act: Act): Decision {
  const { scene, actor } = act;
  const [, what, whom] = /^(.+)\s+to\s+(.+)$/iu.exec(act.rest) ?? [];
  if (what === undefined || whom === undefined) return refuse(actor, "Give what to whom? Try `give knife to Ana`.");
  const found = chosen(actor, looseOf(actor), what, (words) =>
    words === ""
      ? "You have nothing to give."
      : `You have no "${words}" in your hands or your pack. What you wear you take off first.`,
  );
  if (isRefused(found)) return found;
  const receiver = bodyNamed(inSight(scene, actor), whom);
  const npc = receiver ? null : npcNamed(npcsInSight(scene, actor), whom);
  if (npc) return refuse(actor, `${npc.person.name} thanks you kindly, and lets you keep it.`);
  if (!receiver) return refuse(actor, `You see nobody called "${whom.slice(0, 40)}" here.`);
  if (distanceM(scene.place.spec, actor.position, receiver.position) > givingM)
    return refuse(actor, `${receiver.name} is too far away to be handed anything.`);
  const why = whyNot(receiver, found);
  if (why !== null) return refuse(actor, why);
  return hand(act, receiver, found);
}

/** Nobody's pack is made heavy by others, nor filled while he is not there to say no. */
function whyNot(receiver: Body, found: readonly Picked[]): string | null {
  if (receiver.linkLostAtMs !== null) return `${receiver.name} stares into the distance and takes nothing.`;
  if (receiver.downUntilGameMs !== undefined) return `${receiver.name} lies senseless and takes nothing.`;
  const gift = found.map(asMany);
  if (loadKg(receiver) + weightKg(gift) > easyLoadKg(receiver))
    return `${receiver.name} could not carry that with ease.`;
  let held = heldBy(receiver);
  for (const item of gift) {
    if (!fitsAmong(held, item)) return `${receiver.name} has both hands full.`;
    held = putIn(held, item);
  }
  return null;
}

function hand({ scene, actor }: Act, receiver: Body, given: readonly Picked[]): Decision {
  const nextId = idsOf(scene);
  const events = given.map((each): ThingEvent => ({
    type: "given",
    characterId: actor.id,
    toCharacterId: receiver.id,
    portion: portionOf(each, nextId),
  }));
  const things = listOf(given.map(asMany));
  const about = { character_id: actor.id, name: actor.name, recipient_id: receiver.id, recipient: receiver.name };
  return {
    events,
    tell: () => [
      telling(actor.id, "action", `You give ${things} to ${receiver.name}.`, about),
      telling(receiver.id, "action", `${actor.name} gives you ${things}.`, about),
      ...witnesses(scene, actor)
        .filter(({ id }) => id !== receiver.id)
        .map(({ id }) => telling(id, "action", `${actor.name} gives ${things} to ${receiver.name}.`, about)),
    ],
  };
}
