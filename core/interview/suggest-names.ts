import { rng } from "../sim/rng.ts";
import type { WorldNames } from "../ports/worlds.ts";
import { inventName } from "./invent-name.ts";
import type { Interview } from "./model.ts";

export const suggestionsMax = 3;
const candidatesMax = 8;

/** Names that nobody has taken yet, drawn from the interview's seed; `first` are tried before those. Fewer where most are taken. */
export async function suggestNames(
  names: WorldNames,
  { seed, askedCount }: Interview,
  first: readonly string[] = [],
): Promise<string[]> {
  const draw = rng(seed, "names", askedCount);
  const drawn = Array.from({ length: candidatesMax }, (_, index) => inventName(draw, 2 + (index % 2)));
  const candidates = [...new Set([...first, ...drawn])].slice(0, candidatesMax);
  const free = await Promise.all(candidates.map((name) => names.isFree(name)));
  return candidates.filter((_, index) => free[index]).slice(0, suggestionsMax);
}
