import type { CharacterId, InputId, UserId, WorldId } from "../lib/ids.ts";
import type { GameMessage, GameMessageType, Tell } from "../protocol/frames-out.ts";
import type { Body, WorldEvent, WorldState } from "./model.ts";
import type { Scenery } from "./prose/scenery.ts";
import type { WorldSpec } from "./spec.ts";
import type { Terrain } from "./terrain.ts";
import type { SkyOver } from "./weather/sky-over.ts";

/** What a world is, as far as it does not change while it runs. */
export type Place = {
  readonly id: WorldId;
  readonly name: string;
  readonly spec: WorldSpec;
  readonly terrain: Terrain;
};

/** One moment of a world. */
export type Scene = {
  readonly place: Place;
  readonly state: WorldState;
  readonly nowMs: number;
  readonly gameMs: number;
  /** Absent where there is none, and while nobody knows it yet. */
  readonly weather?: SkyOver;
};

export type Telling = { readonly to: CharacterId; readonly tell: Tell };

/** The player goes on as another of his characters: the socket is bound to it, and it wakes up where it is. */
export type Switch = {
  /** The command that led to it. */
  readonly inputId: InputId;
  readonly from: CharacterId;
  readonly to: {
    readonly characterId: CharacterId;
    readonly name: string;
    readonly worldId: WorldId;
    readonly travels: number;
  };
  /** What that one then does: it may be elsewhere, and walks the last part of the way itself. */
  readonly thenSay: string | null;
};

/** Words for the statue, which is asked once the turn is committed. */
export type StatueWish = {
  readonly inputId: InputId;
  readonly characterId: CharacterId;
  readonly userId: UserId;
  readonly name: string;
  readonly text: string;
  readonly isReply: boolean;
  /** It begins an interview or goes on with the open one, and answers nothing that was asked in it. */
  readonly isOpening?: true;
};

/** Somebody of a player's own who is to be in a world, made once the turn is committed. */
export type BirthWish = {
  readonly inputId: InputId;
  /** Who asks for it. */
  readonly characterId: CharacterId;
  readonly userId: UserId;
  readonly world: { readonly id: WorldId; readonly name: string };
  readonly name: string;
  readonly species: string;
  readonly role: "player" | "watcher";
};

/** Somebody has looked at what no model was asked to describe yet. */
export type Glance = { readonly userId: UserId; readonly scenery: Scenery };

/** What a command comes to. `tell` is asked after the events have happened. */
export type Decision = {
  readonly events: readonly WorldEvent[];
  readonly tell: (after: Scene) => readonly Telling[];
  readonly switch?: Switch;
  /** The game said no. */
  readonly isRefused?: true;
  readonly statue?: StatueWish;
  readonly birth?: BirthWish;
  readonly glance?: Glance;
  /** What follows from the same input once that has happened, decided by how the world is then. */
  readonly next?: (after: Scene) => Decision;
};

/** One decision, and then another. */
export function followedBy(decision: Decision, next: (after: Scene) => Decision): Decision {
  const { next: first } = decision;
  return { ...decision, next: first === undefined ? next : (after) => followedBy(first(after), next) };
}

/** One command of one who is here. */
export type Act = {
  readonly scene: Scene;
  readonly actor: Body;
  readonly inputId: InputId;
  /** The client's own name for it. */
  readonly commandId?: string;
  readonly rest: string;
};

export function telling(
  to: CharacterId,
  type: GameMessageType,
  text: string,
  metadata?: GameMessage["metadata"],
): Telling {
  return {
    to,
    tell: { kind: "message", message: metadata === undefined ? { type, text } : { type, text, metadata } },
  };
}

/** Nothing happens, and the player is told something. */
export function answer(actor: Body, type: GameMessageType, text: string, metadata?: GameMessage["metadata"]): Decision {
  return { events: [], tell: () => [telling(actor.id, type, text, metadata)] };
}

/** The game says no, in words for the player. */
export function refuse(actor: Body, text: string): Decision {
  return { ...answer(actor, "error", text), isRefused: true };
}
