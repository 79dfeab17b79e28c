import type { CharacterRecord } from "../character/model.ts";
import type { WorldId } from "../lib/ids.ts";
import type { Life } from "../protocol/life.ts";

/** A fact as it is stored. */
export type StoredEvent = {
  /** Its place in its stream, from 1, without gaps. */
  readonly version: number;
  readonly type: string;
  /** Of the payload's shape, from 1: older shapes are upcast when read. */
  readonly schemaVersion: number;
  readonly payload: unknown;
  readonly metadata: unknown;
};

export type NewEvent = Omit<StoredEvent, "version">;

/** What the tables of characters are told in the transaction that appends the events that say so. */
export type CharacterChange = Pick<
  CharacterRecord,
  "id" | "worldId" | "travels" | "hasArrived" | "position" | "orientation" | "isFlying"
> & {
  readonly stamina: number | null;
  readonly health: number | null;
  readonly lastPlayedAtMs: number;
  /** Only where it has changed, and when it goes along to another world: what the row has stays without it. */
  readonly life?: Life;
  /** What is appended to its own stream (core/character/biography), in order. */
  readonly biography?: readonly NewEvent[];
};

export type Commit = {
  readonly worldId: WorldId;
  readonly fence: number;
  /** Version of the last event the writer knows; 0 for none. */
  readonly expectedVersion: number;
  readonly events: readonly NewEvent[];
  readonly characters: readonly CharacterChange[];
};

export type StoredSnapshot = { readonly version: number; readonly hash: string; readonly state: unknown };

export type WorldLog = {
  /**
   * All or nothing, durable when it resolves. "stale-fence": a newer owner exists. "wrong-version": the stream has moved on.
   * A character's row and its stream change only if its `travels` is not older than what is there; versions of its stream have no gaps, whoever
   * appends to it at the same time. Of several changes of one character the row takes the furthest travelled, and the stream the events of all.
   */
  commit(commit: Commit): Promise<"committed" | "stale-fence" | "wrong-version">;
  /** Events after `afterVersion`, in order, at most `limit`. */
  read(worldId: WorldId, afterVersion: number, limit: number): Promise<StoredEvent[]>;
  latestSnapshot(worldId: WorldId): Promise<StoredSnapshot | null>;
  /** The one at or before a version that is nearest to it. */
  snapshotAt(worldId: WorldId, version: number): Promise<StoredSnapshot | null>;
  /** The newest ones are kept, and for ever one of every `eventsPerMilestone` versions: for who asks what was. */
  saveSnapshot(worldId: WorldId, snapshot: StoredSnapshot): Promise<void>;
  /** What a replay must reach: versions and hashes of the snapshots that are kept, lowest version first. */
  snapshotHashes(worldId: WorldId): Promise<Pick<StoredSnapshot, "version" | "hash">[]>;
};

export const eventsPerMilestone = 10_000;
