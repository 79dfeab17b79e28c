import type { Body } from "./model.ts";
import type { Place } from "./scene.ts";
import {
  bearingRad,
  type CompassDirection,
  distanceM,
  distanceToSegment,
  exitOf,
  type Position,
  travel,
} from "./space.ts";
import type { Feature } from "./spec.ts";
import { biomeWords } from "./words.ts";

/** What ends a way early, after how many metres, in words that say what it was. */
export type Obstacle = { readonly afterM: number; readonly text: string };

/** Nobody walks up or down what is steeper than this (rise over run). */
const climbMax = 1;
/** Deeper water stops a walker. */
const wadeMaxM = 0.9;
/** The way is looked at this often, so that nothing narrow is jumped over. */
const probeM = 1;
const probesMax = 200;
/** A portal fills this much of the wall to either side of its middle. */
const portalHalfWidthM = 0.75;

export function obstacleOnWay(
  place: Place,
  actor: Body,
  direction: CompassDirection,
  distance: number,
): Obstacle | null {
  const found = [wall(place, actor, direction, distance)];
  if (actor.role !== "watcher") {
    found.push(statue(place, actor, direction, distance), land(place, actor, direction, distance));
  }
  return found.reduce(
    (first, next) => (first === null || (next !== null && next.afterM < first.afterM) ? next : first),
    null,
  );
}

function wall({ spec }: Place, { position }: Body, direction: CompassDirection, distance: number): Obstacle | null {
  if (spec.bounds === null) return null;
  const end = travel(spec, position, bearingRad(direction), distance);
  const exit = exitOf(spec.bounds, position, end);
  if (exit === null) return null;
  const afterM = distance * exit.fraction;
  const at = travel(spec, position, bearingRad(direction), afterM);
  const portal = spec.features.find(
    (feature) =>
      feature.kind === "portal" && distanceM(spec, { ...at, z: 0 }, { ...feature.position, z: 0 }) <= portalHalfWidthM,
  );
  if (portal) return { afterM, text: `The ${portal.name} is before you. Say \`enter ${exit.wall}\` to step through.` };
  return {
    afterM,
    text: spec.ground === "room" ? `The ${exit.wall} wall stops you.` : `The ${exit.wall} edge of the world stops you.`,
  };
}

function statue({ spec }: Place, { position }: Body, direction: CompassDirection, distance: number): Obstacle | null {
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

/** Water and cliffs, looked for along the whole way. */
function land(
  { spec, terrain }: Place,
  { position }: Body,
  direction: CompassDirection,
  distance: number,
): Obstacle | null {
  if (spec.ground === "room") return null;
  const probes = Math.min(probesMax, Math.max(1, Math.ceil(distance / probeM)));
  const bearing = bearingRad(direction);
  let before = terrain.groundAt(position.x, position.y);
  const isSwimming = before.waterDepthM > wadeMaxM;
  for (let i = 1; i <= probes; i++) {
    const at = travel(spec, position, bearing, (distance * i) / probes);
    const ground = terrain.groundAt(at.x, at.y);
    const afterM = (distance * (i - 1)) / probes;
    if (ground.waterDepthM > wadeMaxM && !isSwimming) {
      return { afterM, text: `Deep water stops you: ${biomeWords[ground.biome].name} lies to the ${direction}.` };
    }
    const rise = ground.elevationM - before.elevationM;
    if (Math.abs(rise) > climbMax * (distance / probes)) {
      return { afterM, text: rise > 0 ? "A cliff rises before you." : "The ground drops away before you: a cliff." };
    }
    before = ground;
  }
  return null;
}
