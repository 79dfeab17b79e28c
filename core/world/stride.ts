import { levelOfFlight } from "./flight.ts";
import type { Body } from "./model.ts";
import { type Motion, standingM, staminaPerMetre } from "./motion.ts";
import { obstacleOnWay } from "./obstacles.ts";
import type { Scene } from "./scene.ts";
import {
  bearingRad,
  type CompassDirection,
  compassOf,
  type Orientation,
  orientationOf,
  type Position,
  round,
  travel,
} from "./space.ts";
import { staminaAt } from "./vitals.ts";

/** A straight stretch of somebody's way. */
export type Stride = {
  readonly distanceM: number;
  readonly position: Position;
  readonly orientation: Orientation;
  readonly stamina: Body["stamina"];
  /** What ended it early, in words. */
  readonly stoppedBy: string | null;
  /** To go straight on from its end: over a pole, north becomes south. */
  readonly onward: CompassDirection;
};

export type StrideAsked = {
  readonly direction: CompassDirection;
  readonly steps: number;
  readonly motion: Motion;
  /** Go as far as strength lasts, rather than not at all. */
  readonly mayFallShort: boolean;
};

export const exhausted = "You are too exhausted to go on. Rest a while.";
/** Less than this is not a step. */
const strideMinM = 0.05;

/** How far somebody comes, and where that is; or why not at all. The whole way is looked at, not only its end. */
export function strideOf(scene: Scene, actor: Body, asked: StrideAsked): Stride | { readonly refused: string } {
  const { spec, terrain } = scene.place;
  const { direction, motion } = asked;
  const perMetre = actor.role === "watcher" ? 0 : staminaPerMetre(scene, actor, motion);
  const stamina = staminaAt(actor, scene.gameMs);
  const affordable = asked.mayFallShort && perMetre > 0 ? Math.floor(stamina / (perMetre * spec.stepM)) : asked.steps;
  const steps = Math.min(asked.steps, affordable);
  if (steps < 1) return { refused: exhausted };
  const obstacle = obstacleOnWay(scene.place, actor, { direction, distanceM: spec.stepM * steps, motion });
  const distanceM = obstacle ? obstacle.afterM : spec.stepM * steps;
  if (distanceM < strideMinM) return { refused: obstacle?.text ?? "You cannot go that way." };
  const cost = distanceM * perMetre;
  if (cost > stamina) return { refused: exhausted };

  const end = travel(spec, actor.position, bearingRad(direction), distanceM);
  const ground = terrain.groundAt(end.x, end.y);
  const z = actor.isFlying ? levelOfFlight(scene.place, actor, end) : standingM(ground);
  const onward = spec.radiusM === null ? direction : compassOf(Math.sin(end.bearing), Math.cos(end.bearing));
  return {
    distanceM,
    position: { x: end.x, y: end.y, z: round(z) },
    orientation: orientationOf(onward),
    stamina: { value: round(stamina - cost), atGameMs: scene.gameMs },
    stoppedBy: obstacle?.text ?? (steps < asked.steps ? exhausted : null),
    onward: isTurnedAround(direction, onward) ? onward : direction,
  };
}

/** A parallel bends away from a straight line little by little: who goes east goes on east. Only a pole turns anybody around. */
function isTurnedAround(from: CompassDirection, to: CompassDirection): boolean {
  return Math.cos(bearingRad(from) - bearingRad(to)) < -0.5;
}
