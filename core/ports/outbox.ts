import type { CharacterId } from "../lib/ids.ts";

/** Frames kept for resume, numbered from 1 for each character. */
export type Outbox = {
  /** Keeps the frames for at least two minutes (at most `outboxFramesMax`), and answers the number of the first. */
  append(id: CharacterId, frames: readonly string[], nowMs: number): Promise<number>;
  /** Everything after `after`, in order; null where some of it is no longer kept or was never there. */
  after(
    id: CharacterId,
    after: number,
    nowMs: number,
  ): Promise<{ readonly seq: number; readonly frame: string }[] | null>;
  /** The number of the last frame; 0 for none. */
  last(id: CharacterId): Promise<number>;
};

export const outboxFramesMax = 1000;

export const outboxKeepMs = 150_000;
