/** A part of what was said that stands by itself: between full stops, commas, dashes, and words such as "but". */
export type Clause = {
  /** Lower case, without accents, single spaces. What the patterns are written for. */
  readonly text: string;
  /** The same as it was said. */
  readonly raw: string;
};

export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll("ß", "ss")
    .replaceAll(/[’‘`´]/gu, "'")
    .replaceAll(/[“”„«»]/gu, '"')
    .replaceAll(/[‐‑–—−]/gu, "-")
    .replaceAll(/\s+/gu, " ")
    .trim();
}

export const clausesMax = 200;

// A comma or a point between digits belongs to a number; a dash between spaces parts clauses.
const ends =
  /(?<!\d)[.,]|[.,](?!\d)|[;:!?\n()]|\s[-–—]\s|\b(?:but|though|although|however|whereas|aber|jedoch|sondern|doch|pero|sino|aunque)\b/giu;

export function clausesOf(text: string): Clause[] {
  return text
    .normalize("NFC")
    .split(ends)
    .map((raw) => raw.replaceAll(/\s+/gu, " ").trim())
    .filter((raw) => raw !== "")
    .slice(0, clausesMax)
    .map((raw) => ({ text: fold(raw), raw }));
}

/** Between full stops only. */
export function sentencesOf(text: string): Clause[] {
  return text
    .normalize("NFC")
    .split(/(?<!\d)[.!?;\n]+|[.!?;\n]+(?!\d)/u)
    .map((raw) => raw.replaceAll(/\s+/gu, " ").trim())
    .filter((raw) => /[\p{L}\p{N}]/u.test(raw))
    .slice(0, clausesMax)
    .map((raw) => ({ text: fold(raw), raw }));
}

/** Whole words, in folded text. Alternatives as in a regular expression. */
export function words(alternatives: string): RegExp {
  return compiled(`(?<![\\p{L}\\p{N}])(?:${alternatives})(?![\\p{L}\\p{N}])`);
}

const kept = new Map<string, RegExp>();
const keptMax = 1_000;

/** The tables of words are the same for ever, and compiling them takes longer than reading an answer by them. With the flags "gu". */
export function compiled(source: string): RegExp {
  const before = kept.get(source);
  if (before !== undefined) return before;
  const pattern = new RegExp(source, "gu");
  if (kept.size < keptMax) kept.set(source, pattern);
  return pattern;
}

export function has(text: string, pattern: RegExp): boolean {
  return text.search(pattern) >= 0;
}

const negator = words(
  "no|not|never|without|isn't|aren't|don't|doesn't|won't|nothing|none|nor|neither|hardly|instead of|rather than|anything but|" +
    "kein(?:e[rsnm]?)?|nicht|nie|niemals|ohne|weder|statt|" +
    "sin|nunca|jamas|ningun[oa]?|ni|tampoco|en vez de",
);
const notANegation = words("not only|no longer|nicht nur|no solo|nothing but|nichts als");
const wordsBefore = 4;

/** Whether what stands at `index` is said not to be so: a "no" stands at most a few words before it in its clause. */
export function isNegated(text: string, index: number): boolean {
  const before = (text.slice(0, index).split(/[,;:]/u).at(-1) ?? "").replaceAll(notANegation, "");
  const last = before
    .split(" ")
    .filter((word) => word !== "")
    .slice(-wordsBefore)
    .join(" ");
  // What is said after an "and" or a "with" is no longer denied.
  const near = last.split(/\b(?:and|with|und|mit|y|con)\b/u).at(-1) ?? "";
  return has(near, negator);
}

/** Where it stands, unless it is denied. */
export function findSaid(text: string, pattern: RegExp): RegExpMatchArray | null {
  return [...text.matchAll(pattern)].find((match) => !isNegated(text, match.index)) ?? null;
}

export const isSaid = (text: string, pattern: RegExp): boolean => findSaid(text, pattern) !== null;

export function isDenied(text: string, pattern: RegExp): boolean {
  return [...text.matchAll(pattern)].some((match) => isNegated(text, match.index));
}
