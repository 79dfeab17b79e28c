import type { CharacterRecord } from "../character/model.ts";
import type { CharacterId, UserId, WorldId } from "../lib/ids.ts";

export type Characters = {
  /** Atomic: a user has at most one character of each home world. */
  create(character: CharacterRecord): Promise<"created" | "exists">;
  get(id: CharacterId): Promise<CharacterRecord | null>;
  getMany(ids: readonly CharacterId[]): Promise<CharacterRecord[]>;
  /** Last played first; never played after those, newest first. */
  ofUser(userId: UserId): Promise<CharacterRecord[]>;
  /** The user's character whose home is this world. */
  ofHome(userId: UserId, homeWorldId: WorldId): Promise<CharacterRecord | null>;
  /** Sets when it was last played and the account's last world, together. */
  recordJoin(id: CharacterId, atMs: number): Promise<void>;
};
