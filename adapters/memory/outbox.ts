import type { CharacterId } from "#core/lib/ids.ts";
import { outboxFramesMax, outboxKeepMs, type Outbox } from "#core/ports/outbox.ts";

/** UTF-16 units of all kept frames together. Beyond it, frames of the longest silent are dropped first. */
export const outboxTotalCharsMax = 128 * 1024 * 1024;
/** Characters whose last number is remembered; beyond it the longest silent starts again from 1. */
export const outboxCharactersMax = 100_000;

/** The limits are there to be made small in tests. */
export type OutboxOptions = {
  readonly totalCharsMax?: number;
  readonly charactersMax?: number;
  /**
   * The first frame of each character is numbered one above this. A process begins above all that an earlier one has
   * numbered, such as at the wall clock: a client that resumes from an old number is then told so, instead of missing frames silently.
   */
  readonly startAfter?: number;
};

type Kept = { readonly seq: number; readonly frame: string; readonly atMs: number };
type Box = { lastSeq: number; lastAtMs: number; kept: Kept[] };

export function memoryOutbox(options: OutboxOptions = {}): Outbox {
  const totalCharsMax = options.totalCharsMax ?? outboxTotalCharsMax;
  const charactersMax = options.charactersMax ?? outboxCharactersMax;
  const startAfter = options.startAfter ?? 0;
  /** The longest silent first: an append moves its box to the end. */
  const boxes = new Map<CharacterId, Box>();
  /** The same order, only those that keep frames. */
  const holding = new Map<CharacterId, Box>();
  let totalChars = 0;

  const dropFirst = (box: Box, count: number) => {
    for (const { frame } of box.kept.splice(0, count)) totalChars -= frame.length;
  };

  const dropBoxOf = (id: CharacterId, box: Box) => {
    dropFirst(box, box.kept.length);
    holding.delete(id);
  };

  const makeRoom = (nowMs: number) => {
    for (const [id, box] of holding) {
      if (totalChars <= totalCharsMax && nowMs - box.lastAtMs <= outboxKeepMs) break;
      dropBoxOf(id, box);
    }
    for (const [id, box] of boxes) {
      if (boxes.size <= charactersMax) break;
      dropBoxOf(id, box);
      boxes.delete(id);
    }
  };

  return {
    async append(id, frames, nowMs) {
      const box = boxes.get(id) ?? { lastSeq: startAfter, lastAtMs: nowMs, kept: [] };
      const first = box.lastSeq + 1;
      if (frames.length === 0) return first;
      for (const frame of frames) {
        box.kept.push({ seq: ++box.lastSeq, frame, atMs: nowMs });
        totalChars += frame.length;
      }
      dropFirst(box, Math.max(expired(box.kept, nowMs), box.kept.length - outboxFramesMax));
      box.lastAtMs = nowMs;
      moveToEnd(boxes, id, box);
      moveToEnd(holding, id, box);
      makeRoom(nowMs);
      return first;
    },

    async after(id, after, nowMs) {
      const box = boxes.get(id);
      if (after === (box?.lastSeq ?? startAfter)) return [];
      if (box === undefined || after > box.lastSeq) return null;
      const kept = box.kept.slice(expired(box.kept, nowMs));
      const firstKept = kept[0]?.seq ?? box.lastSeq + 1;
      if (after + 1 < firstKept) return null;
      return kept.slice(after + 1 - firstKept).map(({ seq, frame }) => ({ seq, frame }));
    },

    last: async (id) => boxes.get(id)?.lastSeq ?? startAfter,
  };
}

/** How many at the front are older than what is promised. */
function expired(kept: readonly Kept[], nowMs: number): number {
  const firstYoung = kept.findIndex(({ atMs }) => nowMs - atMs <= outboxKeepMs);
  return firstYoung === -1 ? kept.length : firstYoung;
}

function moveToEnd<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): void {
  map.delete(key);
  map.set(key, value);
}
