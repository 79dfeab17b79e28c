import { ceilingM, heightM } from "../flight.ts";
import { mapOf } from "../mini-map.ts";
import { canFly, standingM, surfaceM } from "../motion.ts";
import { witnesses } from "../perception.ts";
import { type Act, answer, type Decision, refuse, telling } from "../scene.ts";
import { clamp, round } from "../space.ts";

/** How far up and down go where nothing is said. */
const usualM = 10;

export function decideFly(act: Act): Decision {
  const { actor, rest } = act;
  const [word = "", number = ""] = rest.toLowerCase().split(" ");
  const metres = metresIn(word === "up" || word === "down" ? number : word);
  if (metres === null)
    return refuse(actor, "How do you want to fly? Try `fly up`, `fly down` or a height in metres: `fly 50`.");
  if (word === "down") return decideHeight(act, number === "" ? -Infinity : -metres);
  if (word === "up" || word === "") return decideHeight(act, metres);
  return toHeight(act, metres);
}

/** So many metres higher, or lower. */
export function decideHeight(act: Act, byM: number): Decision {
  return toHeight(act, heightM(act.scene.place, act.actor) + byM);
}

function toHeight({ scene, actor }: Act, wishedM: number): Decision {
  const { place } = scene;
  if (!canFly(actor)) return refuse(actor, "You have no wings, and stay on the ground.");
  const height = round(clamp(wishedM, 0, ceilingM(place)));
  const before = round(heightM(place, actor));
  if (height === before) {
    const why = height === 0 ? "You are on the ground already." : `You are ${Math.round(height)} metres up already.`;
    return answer(actor, "action", height < wishedM ? `You cannot fly any higher. ${why}` : why);
  }
  const ground = place.terrain.groundAt(actor.position.x, actor.position.y);
  const isFlying = height > 0;
  const position = { ...actor.position, z: round(isFlying ? surfaceM(ground) + height : standingM(ground)) };
  const way = height > before ? "rise" : isFlying ? "sink" : "come down";
  const where = isFlying ? `to ${Math.round(height)} metres above the ground` : "to the ground";
  return {
    events: [{ type: "flew", characterId: actor.id, position, isFlying }],
    tell: (after) => [
      telling(actor.id, "movement", `You ${way} ${where}.`, { height_m: height }),
      ...witnesses(after, { ...actor, position, isFlying }).map(({ id }) =>
        telling(id, "movement", `${actor.name} ${seen[way]} ${where}.`, { character_id: actor.id, name: actor.name }),
      ),
      { to: actor.id, tell: { kind: "map", map: mapOf(after, { ...actor, position, isFlying }) } },
    ],
  };
}

const seen = { rise: "rises", sink: "sinks", "come down": "comes down" } as const;

function metresIn(word: string): number | null {
  if (word === "") return usualM;
  return /^\d{1,4}$/u.test(word) ? Number(word) : null;
}
