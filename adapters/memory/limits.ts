import type { Limit, Limits } from "#core/ports/limits.ts";

type Bucket = { limit: Limit; tokens: number; filledAtMs: number };

export const bucketsMax = 100_000;
/** Making room takes a look at every bucket, so it is made for many at once. */
const evictedShare = 0.1;

/** Token buckets of this process. When there are too many keys, the fullest are forgotten: forgetting them forgives the least. */
export function memoryLimits(options: { bucketsMax?: number } = {}): Limits {
  const max = options.bucketsMax ?? bucketsMax;
  const buckets = new Map<string, Bucket>();

  return {
    async take(limit, key, nowMs) {
      const name = `${limit.name}\n${key}`;
      let bucket = buckets.get(name);
      if (bucket === undefined) {
        if (buckets.size >= max) evictFullest(buckets, nowMs);
        bucket = { limit, tokens: limit.burst, filledAtMs: nowMs };
        buckets.set(name, bucket);
      }
      bucket.limit = limit;
      bucket.tokens = tokensAt(bucket, nowMs);
      bucket.filledAtMs = nowMs;
      if (bucket.tokens < 1) return { allowed: false, retryAfterMs: Math.ceil((1 - bucket.tokens) / limit.perMs) };
      bucket.tokens -= 1;
      return { allowed: true };
    },
  };
}

/** A wall clock that jumped back gives nothing and takes nothing. */
function tokensAt(bucket: Bucket, nowMs: number): number {
  const elapsedMs = Math.max(0, nowMs - bucket.filledAtMs);
  return Math.min(bucket.limit.burst, bucket.tokens + elapsedMs * bucket.limit.perMs);
}

function evictFullest(buckets: Map<string, Bucket>, nowMs: number): void {
  const missing = (bucket: Bucket) => bucket.limit.burst - tokensAt(bucket, nowMs);
  const fullestFirst = [...buckets].toSorted(([, a], [, b]) => missing(a) - missing(b));
  const evicted = Math.max(1, Math.floor(buckets.size * evictedShare));
  for (const [name] of fullestFirst.slice(0, evicted)) buckets.delete(name);
}
