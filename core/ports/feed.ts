import type { WorldId } from "../lib/ids.ts";
import type { StoredEvent } from "./world-log.ts";

/** An event at its place among those of all worlds. */
export type FeedEvent = StoredEvent & {
  readonly position: number;
  readonly worldId: WorldId;
  /** By the store's clock. */
  readonly recordedAtMs: number;
};

export type EventFeed = {
  /**
   * Events after a position (0: from the first), in the order of their positions, at most `limit`; [] while there are none. Whoever goes on
   * from the last one's position misses none and gets none twice, however the appends raced: an event is held back while one before it
   * may still appear. Positions grow, those of one world with its versions, and there are gaps between them.
   */
  read(afterPosition: number, limit: number): Promise<FeedEvent[]>;
};

/** What is derived from the feed: documents by key, and how far each projection has come. */
export type Projections = {
  /** Everything up to this position is in its documents; 0 for one that has never run. */
  position(name: string): Promise<number>;
  /** Those of the documents that are there. */
  get(name: string, keys: readonly string[]): Promise<ReadonlyMap<string, unknown>>;
  /** All or nothing; null deletes. "elsewhere": the projection is not at `from`, somebody else has moved it, and nothing changes. */
  advance(step: ProjectionStep): Promise<"advanced" | "elsewhere">;
  /** Back to before the first event, without documents. */
  reset(name: string): Promise<void>;
};

export type ProjectionStep = {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly documents: ReadonlyMap<string, unknown>;
};
