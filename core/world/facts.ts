import type { CharacterRecord } from "../character/model.ts";
import type { OwnPortal } from "./model.ts";
import type { Prose } from "./prose/scenery.ts";
import type { Outlook } from "./weather/outlook.ts";
import type { CharacterId, UserId, WorldId } from "../lib/ids.ts";

export type OnlineCharacter = {
  readonly characterId: CharacterId;
  readonly userId: UserId;
  readonly username: string;
  readonly characterName: string;
  readonly worldId: WorldId;
};

export type WorldSummary = {
  readonly id: WorldId;
  readonly name: string;
  readonly shape: string;
  readonly theme: string;
};

export type Onward = { readonly worldId: WorldId; readonly characterId: CharacterId };

/** What a decision needs to know of the outside. It is looked up before the turn and comes with the input. */
export type Facts = {
  /** Of a line with several commands: of the second one and those after it, in their order. */
  readonly following?: readonly Facts[];
  /** Of `who`: everyone connected. Of `tell` and `reply`: those whom the words may mean. */
  readonly online?: readonly OnlineCharacter[];
  /** Of `who` and `worlds`. */
  readonly worlds?: readonly WorldSummary[];
  /** Of `enter`, `lobby`, `watcher` and `create`: where the way leads, and whom this player has there. */
  readonly destination?: { readonly world: WorldSummary; readonly own: CharacterRecord | null } | null;
  /** Of `world`: whose it is, and whether everyone may shape it. */
  readonly standing?: { readonly ownerId: UserId | null; readonly isSandbox: boolean; readonly isAdmin?: boolean };
  /** Of `reply`, where nobody else was heard last: whether this player has ever talked with the statue, or may have begun to. */
  readonly knowsStatue?: boolean;
  /** Of whoever comes into the lobby: his own worlds, newest first. */
  readonly ownWorlds?: readonly OwnPortal[];
  /** Of `talk`: a model may find the words of whoever is spoken to. */
  readonly canThink?: boolean;
  /** Of `look`: what models have made of places here. */
  readonly prose?: Prose;
  /** Of `weather forecast`; null where nobody could tell. */
  readonly outlook?: Outlook | null;
  /** Of `connected` and `arrive`, and of a command that nobody waits for any more: the row of someone who is not in the state, or may leave it. */
  readonly character?: CharacterRecord | null;
  /** Of a command or words for someone who is not in the state: where they are to go, and to whom. */
  readonly onward?: Onward;
};
