import type { Body } from "./model.ts";
import { surfaceM } from "./motion.ts";
import type { Place } from "./scene.ts";

/** Metres over ground or water. */
export const flightHeightMaxM = 1000;
/** Under the vault of a room. */
export const roomHeightMaxM = 3;

export function ceilingM({ spec }: Place): number {
  return spec.ground === "room" ? roomHeightMaxM : flightHeightMaxM;
}

/** Metres over ground or water; 0 of whoever does not fly. */
export function heightM({ terrain }: Place, { position, isFlying }: Body): number {
  if (!isFlying) return 0;
  return Math.max(0, position.z - surfaceM(terrain.groundAt(position.x, position.y)));
}

/** Who flies follows the land below at the height that he has. */
export function levelOfFlight(place: Place, body: Body, at: { readonly x: number; readonly y: number }): number {
  return surfaceM(place.terrain.groundAt(at.x, at.y)) + heightM(place, body);
}
