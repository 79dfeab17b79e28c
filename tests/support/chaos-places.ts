import type { Place } from "./chaos-invariants.ts";
import type { Frame } from "./frames.ts";

/**
 * Where somebody was told to be, one place after the other. A state does not name its world: whoever comes into one is told his state, and then
 * where he is; to others it says where they are in the world that was named last.
 */
export function placesTold(): { readonly places: readonly Place[]; take(frame: Frame): void } {
  const places: Place[] = [];
  let worldId: string | null = null;
  let unnamed: Omit<Place, "worldId"> | null = null;
  return {
    places,
    take(frame) {
      const named = worldNamedBy(frame);
      if (unnamed !== null) {
        const of = named?.isHere === true ? named.worldId : worldId;
        if (of !== null) places.push({ ...unnamed, worldId: of });
        unnamed = null;
      }
      worldId = named?.worldId ?? worldId;
      if (frame.type === "state_update") unnamed = { x: frame.data.position.x, y: frame.data.position.y };
    },
  };
}

/** Of a description it is the world where one is, of a movement the one to which one goes. */
function worldNamedBy(frame: Frame): { readonly worldId: string; readonly isHere: boolean } | null {
  if (frame.type !== "game_message" || !["area_description", "movement"].includes(frame.data.type)) return null;
  const worldId = frame.data.metadata?.["world_id"];
  return typeof worldId === "string" ? { worldId, isHere: frame.data.type === "area_description" } : null;
}
