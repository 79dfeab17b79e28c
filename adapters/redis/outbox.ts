import type { CharacterId } from "#core/lib/ids.ts";
import { type Outbox, outboxFramesMax, outboxKeepMs } from "#core/ports/outbox.ts";
import { type Redis, script } from "./connect.ts";

/** UTF-8 bytes kept for one character. Beyond it the oldest frames go first. */
export const outboxBytesMax = 4 * 1024 * 1024;

/** A silent character's frames are gone for good this long after their time. */
const graceMs = 60_000;
/** For so long the count goes on after the last frame; then it starts again. */
const countKeptMs = 7 * 24 * 3_600_000;

export type RedisOutboxOptions = {
  readonly bytesMax?: number;
  /**
   * The first frame of a character of whom nothing is known is numbered one above the time, and so above all that a Redis which has lost its
   * data has numbered: a client that resumes from an old number is then told so, instead of missing frames silently.
   */
  readonly numbersFromTime?: boolean;
};

/**
 * Keys, of one slot for each character:
 *   outbox:{<characterId>}          list of "<atMs> <frame>"; the last has the number `last`
 *   outbox:{<characterId>}:count    hash: `last`, the number of the last frame; `bytes`, of all that are kept
 * Either may vanish without the other (expiry, eviction): what is left is then no answer, never a hole.
 */
export function redisOutbox(redis: Redis, options: RedisOutboxOptions = {}): Outbox {
  const keysOf = (id: CharacterId) => {
    const frames = `${redis.prefix}outbox:{${id}}`;
    return [frames, `${frames}:count`];
  };
  const { bytesMax = outboxBytesMax, numbersFromTime = false } = options;
  const lastOf = async (id: CharacterId) =>
    (await redis.run(last, { keys: keysOf(id), args: [], isRepeatable: true })) as number;

  return {
    async append(id, frames, nowMs) {
      if (frames.length === 0) return (await lastOf(id)) + 1;
      const kept = frames.slice(-outboxFramesMax).map((frame) => `${nowMs} ${frame}`);
      const bounds = [nowMs - outboxKeepMs, outboxFramesMax, bytesMax, outboxKeepMs + graceMs, countKeptMs];
      const args = [frames.length, numbersFromTime ? nowMs : 0, ...bounds, ...kept];
      return (await redis.run(append, { keys: keysOf(id), args })) as number;
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
local added, startAfter, keptSinceMs = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3])
local framesMax, bytesMax = tonumber(ARGV[4]), tonumber(ARGV[5])
-- Frames whose count was lost are of no use, nor are their bytes known.
if redis.call('HSETNX', count, 'last', startAfter) == 1 then redis.call('DEL', frames) end
local first = redis.call('HINCRBY', count, 'last', added) - added + 1
local length = redis.call('LLEN', frames)
local bytes = length == 0 and 0 or tonumber(redis.call('HGET', count, 'bytes')) or 0
for i = 8, #ARGV do
  redis.call('RPUSH', frames, ARGV[i])
  bytes = bytes + #ARGV[i]
end
length = length + #ARGV - 7
while length > 0 do
  local oldest = redis.call('LINDEX', frames, 0)
  local atMs = tonumber(string.match(oldest, '^%d+'))
  if length <= framesMax and bytes <= bytesMax and atMs >= keptSinceMs then break end
  redis.call('LPOP', frames)
  length, bytes = length - 1, bytes - #oldest
end
redis.call('HSET', count, 'bytes', bytes)
redis.call('PEXPIRE', frames, ARGV[6])
redis.call('PEXPIRE', count, ARGV[7])
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
