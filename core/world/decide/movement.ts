import { compassIn } from "../find.ts";
import type { Body, Gait } from "../model.ts";
import { obstacleOnWay } from "../obstacles.ts";
import { witnesses } from "../perception.ts";
import { type Act, answer, type Decision, refuse, type Scene, type Telling, telling } from "../scene.ts";
import {
  bearingRad,
  type CompassDirection,
  compassOf,
  type Direction,
  directionOf,
  opposite,
  type Orientation,
  orientationOf,
  round,
  travel,
} from "../space.ts";
import { staminaAt, staminaPerMetre } from "../vitals.ts";
import { effortFactor } from "../weather/effects.ts";
import { biomeWords } from "../words.ts";
import { mapOf } from "../mini-map.ts";

export const stepsMax = 10_000;
/** Less than this is not a step. */
const stepMinM = 0.05;

const verbs: Readonly<Record<Gait, { you: string; they: string }>> = {
  walk: { you: "walk", they: "walks" },
  run: { you: "run", they: "runs" },
  sneak: { you: "sneak", they: "sneaks" },
};

export function decideMove(act: Act, direction: Direction): Decision {
  const { actor } = act;
  const steps = stepsAsked(act.rest);
  if (steps === null) return refuse(actor, `How many steps? Say a whole number from 1 to ${stepsMax}.`);
  if (steps > 1 && actor.role !== "watcher") {
    return refuse(actor, `You go one step at a time: say ${direction}. Only watchers cover a distance at once.`);
  }
  if (direction === "up" || direction === "down") return refuse(actor, `There is no way ${direction} from here.`);
  return step(act, direction, steps);
}

function step({ scene, actor }: Act, direction: CompassDirection, steps: number): Decision {
  const { spec, terrain } = scene.place;
  const asked = spec.stepM * steps;
  const bearing = bearingRad(direction);
  const obstacle = obstacleOnWay(scene.place, actor, direction, asked);
  const distance = obstacle ? obstacle.afterM : asked;
  if (distance < stepMinM) return refuse(actor, obstacle?.text ?? "You cannot go that way.");

  const cost =
    actor.role === "watcher" ? 0 : distance * staminaPerMetre[actor.gait] * effortFactor(scene, actor.position);
  const stamina = staminaAt(actor, scene.gameMs);
  if (cost > stamina) return refuse(actor, "You are too exhausted to go on. Rest a while.");

  const end = travel(spec, actor.position, bearing, distance);
  const position = { x: end.x, y: end.y, z: round(terrain.groundAt(end.x, end.y).elevationM) };
  const orientation = facing(spec.radiusM, direction, end.bearing);
  const verb = verbs[actor.gait];
  const seenBefore = witnesses(scene, actor.position, actor);
  return {
    events: [
      {
        type: "moved",
        characterId: actor.id,
        position,
        orientation,
        stamina: { value: round(stamina - cost), atGameMs: scene.gameMs },
      },
    ],
    tell(after) {
      const change = groundChange(scene, actor.position, position);
      const stopped = obstacle ? ` ${obstacle.text}` : "";
      const far = steps > 1 ? ` ${Math.round(distance)} metres` : "";
      return [
        telling(actor.id, "movement", `You ${verb.you}${far} ${direction}${change}.${stopped}`, { direction }),
        ...toldToWitnesses(after, actor, position, direction, seenBefore),
        { to: actor.id, tell: { kind: "map", map: mapOf(after, { ...actor, position, orientation }) } },
      ];
    },
  };
}

/** Over a pole the way goes on, but north has become south. */
function facing(radiusM: number | null, direction: CompassDirection, finalBearing: number): Orientation {
  if (radiusM === null) return orientationOf(direction);
  return orientationOf(compassOf(Math.sin(finalBearing), Math.cos(finalBearing)));
}

function groundChange(scene: Scene, from: Body["position"], to: Body["position"]): string {
  const before = scene.place.terrain.groundAt(from.x, from.y).biome;
  const after = scene.place.terrain.groundAt(to.x, to.y).biome;
  return before === after ? "" : `, from ${biomeWords[before].name} into ${biomeWords[after].name}`;
}

function toldToWitnesses(
  after: Scene,
  actor: Body,
  position: Body["position"],
  direction: CompassDirection,
  seenBefore: readonly Body[],
): Telling[] {
  const seesAfter = witnesses(after, position, actor);
  const before = new Set(seenBefore.map(({ id }) => id));
  const now = new Set(seesAfter.map(({ id }) => id));
  const verb = verbs[actor.gait].they;
  const who = { character_id: actor.id, name: actor.name, direction };
  return [
    ...seesAfter.map(({ id }) =>
      before.has(id)
        ? telling(id, "movement", `${actor.name} ${verb} ${direction}.`, who)
        : telling(id, "arrival", `${actor.name} comes into view from the ${opposite(direction)}.`, who),
    ),
    ...seenBefore
      .filter(({ id }) => !now.has(id))
      .map(({ id }) => telling(id, "departure", `${actor.name} goes out of sight to the ${direction}.`, who)),
  ];
}

export function decideGait(act: Act, gait: Gait): Decision {
  const { actor } = act;
  const [word = "", ...more] = act.rest.split(" ");
  const direction = compassIn(word);
  if (word !== "" && direction === null)
    return refuse(actor, `Which way do you want to ${gait}? Try \`${gait} north\`.`);
  const changed: Decision =
    actor.gait === gait
      ? answer(actor, "action", `You already ${gait}.`)
      : {
          events: [{ type: "gaitChanged", characterId: actor.id, gait }],
          tell: () => [telling(actor.id, "action", `From now on you ${gait}.`)],
        };
  if (direction === null) return changed;
  const moved = decideMove({ ...act, actor: { ...actor, gait }, rest: more.join(" ") }, direction);
  return { events: [...changed.events, ...moved.events], tell: moved.tell };
}

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
      ...witnesses(scene, actor.position, actor).map(({ id }) =>
        telling(id, "action", `${actor.name} turns to face ${direction}.`, { character_id: actor.id }),
      ),
    ],
  };
}

export function decideGo(act: Act): Decision {
  const [word = "", ...more] = act.rest.split(" ");
  const lower = word.toLowerCase();
  const direction: Direction | null = lower === "up" || lower === "down" ? lower : compassIn(lower);
  if (direction === null) return refuse(act.actor, "Which way? Try `go north`.");
  return decideMove({ ...act, rest: more.join(" ") }, direction);
}

/** 1 where nothing was said; null for nonsense. */
function stepsAsked(rest: string): number | null {
  if (rest === "") return 1;
  if (!/^\d{1,5}$/u.test(rest)) return null;
  const steps = Number(rest);
  return steps >= 1 && steps <= stepsMax ? steps : null;
}
