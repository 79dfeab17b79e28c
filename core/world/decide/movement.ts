import { compassIn } from "../find.ts";
import type { Body, Gait, Journey } from "../model.ts";
import { legsMax, legMs } from "../journey.ts";
import { type Motion, manners, motionOf } from "../motion.ts";
import { lessonOfMoving } from "../learn-by-moving.ts";
import { mapOf } from "../mini-map.ts";
import { type Act, answer, type Decision, refuse, type Scene, telling } from "../scene.ts";
import { type CompassDirection, type Direction, round } from "../space.ts";
import { type Stride, strideOf } from "../stride.ts";
import { groundChange, sightingsOf } from "../told-of-moves.ts";
import { decideHeight } from "./fly.ts";

/** Of one command. */
export const stepsMax = 10_000;

export function decideMove(act: Act, direction: Direction, motion = motionOf(act.scene, act.actor)): Decision {
  const { actor } = act;
  const steps = stepsAsked(act.rest);
  if (steps === null) return refuse(actor, `How many steps? Say a whole number from 1 to ${stepsMax}.`);
  if (direction === "up" || direction === "down") return decideUpOrDown(act, direction, steps);
  const isAtOnce = steps === 1 || actor.role === "watcher";
  return isAtOnce ? move(act, { direction, steps, motion }) : setOut(act, { direction, steps, motion });
}

/** Who has wings of some kind rises and sinks; others need stairs, and there are none. */
function decideUpOrDown(act: Act, direction: "up" | "down", steps: number): Decision {
  const { actor, scene } = act;
  if (!actor.isFlying) return refuse(actor, `There is no way ${direction} from here.`);
  const byM = steps * scene.place.spec.stepM;
  return decideHeight(act, direction === "up" ? byM : -byM);
}

type Asked = { readonly direction: CompassDirection; readonly steps: number; readonly motion: Motion };

function move({ scene, actor }: Act, asked: Asked): Decision {
  const stride = strideOf(scene, actor, { ...asked, mayFallShort: false });
  if ("refused" in stride) return refuse(actor, stride.refused);
  const { direction, steps, motion } = asked;
  const far = steps > 1 ? ` ${Math.round(stride.distanceM)} metres` : "";
  const words = `You ${manners[motion].you}${far} ${direction}${groundChange(scene, actor, stride.position)}.`;
  return moved({ scene, actor, stride, motion, direction, words });
}

/** The first step is made at once; the rest is up to the system of journeys. */
function setOut({ scene, actor }: Act, asked: Asked): Decision {
  const { direction, steps, motion } = asked;
  const stride = strideOf(scene, actor, { ...asked, steps: 1, mayFallShort: false });
  if ("refused" in stride) return refuse(actor, stride.refused);
  const way = `You set out to the ${direction}, ${steps} steps at ${paceWords[motion]}.`;
  if (stride.stoppedBy !== null) return moved({ scene, actor, stride, motion, direction, words: way });
  const there: Body = { ...actor, position: stride.position };
  const legSteps = Math.ceil((steps - 1) / legsMax);
  const journey: Journey = {
    direction: stride.onward,
    motion,
    leftSteps: steps - 1,
    legSteps,
    doneM: round(stride.distanceM),
    nextAtMs: scene.gameMs + legMs(scene, there, { motion, direction: stride.onward, steps: legSteps }),
  };
  return moved({ scene, actor, stride, motion, direction, words: `${way} \`stop\` ends it.`, journey });
}

const paceWords: Readonly<Record<Motion, string>> = {
  walk: "a walk",
  run: "a run",
  sneak: "a sneak",
  swim: "a swim",
  climb: "a climb",
  fly: "flight",
};

type Moved = {
  readonly scene: Scene;
  readonly actor: Body;
  readonly stride: Stride;
  readonly motion: Motion;
  readonly direction: CompassDirection;
  readonly words: string;
  readonly journey?: Journey;
};

function moved({ scene, actor, stride, motion, direction, words, journey }: Moved): Decision {
  const { position, orientation, stamina } = stride;
  const sightings = sightingsOf(scene, actor);
  const lesson = lessonOfMoving(scene, actor, motion);
  return {
    events: [
      {
        type: "moved",
        characterId: actor.id,
        position,
        orientation,
        stamina,
        ...(journey !== undefined && { journey }),
      },
      ...(lesson === null ? [] : [lesson.event]),
    ],
    tell(after) {
      const stopped = stride.stoppedBy === null ? "" : ` ${stride.stoppedBy}`;
      const there = after.state.bodies.get(actor.id) ?? { ...actor, position, orientation };
      const { ofOthers, ofMover } = sightings(after, there, { direction, words: manners[motion].they });
      return [
        telling(actor.id, "movement", `${words}${stopped}`, { direction }),
        ...ofMover,
        ...ofOthers,
        ...(lesson?.told ?? []),
        { to: actor.id, tell: { kind: "map", map: mapOf(after, there) } },
      ];
    },
  };
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
  const moving = decideMove({ ...act, actor: { ...actor, gait }, rest: more.join(" ") }, direction);
  return { events: [...changed.events, ...moving.events], tell: moving.tell };
}

export function decideGo(act: Act): Decision {
  const [word = "", ...more] = act.rest.split(" ");
  const lower = word.toLowerCase();
  const direction: Direction | null = lower === "up" || lower === "down" ? lower : compassIn(lower);
  if (direction === null) return refuse(act.actor, "Which way? Try `go north`.");
  return decideMove({ ...act, rest: more.join(" ") }, direction);
}

/** Into water, or up and down what is too steep for feet. */
export function decideSwimOrClimb(act: Act, motion: "swim" | "climb"): Decision {
  const [word = "", ...more] = act.rest.split(" ");
  const direction = compassIn(word);
  if (direction === null) return refuse(act.actor, `Which way do you want to ${motion}? Try \`${motion} north\`.`);
  if (motion === "climb" && act.scene.place.spec.ground === "room")
    return refuse(act.actor, "The walls are smooth, and there is nothing else to climb.");
  if (act.actor.isFlying) return refuse(act.actor, "You are in the air. `fly down` takes you to the ground.");
  return decideMove({ ...act, rest: more.join(" ") }, direction, motion);
}

/** 1 where nothing was said; null for nonsense. */
function stepsAsked(rest: string): number | null {
  if (rest === "") return 1;
  if (!/^\d{1,5}$/u.test(rest)) return null;
  const steps = Number(rest);
  return steps >= 1 && steps <= stepsMax ? steps : null;
}
