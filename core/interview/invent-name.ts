import type { Rng } from "../sim/rng.ts";

const openings = ["A", "Be", "Ca", "Da", "E", "Fa", "Gi", "Ha", "I", "Jo", "Ka", "Lu", "Ma", "Ne", "O", "Pe", "Ra", "Se", "Ta", "U", "Ve", "Wy", "Ya", "Ze"]; // prettier-ignore
const middles = ["ra", "li", "no", "the", "mi", "ve", "lo", "sa", "ri", "du", "ne", "ka"];
const closings = ["n", "ra", "lis", "th", "mar", "dor", "wyn", "sha", "len", "rim", "va", "nia"];

/** A name of so many syllables, drawn from the stream. */
export function inventName(draw: Rng, syllables: number): string {
  const inner = Array.from({ length: Math.max(0, syllables - 2) }, () => pick(draw, middles)).join("");
  return `${pick(draw, openings)}${inner}${pick(draw, closings)}`;
}

export function pick<Item>(draw: Rng, items: readonly Item[]): Item {
  return items[draw.int(items.length)]!;
}
