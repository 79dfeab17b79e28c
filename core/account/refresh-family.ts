/** A refresh token that has given way to a newer one is still good for this long: another tab may hold it, or its answer was lost. */
export const refreshGraceMs = 30_000;
/** Rotations within the grace that are remembered. Past them the newest token stays the newest until the grace of one is over. */
export const rotationsKeptMax = 64;

/** The refresh tokens of one session. */
export type RefreshFamily = {
  /** Of their common secret. */
  readonly hash: string;
  /** Of the newest. */
  readonly generation: number;
  /** When each of those before the newest gave way, oldest first; at least those within the grace. Never falls. */
  readonly rotatedAtMs: readonly number[];
};

export type Presented = { readonly hash: string; readonly generation: number };

/** What becomes of the family when one of its tokens is presented. Redis does the same in adapters/redis/session-scripts.ts. */
export function present(
  family: RefreshFamily,
  { hash, generation }: Presented,
  nowMs: number,
): RefreshFamily | "reused" | "unknown" {
  if (hash !== family.hash || generation > family.generation) return "unknown";
  const isInGrace = (atMs: number | undefined) => atMs !== undefined && nowMs - atMs < refreshGraceMs;
  if (generation < family.generation) {
    return isInGrace(family.rotatedAtMs.at(generation - family.generation)) ? family : "reused";
  }
  const firstInGrace = family.rotatedAtMs.findIndex(isInGrace);
  const recent = firstInGrace === -1 ? [] : family.rotatedAtMs.slice(firstInGrace);
  if (recent.length >= rotationsKeptMax) return family;
  return { hash, generation: generation + 1, rotatedAtMs: [...recent, Math.max(nowMs, recent.at(-1) ?? 0)] };
}
