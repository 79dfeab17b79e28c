import type { ErrorCode } from "../lib/errors.ts";
import type { Slot } from "./life.ts";
import type { MapData } from "./map.ts";

/** Largest frame a client is sent, in bytes of UTF-8. */
export const frameOutBytesMax = 128 * 1024;
/** Offered as a WebSocket subprotocol, it turns on sequence numbers, resume and several objects in one frame. */
export const subprotocolV1 = "thousand-worlds.v1";

export type GameMessageType =
  | "system"
  | "area_description"
  | "movement"
  | "info"
  | "error"
  | "action"
  | "speech_self"
  | "speech"
  | "whisper_self"
  | "whisper"
  | "tell_self"
  | "tell"
  | "emote"
  | "dialogue"
  | "player_list"
  | "arrival"
  | "departure"
  | "combat"
  | "crafting_success"
  | "crafting_error"
  | "time"
  | "weather"
  | "start_interview"
  | "trigger_entry_options"
  | "map_update"
  | "world_map_data";

/** What a domain says to one character. The teller adds id, timestamp and whatever the connection's protocol wants. */
export type GameMessage = {
  readonly type: GameMessageType;
  /** Never contains `<`, `>` or a control character other than a newline. */
  readonly text: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** How a screen reader should say it, where reading `text` aloud would be poor. */
  readonly speech?: string;
};

/** One thing, or a pile of them. What is worn is among them, and in `equipment` as well. */
export type CarriedThing = {
  readonly id: string;
  readonly name: string;
  /** Its kind: the same for all things that are alike. */
  readonly type: string;
  readonly quantity: number;
  /** Of all of it, with what is in it, in kilograms. */
  readonly weight: number;
  readonly slot: Slot | null;
  /** Uses left and of a new one, of what wears out. */
  readonly durability?: number;
  readonly maxDurability?: number;
  readonly contents?: readonly CarriedThing[];
};

export type StateUpdate = {
  readonly hp: number;
  readonly maxHP: number;
  readonly stamina: number;
  readonly maxStamina: number;
  readonly focus: number;
  readonly maxFocus: number;
  readonly position: { readonly x: number; readonly y: number; readonly z: number };
  readonly inventory: readonly CarriedThing[];
  readonly equipment: Readonly<Record<Slot, { id: string; name: string } | null>>;
  readonly visibleTiles: readonly unknown[];
  readonly stats: Readonly<Record<string, number>>;
};

export type ErrorFrame = { readonly code: ErrorCode; readonly message: string; readonly id?: string };

/** One thing to tell one character, before a connection's protocol has shaped it. */
export type Tell =
  | { readonly kind: "message"; readonly message: GameMessage; readonly commandId?: string }
  | { readonly kind: "state"; readonly state: StateUpdate }
  | { readonly kind: "map"; readonly map: MapData }
  | { readonly kind: "error"; readonly error: ErrorFrame };

export type FrameOut =
  | { type: "game_message"; data: GameMessage & { id: string; timestamp: string } }
  | { type: "state_update"; data: StateUpdate }
  | { type: "map_update"; data: MapData }
  | { type: "error"; data: ErrorFrame }
  | { type: "pong" };
