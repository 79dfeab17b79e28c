import type { CharacterId, NpcId, UserId, WorldId } from "../lib/ids.ts";
import type { AttributeName, Role } from "../protocol/character.ts";
import type { Life } from "../protocol/life.ts";
import type { Orientation, Position } from "../world/space.ts";

export type Attributes = Readonly<Record<AttributeName, number>>;

/** A character as the tables know it, between the visits of a player. While it is awake, its world's owner knows better. */
export type CharacterRecord = {
  readonly id: CharacterId;
  readonly userId: UserId;
  /** Where it was made; a user has at most one character of each home. */
  readonly homeWorldId: WorldId;
  /** Where it is. */
  readonly worldId: WorldId;
  /** How many times it has gone from one world to another. The higher number knows where it is. */
  readonly travels: number;
  /** False between leaving a world and being taken in by the next. */
  readonly hasArrived: boolean;
  readonly name: string;
  readonly role: Role;
  readonly species: string;
  readonly appearance: string | null;
  readonly description: string | null;
  readonly occupation: string | null;
  /** null for a watcher, who has no body. */
  readonly attributes: Attributes | null;
  readonly position: Position;
  readonly orientation: Orientation;
  readonly isFlying: boolean;
  /** What was left at the last farewell; null for full. */
  readonly stamina: number | null;
  /** The same of its health. */
  readonly health: number | null;
  /** null before it has first been anywhere. */
  readonly life: Life | null;
  /** Whom of those who live in its home world it is; absent for a newcomer. */
  readonly npcId?: NpcId;
  readonly createdAtMs: number;
  readonly lastPlayedAtMs: number | null;
};
