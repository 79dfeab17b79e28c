import type { CharacterId } from "../lib/ids.ts";
import type { CharacterChange } from "../ports/world-log.ts";
import type { Body, WorldEvent } from "./model.ts";
import type { Scene } from "./scene.ts";
import { healthAt, healthMax, staminaAt } from "./vitals.ts";

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
    health: healthLeft(body, scene.gameMs),
    lastPlayedAtMs: scene.nowMs,
  };
}

/** Whom it may have changed. */
export function concernedIn(event: WorldEvent): CharacterId[] {
  if ("body" in event) return [event.body.id];
  if (!("characterId" in event)) return [];
  const { characterId } = event;
  return "toCharacterId" in event && event.toCharacterId !== undefined && event.toCharacterId !== characterId
    ? [characterId, event.toCharacterId]
    : [characterId];
}

/** Whether the table, and who plays this one, are to be told. */
export function isChanged(before: Body | undefined, after: Body | undefined): boolean {
  if (before === undefined || after === undefined) return before !== after;
  return told.some((key) => before[key] !== after[key]);
}

const told = ["position", "orientation", "stamina", "health", "life", "downUntilGameMs"] as const;

/** The same of someone who is about to be gone; null for every other event. Asked before the event is applied. */
export function departureChange(event: WorldEvent, before: Scene): CharacterChange | null {
  if (event.type !== "left" && event.type !== "departed") return null;
  const body = before.state.bodies.get(event.characterId);
  if (!body) return null;
  const change = { ...changeOf(body, before), ...(body.life && { life: body.life }) };
  if (event.type === "left") return change;
  return { ...change, worldId: event.toWorldId, travels: event.traveller.travels, hasArrived: false };
}

/** null where it is whole, which it stays however long one is away. */
export function healthLeft(body: Body, gameMs: number): number | null {
  const left = healthAt(body, gameMs);
  return left >= healthMax(body) ? null : Math.floor(left);
}
