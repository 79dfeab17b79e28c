import { signal } from "@preact/signals";
import { abridged } from "#client/abridged.ts";
import type { LineKind } from "./log.ts";
import { settings } from "./settings.ts";

/** What a screen reader is given to say, a few lines at a time; replaced, never added to. */
export const announcement = signal<{ readonly turn: number; readonly lines: readonly string[] }>({
  turn: 0,
  lines: [],
});

/** Lines that come together are said together; more than this many are counted, not said. */
const togetherMs = 600;
const saidMax = 4;

const important: ReadonlySet<LineKind> = new Set([
  "speech",
  "whisper",
  "tell",
  "emote",
  "error",
  "system",
  "note",
  "trigger_entry_options",
]);

let waiting: { readonly text: string; readonly isImportant: boolean }[] = [];

export function announce(kind: LineKind, text: string): void {
  const { announce: wanted } = settings.value;
  const isImportant = important.has(kind);
  if (text === "" || kind === "own" || wanted === "nothing" || (wanted === "important" && !isImportant)) return;
  if (waiting.length === 0) setTimeout(sayWaiting, togetherMs);
  waiting.push({ text, isImportant });
}

function sayWaiting(): void {
  const all = waiting;
  waiting = [];
  announcement.value = { turn: announcement.value.turn + 1, lines: abridged(all, saidMax) };
}
