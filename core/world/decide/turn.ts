import { compassIn } from "../find.ts";
import { halt } from "../journey.ts";
import { witnesses } from "../perception.ts";
import { type Act, answer, type Decision, refuse, telling } from "../scene.ts";
import { type Direction, directionOf, orientationOf } from "../space.ts";

export function decideFace({ scene, actor, rest }: Act): Decision {
  const looking = directionOf(actor.orientation);
  if (rest === "") return answer(actor, "info", `You are facing ${looking}.`);
  const word = rest.toLowerCase().replace(/^to\s+/u, "");
  const direction: Direction | null = word === "up" || word === "down" ? word : compassIn(word);
  if (direction === null) return refuse(actor, "You can face north, northeast, east and so on, up or down.");
  if (direction === looking) return answer(actor, "action", `You are facing ${direction} already.`);
  return {
    events: [{ type: "turned", characterId: actor.id, orientation: orientationOf(direction) }],
    tell: () => [
      telling(actor.id, "action", `You turn to face ${direction}.`, { direction }),
      ...witnesses(scene, actor).map(({ id }) =>
        telling(id, "action", `${actor.name} turns to face ${direction}.`, { character_id: actor.id }),
      ),
    ],
  };
}

export function decideStop({ actor }: Act): Decision {
  return halt(actor, "You stop.") ?? answer(actor, "action", "You are not on your way anywhere.");
}
