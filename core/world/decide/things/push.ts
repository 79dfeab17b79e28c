import { compassIn } from "../../find.ts";
import type { LifeEvent } from "../../life-events.ts";
import { obstacleOnWay } from "../../obstacles.ts";
import { type Act, type Decision, refuse, telling } from "../../scene.ts";
import { bearingRad, compassOf, round, travel } from "../../space.ts";
import { theName } from "../../things/names.ts";
import { reachM, thingsWithin } from "../../things/on-ground.ts";
import { weightKg } from "../../things/weight.ts";
import { staminaAt } from "../../vitals.ts";
import { chosen, isRefused, seen } from "./hands.ts";

/** For each point of Might: three times what can be lifted. */
const pushKgPerMight = 3.6;

/** A step of the world's, in the direction that was named last, else ahead. */
export function decidePush(act: Act): Decision {
  const { scene, actor } = act;
  const words = act.rest.replace(/\s+(?:to|towards?)\s+(?:the\s+)?/iu, " ").split(" ");
  const named = words.length > 1 ? compassIn(words.at(-1) ?? "") : null;
  const what = (named === null ? words : words.slice(0, -1)).join(" ");
  if (what === "") return refuse(actor, "Push what? Try `push chest north`.");
  const near = thingsWithin(scene, actor.position, reachM);
  const found = chosen(
    actor,
    near.map(({ item }) => item),
    what,
    (missing) => `There is no "${missing}" within reach that could be moved.`,
  );
  if (isRefused(found)) return found;
  const thing = near.find(({ item }) => item.id === found[0]?.item.id);
  if (!thing) return refuse(actor, "There is nothing within reach that could be moved.");

  const direction = named ?? compassOf(actor.orientation.x, actor.orientation.y);
  const weight = weightKg([thing.item]);
  const name = theName(thing.item);
  if (weight > pushKgPerMight * (actor.attributes?.Might ?? 0))
    return refuse(actor, `You cannot move ${name}: too heavy.`);
  const { spec, terrain } = scene.place;
  const asked = { direction, distanceM: spec.stepM, motion: "walk" as const };
  const obstacle = obstacleOnWay(scene.place, { ...actor, position: thing.position }, asked);
  if (obstacle && obstacle.afterM < spec.stepM / 2)
    return refuse(actor, `You cannot push ${name} that way. ${obstacle.text}`);
  const cost = 1 + weight / 10;
  const stamina = staminaAt(actor, scene.gameMs);
  if (cost > stamina) return refuse(actor, "You are too exhausted for that. Rest a while.");

  const end = travel(spec, thing.position, bearingRad(direction), obstacle?.afterM ?? spec.stepM);
  const position = { x: end.x, y: end.y, z: round(terrain.groundAt(end.x, end.y).elevationM) };
  const events: LifeEvent[] = [
    { type: "pushed", characterId: actor.id, itemId: thing.item.id, position },
    { type: "tired", characterId: actor.id, stamina: { value: round(stamina - cost), atGameMs: scene.gameMs } },
  ];
  return {
    events,
    tell: () => [
      telling(actor.id, "action", `You push ${name} ${direction}.`, { direction }),
      ...seen(scene, actor, `${actor.name} pushes ${name} ${direction}.`),
    ],
  };
}
