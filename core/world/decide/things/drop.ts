import type { LifeEvent } from "../../life-events.ts";
import { surfaceM } from "../../motion.ts";
import { type Act, type Decision, refuse, telling } from "../../scene.ts";
import { type Position, round } from "../../space.ts";
import { idsOf } from "../../things/make.ts";
import { listOf } from "../../things/names.ts";
import {
  crowdedOut,
  isRoomAt,
  lastsUntil,
  pileFor,
  placeM,
  thingsAtPlaceMax,
  thingsWithin,
} from "../../things/on-ground.ts";
import type { Picked } from "../../things/pick.ts";
import { asMany, chosen, heldBy, isRefused, looseOf, portionOf, seen } from "./hands.ts";

export function decideDrop(act: Act): Decision {
  const { scene, actor, rest } = act;
  if (rest === "") return refuse(actor, "Drop what? Try `drop knife` or `drop 3 coins`.");
  // Loose things first; what is worn only if it is named.
  const isAll = /^(?:all|everything)$/iu.test(rest.trim());
  const own = isAll ? looseOf(actor) : [...looseOf(actor), ...heldBy(actor).filter(({ slot }) => slot !== undefined)];
  const found = chosen(actor, own, rest, (words) =>
    words === "" ? "You carry nothing loose." : `You have no "${words}".`,
  );
  if (isRefused(found)) return found;
  if (!isRoomAt(scene, underneath(scene, actor)))
    return refuse(actor, "There is no room on the ground here. Step aside a little.");
  const room = thingsAtPlaceMax - thingsWithin(scene, underneath(scene, actor), placeM).length;
  return layDown(act, found.slice(0, room));
}

function layDown({ scene, actor }: Act, dropped: readonly Picked[]): Decision {
  const nextId = idsOf(scene);
  const position = underneath(scene, actor);
  const made = dropped.map((each): LifeEvent => {
    const ontoId = pileFor(scene, position, each.item);
    return {
      type: "dropped",
      characterId: actor.id,
      portion: portionOf(each, nextId),
      position,
      ...(ontoId !== null && { ontoId }),
      untilGameMs: lastsUntil(scene, each.item),
    };
  });
  const crowded = crowdedOut(scene, made.filter((event) => !("ontoId" in event)).length);
  const events: LifeEvent[] = crowded.length > 0 ? [{ type: "decayed", itemIds: crowded }, ...made] : made;
  const things = listOf(dropped.map(asMany));
  return {
    events,
    tell: () => [
      telling(actor.id, "action", `You drop ${things}.`),
      ...seen(scene, actor, `${actor.name} drops ${things}.`),
    ],
  };
}

/** What a flier lets go of falls to the ground, or onto the water. */
function underneath({ place }: Act["scene"], { position, isFlying }: Act["actor"]): Position {
  return isFlying ? { ...position, z: round(surfaceM(place.terrain.groundAt(position.x, position.y))) } : position;
}
