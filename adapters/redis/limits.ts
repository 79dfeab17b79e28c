import { createHash } from "node:crypto";
import type { Limits } from "#core/ports/limits.ts";
import { type Redis, script } from "./connect.ts";
import { takeToken } from "./token-bucket.ts";

/**
 * One key a bucket, {limit:<hash>}: what is limited by are e-mail addresses and whatever else a stranger sends, so only their hash is
 * kept. It expires when the bucket is full again, so that forgetting it forgives nothing, or when nobody came for a day.
 */
export function redisLimits(redis: Redis): Limits {
  return {
    async take({ name, burst, perMs }, key, nowMs) {
      const hash = createHash("sha256").update(`${name}\n${key}`).digest("base64url");
      const retryAfterMs = (await redis.run(take, {
        keys: [`${redis.prefix}{limit:${hash}}`],
        args: [burst, perMs, nowMs],
      })) as number;
      return retryAfterMs === 0 ? { allowed: true } : { allowed: false, retryAfterMs };
    },
  };
}

const take = script(`${takeToken}
local burst, perMs, nowMs = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local bucket = redis.call('HMGET', KEYS[1], 'tokens', 'atMs')
local allowed, tokens, atMs, retryAfterMs = takeToken(bucket[1], bucket[2], burst, perMs, nowMs)
redis.call('HSET', KEYS[1], 'tokens', exactly(tokens), 'atMs', exactly(atMs))
-- Callers whose clocks are behind may come a little later.
local fullAfterMs = (burst - tokens) / perMs + clockJumpMs
redis.call('PEXPIRE', KEYS[1], string.format('%.0f', math.min(dayMs, fullAfterMs)))
if allowed then return 0 end
return math.max(1, retryAfterMs)
`);
