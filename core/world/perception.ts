import type { CharacterId } from "../lib/ids.ts";
import { clearM, sightByDayM } from "./light.ts";
import type { Body } from "./model.ts";
import { nearestOf } from "./placed.ts";
import type { Scene } from "./scene.ts";
import { isHiddenByLand } from "./sight-line.ts";
import { distanceM, type Position } from "./space.ts";
import { hearingFactor } from "./weather/effects.ts";

export const hearingM = { whisper: 5, say: 20, shout: 100 } as const;

/** Whoever looks: from where, and how well. */
export type Viewer = Pick<Body, "position" | "attributes">;

/** Average eyes count as 1: the best see half again as far, the worst half as far. */
function keenness({ attributes }: Viewer): number {
  return attributes === null ? 1 : 0.5 + attributes.Sight / 100;
}
const keennessMax = 1.5;
/** Nobody sees anybody farther than this. */
export const sightMaxM = sightByDayM * keennessMax;

/** How far this one makes out somebody who does not hide. */
export function sightM(scene: Scene, viewer: Viewer): number {
  return clearM(scene, viewer.position) * keenness(viewer);
}

/** Who sneaks is seen half as far. */
const conspicuity = ({ gait, isFlying }: Body): number => (gait === "sneak" && !isFlying ? 0.5 : 1);

export const isPerceptible = (body: Body): boolean => body.role !== "watcher";

/** By light, weather and eyes, and if no land is in between. */
export function sees(scene: Scene, viewer: Body, seen: Body): boolean {
  const reachM = sightM(scene, viewer) * conspicuity(seen);
  return (
    isPerceptible(seen) &&
    distanceM(scene.place.spec, viewer.position, seen.position) <= reachM &&
    !isHiddenByLand(scene.place, viewer.position, seen.position)
  );
}

/** Everyone else within a distance, nearest first; with `null` everyone. */
export function othersWithin(
  { place, state }: Scene,
  from: Position,
  radiusM: number,
  except: CharacterId | null,
): Body[] {
  const all = nearestOf(state.bodies, place.spec, { from, radiusM }, (to) => distanceM(place.spec, from, to));
  return all.filter(({ id }) => id !== except);
}

/** The others whom this one sees, nearest first. */
export function inSight(scene: Scene, viewer: Body): Body[] {
  return othersWithin(scene, viewer.position, sightM(scene, viewer), viewer.id).filter((seen) =>
    sees(scene, viewer, seen),
  );
}

/** The others who see this one where it is now. */
export function witnesses(scene: Scene, seen: Body): Body[] {
  if (!isPerceptible(seen)) return [];
  return othersWithin(scene, seen.position, sightMaxM, seen.id).filter((viewer) => sees(scene, viewer, seen));
}

/** How far words carry to ears that are no better than most. What is whispered is near enough in any weather. */
export function earshotM(scene: Scene, position: Position, manner: "say" | "shout"): number {
  return hearingM[manner] * hearingFactor(scene, position);
}

/** Keen ears hear up to a quarter farther; everybody hears as far as the manner says. */
const earsOf = ({ attributes }: Body): number => Math.max(1, 0.75 + (attributes?.Hearing ?? 50) / 200);
const earsMax = 1.25;

/** The others who hear this one, nearest first. */
export function hearers(scene: Scene, speaker: Body, manner: "say" | "shout"): Body[] {
  const reachM = earshotM(scene, speaker.position, manner);
  return othersWithin(scene, speaker.position, reachM * earsMax, speaker.id).filter(
    (body) => distanceM(scene.place.spec, speaker.position, body.position) <= reachM * earsOf(body),
  );
}
