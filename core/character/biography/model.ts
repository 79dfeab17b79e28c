import type { CharacterId, WorldId } from "../../lib/ids.ts";
import type { SkillName } from "../../protocol/character.ts";
import type { Slot } from "../../protocol/life.ts";
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

/** How many of each kind, those in containers and those that are worn among them. */
export type Counts = Readonly<Record<string, number>>;

/** What somebody has with him and can do. */
export type Belongings = {
  readonly carried: Counts;
  readonly worn: Readonly<Partial<Record<Slot, string>>>;
  readonly levels: Readonly<Partial<Record<SkillName, number>>>;
};

export const noBelongings: Belongings = { carried: {}, worn: {}, levels: {} };

/** What happens to one character, as its own stream has it. The world's log tells it step by step; here stands what a biography would have. */
export type BiographyEvent =
  | ({ readonly type: "created"; readonly character: Newborn } & Birth)
  /** It wakes up in the world where it slept. */
  | {
      readonly type: "entered";
      readonly worldId: WorldId;
      readonly position: Position;
      readonly isFirstTime: boolean;
      readonly belongings: Belongings;
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
      readonly belongings: Belongings;
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
  | { readonly type: "movedFar"; readonly worldId: WorldId; readonly position: Position }
  /** Through whatever: found, made, bought, given. */
  | { readonly type: "gained"; readonly items: Counts }
  | { readonly type: "lost"; readonly items: Counts }
  /** `kind`: null where nothing is there any more. */
  | { readonly type: "equipped"; readonly slot: Slot; readonly kind: string | null }
  | { readonly type: "learnt"; readonly skill: SkillName; readonly level: number }
  | { readonly type: "hurt"; readonly byId: CharacterId | null; readonly health: number }
  | { readonly type: "healed"; readonly health: number }
  /** Without senses. */
  | { readonly type: "fell"; readonly byId: CharacterId | null }
  | { readonly type: "woke"; readonly worldId: WorldId; readonly position: Position };

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
    readonly belongings: Belongings;
  };
