import type { WorldId } from "../../lib/ids.ts";
import type { Position } from "../../world/space.ts";
import type { Attributes, CharacterRecord } from "../model.ts";

/** What a character is when it begins: all of its row that is not told apart by who asks, or when. */
export type Newborn = Omit<CharacterRecord, "id" | "userId" | "createdAtMs" | "lastPlayedAtMs">;

/** How its attributes came about, beside the template of its species. */
export type Birth = {
  /** What chance gave to and took from each; null where nothing was rolled. */
  readonly variance: Attributes | null;
  readonly bought: Partial<Attributes>;
};

export const notRolled: Birth = { variance: null, bought: {} };

/** What happens to one character, as its own stream has it. The world's log tells it step by step; here stands what a biography would have. */
export type BiographyEvent =
  | ({ readonly type: "created"; readonly character: Newborn } & Birth)
  /** It wakes up in the world where it slept. */
  | {
      readonly type: "entered";
      readonly worldId: WorldId;
      readonly position: Position;
      readonly isFirstTime: boolean;
    }
  /** It falls asleep there. */
  | {
      readonly type: "left";
      readonly worldId: WorldId;
      readonly position: Position;
      readonly reason: "quit" | "lost" | "switched";
    }
  /** It is on its way, and in neither world. */
  | {
      readonly type: "departed";
      readonly worldId: WorldId;
      readonly toWorldId: WorldId;
      readonly travels: number;
      readonly position: Position;
    }
  | {
      readonly type: "arrived";
      readonly worldId: WorldId;
      readonly fromWorldId: WorldId;
      readonly travels: number;
      readonly position: Position;
    }
  /** The world that it was in is no more. */
  | {
      readonly type: "sentHome";
      readonly worldId: WorldId;
      readonly fromWorldId: WorldId;
      readonly travels: number;
      readonly position: Position;
    }
  /** Steps are no events of a life; that it has come a good way from where it was last seen is one. */
  | { readonly type: "movedFar"; readonly worldId: WorldId; readonly position: Position };

/** Where an event comes from. */
export type BiographyMetadata = {
  readonly atMs: number;
  /** Of the event in the log of its world that it follows from. */
  readonly worldVersion?: number;
};

export type Whereabouts = "asleep" | "awake" | "travelling";

/** What follows from a stream up to one of its versions. */
export type Biography = Birth &
  Pick<
    Newborn,
    "name" | "role" | "species" | "appearance" | "description" | "occupation" | "attributes" | "homeWorldId"
  > & {
    readonly version: number;
    readonly bornAtMs: number;
    /** When the last of its events happened. */
    readonly atMs: number;
    readonly whereabouts: Whereabouts;
    /** Where it is, or is going. */
    readonly worldId: WorldId;
    readonly travels: number;
    /** Where it was seen last, in the world where that was. */
    readonly position: Position;
  };
