import type { CharacterId, ItemId } from "../lib/ids.ts";
import type { SkillName } from "../protocol/character.ts";
import type { Guide, Item, Slot } from "../protocol/life.ts";
import type { Position } from "./space.ts";

/** So many of a pile. What is split off a larger one goes on under an id of its own. */
export type Portion = { readonly itemId: ItemId; readonly count: number; readonly asId?: ItemId };

/** At a moment of game time; it changes by itself from there. */
export type Reserve = { readonly value: number; readonly atGameMs: number };

/** What the land gave at a place, by `patchKey`. */
export type Gathered = { readonly patch: string; readonly taken: number; readonly atGameMs: number };

/** Things change hands. Each moves as much as it says, or nothing: none of them makes or loses anything but those that say so. */
export type ThingEvent =
  /** Made, out of the land. */
  | { readonly type: "gathered"; readonly characterId: CharacterId; readonly item: Item; readonly from: Gathered }
  /** From the ground; or, with `fromId`, out of a container there or of his own. */
  | {
      readonly type: "taken";
      readonly characterId: CharacterId;
      readonly portion: Portion;
      readonly fromId?: ItemId;
    }
  /** Into a container on the ground or of his own. */
  | {
      readonly type: "stowed";
      readonly characterId: CharacterId;
      readonly portion: Portion;
      readonly intoId: ItemId;
    }
  | {
      readonly type: "dropped";
      readonly characterId: CharacterId;
      readonly portion: Portion;
      readonly position: Position;
      /** The pile it joins. */
      readonly ontoId?: ItemId;
      /** Of game time: then it is gone. */
      readonly untilGameMs: number;
    }
  | {
      readonly type: "given";
      readonly characterId: CharacterId;
      readonly toCharacterId: CharacterId;
      readonly portion: Portion;
    }
  | {
      readonly type: "equipped";
      readonly characterId: CharacterId;
      readonly itemId: ItemId;
      readonly slot: Slot;
      /** Of one of a pile. */
      readonly asId?: ItemId;
    }
  | { readonly type: "unequipped"; readonly characterId: CharacterId; readonly itemId: ItemId }
  /** Used up, to the good of who used it. */
  | {
      readonly type: "consumed";
      readonly characterId: CharacterId;
      readonly portion: Portion;
      readonly health?: Reserve;
      readonly stamina?: Reserve;
    }
  /** Used up for something that is made; without `item` nothing came of it. */
  | {
      readonly type: "crafted";
      readonly characterId: CharacterId;
      readonly recipe: string;
      readonly spent: readonly Portion[];
      readonly item?: Item;
    }
  /** One of a pile becomes a thing of its own. */
  | { readonly type: "setApart"; readonly characterId: CharacterId; readonly portion: Portion }
  /** What it took out of somebody. */
  | { readonly type: "tired"; readonly characterId: CharacterId; readonly stamina: Reserve }
  | { readonly type: "worn"; readonly characterId: CharacterId; readonly itemId: ItemId; readonly wear: number }
  | { readonly type: "broken"; readonly characterId: CharacterId; readonly itemId: ItemId }
  | {
      readonly type: "pushed";
      readonly characterId: CharacterId;
      readonly itemId: ItemId;
      readonly position: Position;
    }
  /** What lay on the ground for too long. */
  | { readonly type: "decayed"; readonly itemIds: readonly ItemId[] };

export type LearningEvent =
  | Practised
  | { readonly type: "guided"; readonly characterId: CharacterId; readonly guide: Guide };

type Practised = {
  readonly type: "practised";
  readonly characterId: CharacterId;
  /** What teaches less when it is done again at once. */
  readonly action: string;
  readonly skill: SkillName;
  readonly xp: number;
  readonly atMs: number;
};

export type FightEvent =
  /** One who has to agree was asked. */
  | {
      readonly type: "challenged";
      readonly characterId: CharacterId;
      readonly toCharacterId: CharacterId;
      readonly untilMs: number;
    }
  /** From now on `characterId` goes for `targetId`, and strikes when it is time. */
  | {
      readonly type: "fightBegan";
      readonly characterId: CharacterId;
      readonly targetId: CharacterId;
      readonly strikeAtGameMs: number;
    }
  /** One stroke, hit or miss; the next one is due then. */
  | { readonly type: "struck"; readonly characterId: CharacterId; readonly strikeAtGameMs: number }
  | { readonly type: "guarded"; readonly characterId: CharacterId; readonly untilGameMs: number }
  | { readonly type: "fightEnded"; readonly characterId: CharacterId }
  | {
      readonly type: "hurt";
      readonly characterId: CharacterId;
      readonly byId: CharacterId | null;
      readonly health: Reserve;
    }
  /** Without senses until then. */
  | {
      readonly type: "fell";
      readonly characterId: CharacterId;
      readonly byId: CharacterId | null;
      readonly untilGameMs: number;
    }
  | {
      readonly type: "woke";
      readonly characterId: CharacterId;
      readonly position: Position;
      readonly health: Reserve;
    };

export type LifeEvent = ThingEvent | LearningEvent | FightEvent;
