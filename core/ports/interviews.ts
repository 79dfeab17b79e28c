import type { InterviewId } from "../interview/model.ts";
import type { UserId, WorldId } from "../lib/ids.ts";
import type { NewEvent, StoredEvent } from "./world-log.ts";

export type InterviewStatus = "open" | "completed" | "abandoned";

export type StoredInterview = {
  readonly id: InterviewId;
  readonly userId: UserId;
  readonly status: InterviewStatus;
  /** All of them, in order. */
  readonly events: readonly StoredEvent[];
};

export type InterviewMaking = { readonly id: InterviewId; readonly userId: UserId; readonly worldId: WorldId };

/** What was said in interviews, and what came of it. They go with their account. */
export type Interviews = {
  /**
   * Atomic, durable when it resolves: a user has at most one that is open. null where it has begun; else the id of the one that is open,
   * and nothing changed.
   */
  begin(
    interview: { readonly id: InterviewId; readonly userId: UserId; readonly atMs: number },
    firstEvents: readonly NewEvent[],
  ): Promise<InterviewId | null>;
  get(id: InterviewId): Promise<StoredInterview | null>;
  /** The one that is open. */
  openOf(userId: UserId): Promise<InterviewId | null>;
  /** The one that is open, else the one that was begun last. */
  latestOf(userId: UserId): Promise<InterviewId | null>;
  /** Those whose world is being made, what was changed longest ago first, at most `limit`. */
  making(limit: number): Promise<InterviewMaking[]>;
  /** All or nothing, durable when it resolves. "wrong-version": somebody else was quicker, or there is none, and nothing changed. */
  append(
    id: InterviewId,
    change: {
      readonly expectedVersion: number;
      readonly events: readonly NewEvent[];
      readonly status: InterviewStatus;
      /** The world that it is making from now on; null: none (any more). */
      readonly makes: WorldId | null;
      readonly atMs: number;
    },
  ): Promise<"appended" | "wrong-version">;
};
