import { learnOnTheWay, type LegGone } from "./learn-by-moving.ts";
import { mapOf } from "./mini-map.ts";
import type { Body, Journey, WorldEvent } from "./model.ts";
import { isDeep, type Motion, manners, motionOf, msPerMetre } from "./motion.ts";
import { witnesses } from "./perception.ts";
import { type Decision, type Scene, type Telling, telling } from "./scene.ts";
import type { CompassDirection } from "./space.ts";
import { round } from "./space.ts";
import { type Stride, strideOf } from "./stride.ts";
import { groundChange, sightingsOf } from "./told-of-moves.ts";
import { metresGone } from "./words.ts";

// Who set out walks by himself, in game time. A journey is cut into legs of whole steps, each of them one event at a moment that follows
// from the one before: however time is cut, the same legs come at the same moments.

/** Of one journey. A long one takes longer legs, not more events. */
export const legsMax = 200;
/** Of all journeys in one turn. What is left is due in the next one. */
export const legsPerTurnMax = 2000;

type Leg = { readonly motion: Motion; readonly direction: CompassDirection; readonly steps: number };

/** How long the leg takes from where the body is; at least a millisecond, so that time goes on. */
export function legMs(scene: Scene, body: Body, { motion, direction, steps }: Leg): number {
  const metres = steps * scene.place.spec.stepM;
  return Math.max(1, Math.round(metres * msPerMetre(scene, body, motion, direction)));
}

/** What all journeys come to up to the end of a span, in the order in which it happens. */
export function walkOn(scene: Scene, { toMs }: { readonly toMs: number }): Decision {
  const walks = [...scene.state.bodies.values()]
    .filter(({ journey }) => journey !== undefined && journey.nextAtMs <= toMs)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((body) => walkOf(scene, body, toMs));
  if (walks.length === 0) return { events: [], tell: () => [] };
  // Stable: those of one moment come in the order of their ids.
  const legs = walks.flatMap(({ happened }) => happened).toSorted((a, b) => a.atMs - b.atMs);
  const { events, told } = learnOnTheWay(scene, legs.slice(0, legsPerTurnMax));
  return { events, tell: (after) => [...walks.flatMap((walk) => walk.tell(after)), ...told] };
}

function walkOf(scene: Scene, body: Body, toMs: number) {
  const sightings = sightingsOf(scene, body);
  const happened: LegGone[] = [];
  const notes: string[] = [];
  let at = body;
  let end: string | null = null;
  while (at.journey && at.journey.nextAtMs <= toMs) {
    const atMs = at.journey.nextAtMs;
    const leg = legOf({ ...scene, gameMs: atMs }, at, at.journey);
    happened.push({ atMs, event: leg.event, motion: leg.motion });
    if (leg.note !== "") notes.push(leg.note);
    at = leg.after;
    end = leg.end;
  }
  const before = body.journey!;
  return {
    happened,
    tell(after: Scene): Telling[] {
      const there = after.state.bodies.get(body.id);
      // More was due than one turn does: what comes of it is told when it has come.
      if (!there || there.journey?.nextAtMs !== at.journey?.nextAtMs) return [];
      const going = { direction: before.direction, words: null };
      const { ofOthers, ofMover } = sightings(after, there, going);
      const texts = [...notes, ...(end === null ? [] : [end])];
      return [
        ...texts.map((text) => telling(body.id, "movement", text, { direction: before.direction })),
        ...ofMover,
        ...ofOthers,
        ...(end === null ? [] : halted(after, there)),
        { to: body.id, tell: { kind: "map", map: mapOf(after, there) } },
      ];
    },
  };
}

type LegDone = {
  readonly event: WorldEvent;
  /** null where he does not go on. */
  readonly motion: Motion | null;
  readonly after: Body;
  readonly note: string;
  readonly end: string | null;
};

function legOf(scene: Scene, body: Body, journey: Journey): LegDone {
  const { direction } = journey;
  const motion = motionNow(scene, body, journey.motion);
  if (motion === null) return haltedBy(body, journey, "You feel firm ground under your feet.");
  const steps = Math.min(journey.legSteps, journey.leftSteps);
  const stride = strideOf(scene, body, { direction, steps, motion, mayFallShort: true });
  if ("refused" in stride) return haltedBy(body, journey, stride.refused);
  const { position, orientation, stamina, stoppedBy } = stride;
  const doneM = round(journey.doneM + stride.distanceM);
  const left = stoppedBy === null ? journey.leftSteps - steps : 0;
  const there: Body = { ...withoutJourney(body), position, orientation, stamina };
  const next = left > 0 ? onward(scene, there, { ...journey, leftSteps: left, doneM }, stride) : undefined;
  const after = next === undefined ? there : { ...there, journey: next };
  return {
    event: {
      type: "moved",
      characterId: body.id,
      position,
      orientation,
      stamina,
      ...(next !== undefined && { journey: next }),
    },
    motion,
    after,
    note: note(scene, body, stride, { motion, direction }),
    end: next === undefined ? ended({ ...journey, doneM }, motion, stoppedBy) : null,
  };
}

/** Who set out on foot swims where the water carries him, and walks again where it does not. Who set out to swim stops at the shore. */
function motionNow(scene: Scene, body: Body, asked: Motion): Motion | null {
  if (asked === "climb" || asked === "fly") return asked;
  const here = motionOf(scene, body);
  if (asked !== "swim" || here === "swim") return here;
  const ground = scene.place.terrain.groundAt(body.position.x, body.position.y);
  return isDeep(ground) || ground.waterDepthM > 0 ? "swim" : null;
}

function onward(scene: Scene, there: Body, journey: Journey, { onward: direction }: Stride): Journey {
  const { motion, legSteps, leftSteps } = journey;
  const leg = { motion, direction, steps: Math.min(legSteps, leftSteps) };
  return { ...journey, direction, nextAtMs: journey.nextAtMs + legMs(scene, there, leg) };
}

function note(scene: Scene, body: Body, { position, onward: next }: Stride, { motion, direction }: Omit<Leg, "steps">) {
  const change = groundChange(scene, body, position);
  const over = next === direction ? "" : ` You have crossed the pole, and go on to the ${next}.`;
  return change === "" && over === "" ? "" : `You ${manners[motion].you} ${direction}${change}.${over}`;
}

function ended(journey: Journey, motion: Motion, stoppedBy: string | null): string {
  const done = `You have ${manners[motion].done} ${metresGone(journey.doneM)} ${journey.direction}.`;
  return stoppedBy === null ? done : `${done} ${stoppedBy}`;
}

function haltedBy(body: Body, journey: Journey, why: string): LegDone {
  return {
    event: { type: "halted", characterId: body.id },
    motion: null,
    after: withoutJourney(body),
    note: "",
    end: ended(journey, journey.motion, why),
  };
}

function withoutJourney({ journey: _, ...body }: Body): Body {
  return body;
}

function halted(after: Scene, { id, name }: Body): Telling[] {
  const body = after.state.bodies.get(id);
  if (!body) return [];
  return witnesses(after, body).map((viewer) =>
    telling(viewer.id, "movement", `${name} stops.`, { character_id: id, name }),
  );
}

/** Ends a journey on the way: he wants to, or something happened to him. null where he goes nowhere. */
export function halt(body: Body, why: string): Decision | null {
  if (!body.journey) return null;
  const { doneM, direction } = body.journey;
  return {
    events: [{ type: "halted", characterId: body.id }],
    tell: (after) => [
      telling(body.id, "movement", `${why} You have come ${metresGone(doneM)} ${direction}.`, {
        direction,
      }),
      ...halted(after, body),
    ],
  };
}
