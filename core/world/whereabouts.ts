import type { Body } from "./model.ts";
import type { Scene } from "./scene.ts";
import { type CompassDirection, compassOf, offsetM, type Position } from "./space.ts";
import { aboutMetres } from "./words.ts";

/** Higher or lower than this is worth saying. */
const levelM = 5;

/** "3 metres away to the north", "20 metres away to the east, above you" */
export function whereabouts(scene: Scene, viewer: Body, position: Position): string {
  const { east, north } = offsetM(scene.place.spec, viewer.position, position);
  const distance = Math.hypot(east, north);
  const flat = distance < 0.5 ? "right here" : `${aboutMetres(distance)} to the ${compassOf(east, north)}`;
  const rise = position.z - viewer.position.z;
  // On a slope everything is above or below; only what is steeply so is told.
  if (Math.abs(rise) < Math.max(levelM, distance / 2)) return flat;
  return `${flat}, ${Math.round(Math.abs(rise))} metres ${rise > 0 ? "above" : "below"} you`;
}

/** Which way it lies; null for what is right here. */
export function directionTo(scene: Scene, viewer: Body, position: Position): CompassDirection | null {
  const { east, north } = offsetM(scene.place.spec, viewer.position, position);
  return Math.hypot(east, north) < 0.5 ? null : compassOf(east, north);
}
