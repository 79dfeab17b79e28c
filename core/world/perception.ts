import type { CharacterId } from "../lib/ids.ts";
import type { Body } from "./model.ts";
import type { Scene } from "./scene.ts";
import { skyAt } from "./sky.ts";
import { distanceM, type Position } from "./space.ts";
import { hearingFactor, sightFactor } from "./weather/effects.ts";

export const hearingM = { whisper: 5, say: 20, shout: 100 } as const;

const sightByDayM = 60;
const sightByNightM = 15;

/** How far a person can be made out. A room is lit. */
export function sightM(scene: Scene, position: Position): number {
  if (scene.place.spec.ground === "room") return sightByDayM;
  const isNight = skyAt(scene.place.spec, scene.gameMs, position).daypart === "night";
  return (isNight ? sightByNightM : sightByDayM) * sightFactor(scene, position);
}

/** How far words carry from here. What is whispered is near enough in any weather. */
export function earshotM(scene: Scene, position: Position, manner: "say" | "shout"): number {
  return hearingM[manner] * hearingFactor(scene, position);
}

export const isPerceptible = (body: Body): boolean => body.role !== "watcher";

/** Everyone else within a distance, nearest first. */
export function othersWithin(scene: Scene, from: Position, radiusM: number, except: CharacterId): Body[] {
  const near: { body: Body; distance: number }[] = [];
  for (const body of scene.state.bodies.values()) {
    if (body.id === except) continue;
    const distance = distanceM(scene.place.spec, from, body.position);
    if (distance <= radiusM) near.push({ body, distance });
  }
  return near.toSorted((a, b) => a.distance - b.distance || (a.body.id < b.body.id ? -1 : 1)).map(({ body }) => body);
}

/** The others whom someone standing here sees. */
export function inSight(scene: Scene, viewer: Body): Body[] {
  return othersWithin(scene, viewer.position, sightM(scene, viewer.position), viewer.id).filter(isPerceptible);
}

/** The others who see someone standing here. */
export function witnesses(scene: Scene, at: Position, seen: Body): Body[] {
  return isPerceptible(seen) ? othersWithin(scene, at, sightM(scene, at), seen.id) : [];
}
