import type { Birth } from "../character/biography/model.ts";
import type { CharacterRecord } from "../character/model.ts";
import type { CharacterId, NpcId, UserId, WorldId } from "../lib/ids.ts";

export type Characters = {
  /**
   * Atomic, with the first event of its stream, in which `birth` is kept. "exists": the user has one of this home world already, or the id was
   * given before, and nothing changes. "npc-taken": somebody else is that one who lives there; of any number that race for him exactly one gets him.
   */
  create(character: CharacterRecord, birth?: Birth): Promise<"created" | "exists" | "npc-taken">;
  /** Those who live in this world and are somebody's character now. */
  inhabited(homeWorldId: WorldId): Promise<ReadonlySet<NpcId>>;
  get(id: CharacterId): Promise<CharacterRecord | null>;
  getMany(ids: readonly CharacterId[]): Promise<CharacterRecord[]>;
  /** Last played first; never played after those, newest first. */
  ofUser(userId: UserId): Promise<CharacterRecord[]>;
  /** The user's character whose home is this world. */
  ofHome(userId: UserId, homeWorldId: WorldId): Promise<CharacterRecord | null>;
  /** Sets when it was last played and the account's last world, together. */
  recordJoin(id: CharacterId, atMs: number): Promise<void>;
};
