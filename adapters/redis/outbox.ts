import type { CharacterId } from "#core/lib/ids.ts";
import { type Outbox, outboxFramesMax, outboxKeepMs } from "#core/ports.ts";
import { type Redis, script } from "./connect.ts";

/** UTF-8 bytes kept for one character. Beyond it the oldest frames go first. */
export const outboxBytesMax = 4 * 1024 * 1024;

/** A silent character's frames are gone for good this long after their time. */
const graceMs = 60_000;
/** For so long the count goes on after the last frame; then it starts again from 1. */
const countKeptMs = 7 * 24 * 3_600_000;

/**
 * Keys, of one slot for each character:
 *   outbox:{<characterId>}          list of "<atMs> <frame>"; the last has the number `last`
 *   outbox:{<characterId>}:count    hash: `last`, the number of the last frame; `bytes`, of all that are kept
 * Either may vanish without the other (expiry, eviction): what is left is then no answer, never a hole.
 */
export function redisOutbox(redis: Redis, options: { readonly bytesMax?: number } = {}): Outbox {
  const keysOf = (id: CharacterId) => {
    const frames = `${redis.prefix}outbox:{${id}}`;
    return [frames, `${frames}:count`];
  };
  const bytesMax = options.bytesMax ?? outboxBytesMax;
  const lastOf = async (id: CharacterId) =>
    (await redis.run(last, { keys: keysOf(id), args: [], isRepeatable: true })) as number;

  return {
    async append(id, frames, nowMs) {
      if (frames.length === 0) return (await lastOf(id)) + 1;
      const kept = frames.slice(-outboxFramesMax).map((frame) => `${nowMs} ${frame}`);
      const bounds = [nowMs - outboxKeepMs, outboxFramesMax, bytesMax, outboxKeepMs + graceMs, countKeptMs];
      return (await redis.run(append, { keys: keysOf(id), args: [frames.length, ...bounds, ...kept] })) as number;
    },

    async after(id, after, nowMs) {
      const answer = await redis.run(framesAfter, {
        keys: keysOf(id),
        args: [after, nowMs - outboxKeepMs],
        isRepeatable: true,
      });
      if (answer === null) return null;
      return (answer as string[]).map((stored, i) => ({
        seq: after + 1 + i,
        frame: stored.slice(stored.indexOf(" ") + 1),
      }));
    },

    last: lastOf,
  };
}

const append = script(`
local frames, count = KEYS[1], KEYS[2]
local added, keptSinceMs, framesMax, bytesMax = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local first = redis.call('HINCRBY', count, 'last', added) - added + 1
-- Frames whose count was lost are of no use, nor are their bytes known.
if first == 1 then redis.call('DEL', frames) end
local length = redis.call('LLEN', frames)
local bytes = length == 0 and 0 or tonumber(redis.call('HGET', count, 'bytes')) or 0
for i = 7, #ARGV do
  redis.call('RPUSH', frames, ARGV[i])
  bytes = bytes + #ARGV[i]
end
length = length + #ARGV - 6
while length > 0 do
  local oldest = redis.call('LINDEX', frames, 0)
  local atMs = tonumber(string.match(oldest, '^%d+'))
  if length <= framesMax and bytes <= bytesMax and atMs >= keptSinceMs then break end
  redis.call('LPOP', frames)
  length, bytes = length - 1, bytes - #oldest
end
redis.call('HSET', count, 'bytes', bytes)
redis.call('PEXPIRE', frames, ARGV[5])
redis.call('PEXPIRE', count, ARGV[6])
return first
`);

const framesAfter = script(`
local after, keptSinceMs = tonumber(ARGV[1]), tonumber(ARGV[2])
local last = tonumber(redis.call('HGET', KEYS[2], 'last')) or 0
if after == last then return {} end
if after > last then return false end
local missed = last - after
if redis.call('LLEN', KEYS[1]) < missed then return false end
local frames = redis.call('LRANGE', KEYS[1], -missed, -1)
if tonumber(string.match(frames[1], '^%d+')) < keptSinceMs then return false end
return frames
`);

const last = script(`return tonumber(redis.call('HGET', KEYS[2], 'last')) or 0`);
