import { letterTakenMs, type Letters } from "#core/ports/mail.ts";
import type { LetterRow, MemoryTables } from "./tables.ts";

export function memoryLetters({ letters }: Pick<MemoryTables, "letters">): Letters {
  const change = (id: string, changes: Partial<LetterRow>): void => {
    const row = letters.get(id);
    if (row !== undefined) letters.set(id, { ...row, ...changes });
  };

  return {
    async put(letter) {
      const waiting = [...letters.values()].find(({ kind, to }) => kind === letter.kind && to === letter.to);
      if (waiting === undefined) letters.set(letter.id, { ...letter, attempts: 0, dueAtMs: letter.atMs });
      else change(waiting.id, { dueAtMs: Math.min(waiting.dueAtMs, letter.atMs + letterTakenMs) });
    },

    async take(nowMs, limit) {
      const due = [...letters.values()]
        .filter(({ dueAtMs }) => dueAtMs <= nowMs)
        .toSorted((one, other) => one.dueAtMs - other.dueAtMs)
        .slice(0, limit);
      return due.map(({ dueAtMs: _, ...letter }) => {
        const taken = { ...letter, attempts: letter.attempts + 1 };
        letters.set(letter.id, { ...taken, dueAtMs: nowMs + letterTakenMs });
        return taken;
      });
    },

    async postpone(id, dueAtMs) {
      change(id, { dueAtMs });
    },

    async remove(id) {
      letters.delete(id);
    },
  };
}
