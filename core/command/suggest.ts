import { commandWords } from "./registry.ts";

const wordLengthMax = 20;

/** The command word nearest to a mistyped one, if it is near enough to be meant. */
export function suggestCommand(word: string): string | null {
  if (word.length > wordLengthMax) return null;
  let best: { word: string; distance: number } | null = null;
  for (const candidate of commandWords) {
    if (candidate.length < 3) continue;
    const distance = editDistance(word, candidate);
    if (best === null || distance < best.distance) best = { word: candidate, distance };
  }
  if (best === null || best.distance > Math.max(1, Math.floor(best.word.length / 2))) return null;
  return best.word;
}

/** Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours (Damerau 1964). */
export function editDistance(a: string, b: string): number {
  let [older, old] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (old[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min((old[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, substitution);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (older[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    [older, old] = [old, row];
  }
  return old[b.length] ?? 0;
}
