import type { WorldRecord } from "../world/spec.ts";
import type { CharacterRecord } from "./model.ts";

type Born = Pick<
  CharacterRecord,
  | "homeWorldId"
  | "worldId"
  | "travels"
  | "hasArrived"
  | "position"
  | "orientation"
  | "isFlying"
  | "stamina"
  | "health"
  | "life"
  | "lastPlayedAtMs"
>;

/** What is the same for everyone who begins in a world: rested, at its spawn, and never played. */
export function bornAt(world: WorldRecord): Born {
  return {
    homeWorldId: world.id,
    worldId: world.id,
    travels: 0,
    hasArrived: true,
    position: world.spec.spawn.position,
    orientation: world.spec.spawn.orientation,
    isFlying: false,
    stamina: null,
    health: null,
    life: null,
    lastPlayedAtMs: null,
  };
}
