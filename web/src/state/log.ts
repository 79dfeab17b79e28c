import { signal } from "@preact/signals";
import type { GameMessage } from "#core/protocol/frames-out.ts";

/** "own": what the player has typed. "note": what this client says itself. */
export type LineKind = GameMessage["type"] | "own" | "note";

export type Line = {
  readonly id: string;
  readonly kind: LineKind;
  readonly text: string;
  readonly atMs: number;
  /** Of the world that it is about, where it leads to one. */
  readonly worldId?: string;
  /** Who is speaking, where somebody is. */
  readonly speaker?: string;
  /** Of what the player has typed: not known to have arrived, or known that nobody knows. */
  readonly state?: "sending" | "lost";
};

/** What is older than this is gone from the page; the world has it for ever. */
export const linesMax = 500;

export const lines = signal<readonly Line[]>([]);

export function addLine(line: Line): void {
  // A frame that is sent again after a break has the same id.
  if (lines.value.some(({ id }) => id === line.id)) return;
  lines.value = [...lines.value, line].slice(-linesMax);
}

export function note(text: string): void {
  addLine({ id: crypto.randomUUID(), kind: "note", text, atMs: Date.now() });
}

export function markLine(id: string, state: Line["state"] | undefined): void {
  lines.value = lines.value.map((line) => {
    if (line.id !== id) return line;
    const { state: _, ...rest } = line;
    return state === undefined ? rest : { ...rest, state };
  });
}
