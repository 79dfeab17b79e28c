export type Summary = { readonly min: number; readonly median: number };

export function summary(values: readonly number[]): Summary {
  return { min: Math.min(...values), median: quantile(values, 0.5) };
}

/** Linear between the two nearest ranks. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const [low, high] = [sorted[Math.floor(at)] ?? NaN, sorted[Math.ceil(at)] ?? NaN];
  return low + (high - low) * (at - Math.floor(at));
}

/** The chance that one of `higher` is above one of `lower`, ties counting half (Mann–Whitney's U over the number of pairs): 0.5 tells nothing. */
export function areaUnderCurve(higher: readonly number[], lower: readonly number[]): number {
  let above = 0;
  for (const a of higher) for (const b of lower) above += a > b ? 1 : a === b ? 0.5 : 0;
  return above / (higher.length * lower.length);
}
