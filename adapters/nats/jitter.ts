/** A wait between two bounds, so that those who were cut off together do not all come back at the same moment. */
export function jitterMs({ min, max }: { readonly min: number; readonly max: number }): number {
  return min + Math.random() * (max - min);
}
