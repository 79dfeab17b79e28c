import type { Body } from "./model.ts";
import { heightM } from "./flight.ts";
import { climbMaxGrade, isDeep, type Motion, standingM, walkMaxGrade } from "./motion.ts";
import type { Place } from "./scene.ts";
import {
  bearingRad,
  type CompassDirection,
  distanceM as distanceBetweenM,
  distanceToSegment,
  exitOf,
  type Position,
  travel,
} from "./space.ts";
import type { Feature } from "./spec.ts";
import type { Ground } from "./terrain.ts";
import { biomeWords } from "./words.ts";

/** What ends a way early, after how many metres, in words that say what it was. */
export type Obstacle = { readonly afterM: number; readonly text: string };

/** The way of a body is looked at this often, so that nothing narrow is jumped over. */
const probeM = 1;
/** Who is above this flies over what stands on the ground. */
const overheadM = 4;
/** A portal fills this much of the wall to either side of its middle. */
const portalHalfWidthM = 0.75;

export type Way = { readonly direction: CompassDirection; readonly distanceM: number; readonly motion: Motion };

export function obstacleOnWay(place: Place, actor: Body, way: Way): Obstacle | null {
  const found = [wall(place, actor, way)];
  if (actor.role !== "watcher") {
    if (heightM(place, actor) < overheadM) found.push(statue(place, actor, way));
    if (way.motion !== "fly") found.push(land(place, actor, way));
  }
  return found.reduce(
    (first, next) => (first === null || (next !== null && next.afterM < first.afterM) ? next : first),
    null,
  );
}

function wall({ spec }: Place, { position }: Body, { direction, distanceM: distance }: Way): Obstacle | null {
  if (spec.bounds === null) return null;
  const end = travel(spec, position, bearingRad(direction), distance);
  const exit = exitOf(spec.bounds, position, end);
  if (exit === null) return null;
  const afterM = distance * exit.fraction;
  const at = travel(spec, position, bearingRad(direction), afterM);
  const portal = spec.features.find(
    (feature) =>
      feature.kind === "portal" &&
      distanceBetweenM(spec, { ...at, z: 0 }, { ...feature.position, z: 0 }) <= portalHalfWidthM,
  );
  if (portal) return { afterM, text: `The ${portal.name} is before you. Say \`enter ${exit.wall}\` to step through.` };
  return {
    afterM,
    text: spec.ground === "room" ? `The ${exit.wall} wall stops you.` : `The ${exit.wall} edge of the world stops you.`,
  };
}

function statue({ spec }: Place, { position }: Body, { direction, distanceM: distance }: Way): Obstacle | null {
  const end = travel(spec, position, bearingRad(direction), distance);
  let nearest: Obstacle | null = null;
  for (const feature of spec.features) {
    if (feature.kind !== "statue") continue;
    if (distanceToSegment(feature.position, position, end) >= feature.radiusM) continue;
    const afterM = wayToDisc(position, bearingRad(direction), feature);
    // Someone who stands too near already (a statue put up later) may walk away from it.
    if (afterM === null || (nearest !== null && nearest.afterM <= afterM)) continue;
    nearest = { afterM, text: `The ${feature.name} stands in your way.` };
  }
  return nearest;
}

/** Metres along the bearing to the rim of the feature; null where the way leads away from it. */
function wayToDisc(from: Position, bearing: number, feature: Extract<Feature, { kind: "statue" }>): number | null {
  const [dx, dy] = [feature.position.x - from.x, feature.position.y - from.y];
  const along = dx * Math.sin(bearing) + dy * Math.cos(bearing);
  if (along <= 0) return null;
  const aside2 = dx * dx + dy * dy - along * along;
  return Math.max(0, along - Math.sqrt(Math.max(0, feature.radiusM * feature.radiusM - aside2)) - 0.001);
}

/** Water, shores and cliffs, looked for along the whole way. */
function land({ spec, terrain }: Place, actor: Body, { direction, distanceM, motion }: Way): Obstacle | null {
  if (spec.ground === "room") return motion === "swim" ? { afterM: 0, text: noWater(direction) } : null;
  const probes = Math.max(1, Math.ceil(distanceM / probeM));
  const bearing = bearingRad(direction);
  let before = terrain.groundAt(actor.position.x, actor.position.y);
  const wasAfloat = isDeep(before);
  const gradeMax = motion === "climb" ? climbMaxGrade(actor) : walkMaxGrade;
  for (let i = 1; i <= probes; i++) {
    const at = travel(spec, actor.position, bearing, (distanceM * i) / probes);
    const ground = terrain.groundAt(at.x, at.y);
    const afterM = (distanceM * (i - 1)) / probes;
    if (motion === "swim" && ground.waterDepthM <= 0) {
      if (before.waterDepthM <= 0) return { afterM, text: noWater(direction) };
      const isFurther = i < probes;
      if (isFurther) return { afterM: (distanceM * i) / probes, text: "You feel firm ground under your feet." };
    }
    if (motion !== "swim" && isDeep(ground) && !wasAfloat)
      return { afterM, text: `Deep water stops you: ${biomeWords[ground.biome].name} lies to the ${direction}.` };
    const rise = riseBetween(before, ground);
    if (Math.abs(rise) > gradeMax * (distanceM / probes)) return { afterM, text: cliff(rise, motion) };
    before = ground;
  }
  return null;
}

/** From the ground or from the water that carries: whichever is the easier way out of it. */
function riseBetween(before: Ground, ground: Ground): number {
  const byGround = ground.elevationM - before.elevationM;
  const byWater = standingM(ground) - standingM(before);
  return Math.abs(byWater) < Math.abs(byGround) ? byWater : byGround;
}

const noWater = (direction: CompassDirection): string => `There is no water to swim in to the ${direction}.`;

function cliff(rise: number, motion: Motion): string {
  if (motion === "climb") return rise > 0 ? "It is too steep to climb." : "It is too steep to climb down.";
  return rise > 0 ? "A cliff rises before you." : "The ground drops away before you: a cliff.";
}
