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
