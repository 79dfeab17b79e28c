/** Parts of a text: where `name` is set, it names somebody or something that is known. */
export type Part = { readonly text: string; readonly name?: string };

/** More would make texts slow to look through. */
const namesMax = 200;

/** Cuts a text where it names one of these, longest names first, as whole words and without regard to case. */
export function partsOf(text: string, names: readonly string[]): Part[] {
  const wanted = [...new Set(names)].filter((name) => name.length > 1).slice(0, namesMax);
  if (wanted.length === 0) return [{ text }];
  const alternatives = wanted.toSorted((a, b) => b.length - a.length).map(escaped);
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives.join("|")})(?![\\p{L}\\p{N}])`, "giu");
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    const [found] = match;
    parts.push({ text: found, name: wanted.find((name) => name.toLowerCase() === found.toLowerCase()) ?? found });
    end = match.index + found.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

const escaped = (name: string): string => name.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
