import type { CharacterId } from "../lib/ids.ts";
import type { StoredEvent, StoredSnapshot } from "./world-log.ts";

/**
 * The streams of characters. Nobody appends here: an event of a character is written in the transaction of what it follows from (`Characters.create`,
 * `WorldLog.commit`, `Worlds.follow`), so that neither is there without the other.
 */
export type CharacterLog = {
  /** Events after `afterVersion`, in order, at most `limit`. [] also where there is no such character. */
  read(id: CharacterId, afterVersion: number, limit: number): Promise<StoredEvent[]>;
  /** Events before `beforeVersion`, the newest first, at most `limit`. */
  readBack(id: CharacterId, beforeVersion: number, limit: number): Promise<StoredEvent[]>;
  /** The version of the last event that happened at or before a moment, by the clocks of those who wrote them; 0 where there is none. */
  versionAt(id: CharacterId, atMs: number): Promise<number>;
  /** The one at or before a version that is nearest to it. */
  snapshotAt(id: CharacterId, version: number): Promise<StoredSnapshot | null>;
  /** Nothing depends on it, and nothing happens where the character is gone. */
  saveSnapshot(id: CharacterId, snapshot: StoredSnapshot): Promise<void>;
};
