import type { CharacterChange } from "../ports/world-log.ts";
import type { Body, WorldEvent } from "./model.ts";
import type { Scene } from "./scene.ts";
import { staminaAt } from "./vitals.ts";

/** What the table of characters is to say of someone who is here. */
export function changeOf(body: Body, scene: Scene): CharacterChange {
  return {
    id: body.id,
    worldId: scene.place.id,
    travels: body.travels,
    hasArrived: true,
    position: body.position,
    orientation: body.orientation,
    isFlying: body.isFlying,
    stamina: body.attributes === null ? null : Math.floor(staminaAt(body, scene.gameMs)),
    lastPlayedAtMs: scene.nowMs,
  };
}

/** The same of someone who is about to be gone; null for every other event. Asked before the event is applied. */
export function departureChange(event: WorldEvent, before: Scene): CharacterChange | null {
  if (event.type !== "left" && event.type !== "departed") return null;
  const body = before.state.bodies.get(event.characterId);
  if (!body) return null;
  const change = changeOf(body, before);
  if (event.type === "left") return change;
  return { ...change, worldId: event.toWorldId, travels: event.traveller.travels, hasArrived: false };
}
