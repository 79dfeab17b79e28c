import type { Attributes } from "../character/model.ts";
import type { CharacterId, InputId, ItemId, NpcId, UserId, WorldId } from "../lib/ids.ts";
import type { Role } from "../protocol/character.ts";
import type { Item, Life } from "../protocol/life.ts";
import type { ClockChanger, Traveller, WorldInput } from "../protocol/world-input.ts";
import { emptyClock, type WorldClock } from "./clock.ts";
import type { LifeEvent, Reserve } from "./life-events.ts";
import type { Acquaintances } from "./inhabitants/acquaintance.ts";
import type { Motion } from "./motion.ts";
import type { CompassDirection, Orientation, Position } from "./space.ts";
import type { StepPush, WeatherHistory } from "./weather/history.ts";
import type { Wildlife, WildlifeEvent } from "./wildlife/model.ts";

export type Gait = "walk" | "run" | "sneak";

/** On the way by himself, in game time. */
export type Journey = {
  readonly direction: CompassDirection;
  readonly motion: Motion;
  /** Of the world's own length. */
  readonly leftSteps: number;
  readonly legSteps: number;
  readonly doneM: number;
  /** Game time at which the next leg has been made. */
  readonly nextAtMs: number;
};

/** Someone who is here. Whoever has left is in the tables, not in the state. */
export type Body = {
  readonly id: CharacterId;
  readonly userId: UserId;
  readonly homeWorldId: WorldId;
  readonly travels: number;
  readonly name: string;
  readonly role: Role;
  readonly species: string;
  readonly appearance: string | null;
  readonly description: string | null;
  /** null: a watcher, whom nobody perceives. */
  readonly attributes: Attributes | null;
  readonly position: Position;
  readonly orientation: Orientation;
  readonly isFlying: boolean;
  readonly gait: Gait;
  /** Absent of whoever stands. */
  readonly journey?: Journey;
  /** What was left at a moment of game time; it grows back from there. */
  readonly stamina: Reserve;
  /** The same of its health; absent while it is whole. */
  readonly health?: Reserve;
  /** Absent of a watcher, and of who came before there were things: he has nothing and has learnt nothing. */
  readonly life?: Life;
  readonly fight?: Fight;
  /** Who asked for a fight last, and until when (by the wall) it may be taken up. */
  readonly challenge?: { readonly fromId: CharacterId; readonly untilMs: number };
  readonly guardUntilGameMs?: number;
  /** Without senses until then. */
  readonly downUntilGameMs?: number;
  /** The socket broke at this wall time and may come back; null while someone is there. */
  readonly linkLostAtMs: number | null;
  /** Who told this character something last. */
  readonly replyTo: { readonly characterId: CharacterId; readonly name: string } | null;
  /** The client's names of the commands that changed something, newest last. */
  readonly recentCommandIds: readonly string[];
  /** Where the room's dark portals lead for this one: his own newest worlds. Absent: nowhere. */
  readonly portals?: readonly OwnPortal[];
  /** Whom of those who live in its home world this is. */
  readonly npcId?: NpcId;
};

/** Whom somebody goes for, and when his next stroke is due. */
export type Fight = { readonly targetId: CharacterId; readonly strikeAtGameMs: number };

/** What lies on the ground, until it decays. */
export type Thing = { readonly item: Item; readonly position: Position; readonly untilGameMs: number };

/** What was taken from a place of the land, counted at that moment of game time; it grows back from there. */
export type Patch = { readonly taken: number; readonly atGameMs: number };

export type OwnPortal = { readonly worldId: WorldId; readonly name: string };

/** A message to another world that has not yet said that it has it. It is sent until it does. */
export type Outbound = { readonly toWorldId: WorldId; readonly input: WorldInput };

/** Somebody was spoken to who lives here, and has not answered yet. */
export type Talk = {
  /** The command's. */
  readonly id: InputId;
  readonly characterId: CharacterId;
  readonly npcId: NpcId;
  readonly text: string;
  readonly atMs: number;
};

export type WorldState = {
  /** Version of the last event in it. */
  readonly version: number;
  readonly clock: WorldClock;
  /** Wall time of the last event: a world's time does not step back because its next owner's clock does. */
  readonly atMs: number;
  readonly bodies: ReadonlyMap<CharacterId, Body>;
  readonly outbound: ReadonlyMap<InputId, Outbound>;
  /** On the ground, by the id of the item. */
  readonly things: ReadonlyMap<ItemId, Thing>;
  /** Where the land has given something lately, the oldest first. */
  readonly patches: ReadonlyMap<string, Patch>;
  /** Absent until somebody has looked at its sky, and where there is none. */
  readonly weather?: WeatherHistory;
  /** Those that wait for an answer, oldest first; absent where nobody was ever spoken to. */
  readonly talks?: ReadonlyMap<InputId, Talk>;
  /** Absent where nobody was ever answered. */
  readonly acquaintances?: Acquaintances;
  /** Those who live here and have gone to another world with whoever plays them; absent where nobody ever did. */
  readonly npcsAway?: ReadonlySet<NpcId>;
  /** Absent where nobody ever put an animal. */
  readonly wildlife?: Wildlife;
  /** Absent while it lives. */
  readonly ending?: "closed" | "deleted";
  /** Inputs that changed something, newest last: one that is delivered again changes nothing. */
  readonly applied: ReadonlySet<InputId>;
};

export const recentCommandIdsMax = 64;
/** More than can be under way unacknowledged when an owner dies. */
export const appliedMax = 4096;

export type LeaveReason = "quit" | "lost" | "switched";

export type WorldEvent =
  | LifeEvent
  | WildlifeEvent
  | { readonly type: "created"; readonly name: string; readonly ownerId: UserId | null }
  | { readonly type: "began"; readonly clock: WorldClock }
  | { readonly type: "simulated"; readonly clock: WorldClock; readonly by: ClockChanger; readonly gameMs: number }
  /** Back to its first morning, by so much game time, with all who are here. What lay about is gone, and so is its weather. */
  | { readonly type: "reset"; readonly clock: WorldClock; readonly by: ClockChanger; readonly backMs: number }
  /** It ends as soon as nobody is here and nothing waits to be told to other worlds. */
  | { readonly type: "closed"; readonly by: ClockChanger }
  /** The last event of a world. */
  | { readonly type: "deleted" }
  /** What made the world fail again and again, set aside so that the world goes on. */
  | { readonly type: "inputRejected"; readonly input: WorldInput; readonly reason: string }
  | { readonly type: "paused"; readonly clock: WorldClock; readonly by: ClockChanger }
  | { readonly type: "resumed"; readonly clock: WorldClock; readonly by: ClockChanger }
  | { readonly type: "dilationChanged"; readonly clock: WorldClock; readonly by: ClockChanger }
  /** The owner could not keep up, or can again: `clock.stretch` says how much of its pace time keeps. */
  | { readonly type: "timeStretched"; readonly clock: WorldClock }
  /** Nobody ran the world for a while, and what time brings about in it was made up for. All in game time. */
  | {
      readonly type: "caughtUp";
      readonly fromMs: number;
      readonly toMs: number;
      readonly steps: number;
      readonly skippedMs: number;
    }
  /** The air was at rest some days before this step of it. What was before is forgotten. */
  | { readonly type: "weatherBegan"; readonly originStep: number }
  | { readonly type: "weatherPushed"; readonly pushes: readonly StepPush[]; readonly by: ClockChanger }
  | { readonly type: "entered"; readonly body: Body; readonly isFirstTime: boolean }
  | { readonly type: "arrived"; readonly body: Body; readonly fromWorldId: WorldId }
  | { readonly type: "linkLost"; readonly characterId: CharacterId; readonly atMs: number }
  | { readonly type: "linkRestored"; readonly characterId: CharacterId }
  | { readonly type: "left"; readonly characterId: CharacterId; readonly reason: LeaveReason }
  | {
      readonly type: "departed";
      readonly characterId: CharacterId;
      readonly messageId: InputId;
      readonly fromWorldId: WorldId;
      readonly toWorldId: WorldId;
      readonly traveller: Traveller;
    }
  | {
      readonly type: "moved";
      readonly characterId: CharacterId;
      readonly position: Position;
      readonly orientation: Orientation;
      readonly stamina: Body["stamina"];
      /** What is left of the way. Without it he stands. */
      readonly journey?: Journey;
    }
  | { readonly type: "halted"; readonly characterId: CharacterId }
  | {
      readonly type: "flew";
      readonly characterId: CharacterId;
      readonly position: Position;
      readonly isFlying: boolean;
    }
  | { readonly type: "turned"; readonly characterId: CharacterId; readonly orientation: Orientation }
  | { readonly type: "gaitChanged"; readonly characterId: CharacterId; readonly gait: Gait }
  | {
      readonly type: "spoke";
      readonly characterId: CharacterId;
      readonly manner: "say" | "shout" | "whisper" | "emote" | "tell";
      readonly text: string;
      /** Of a whisper or a tell, if that one is here. */
      readonly toCharacterId?: CharacterId;
    }
  | { readonly type: "talked"; readonly talk: Talk }
  | {
      readonly type: "answered";
      readonly talkId: InputId;
      readonly npcId: NpcId;
      readonly text: string;
      /** Whether a model found the words, or they are what everyone of this world knows. */
      readonly by: "heart" | "model";
      /** Who had said what, which is remembered. Absent in logs from before anybody remembered anything. */
      readonly to?: { readonly characterId: CharacterId; readonly words: string };
    }
  | { readonly type: "messageSent"; readonly messageId: InputId; readonly message: Outbound }
  | { readonly type: "messageSettled"; readonly messageId: InputId }
  /** The words are in the interview's own log, and nowhere else. A statue that is near is answered by `reply`. */
  | { readonly type: "statueSpoke"; readonly characterId: CharacterId; readonly isNear: boolean }
  | { readonly type: "worldMade"; readonly userId: UserId; readonly world: OwnPortal }
  | {
      readonly type: "heard";
      readonly toCharacterId: CharacterId;
      readonly sender: { readonly characterId: CharacterId; readonly name: string };
      readonly text: string;
    };

/** Where an event comes from. */
export type EventMetadata = {
  readonly atMs: number;
  readonly inputId?: InputId;
  readonly commandId?: string;
  /** Whose command it was. */
  readonly actorId?: CharacterId;
};

export const emptyWorld: WorldState = {
  version: 0,
  clock: emptyClock,
  atMs: 0,
  bodies: new Map(),
  outbound: new Map(),
  things: new Map(),
  patches: new Map(),
  applied: new Set(),
};
