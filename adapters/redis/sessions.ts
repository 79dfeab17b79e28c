import type { Session } from "#core/account/model.ts";
import type { SessionId, UserId } from "#core/lib/ids.ts";
import type { Sessions } from "#core/ports.ts";
import { type Redis, script } from "./connect.ts";

/** Expired sessions that one new session sweeps up. */
const sweptMax = 100;

/**
 * Keys, in one slot of a cluster because a new session sweeps the user's dead ones:
 *   {sessions}:id:<id>       "<createdAtMs> <expiresAtMs> <userId>", or "" once revoked, until it expires
 *   {sessions}:of:<userId>   sorted set of ids by expiry, until the last expires
 *
 * A revoked session keeps its place as an empty value, and a session is written only where nothing is: a creation that a slow network
 * delivers twice cannot bring it back.
 */
export function redisSessions(redis: Redis): Sessions {
  const base = `${redis.prefix}{sessions}:`;
  const keyOf = (id: SessionId) => `${base}id:${id}`;
  return {
    async create({ id, userId, createdAtMs, expiresAtMs }) {
      await redis.run(create, {
        keys: [keyOf(id), `${base}of:${userId}`],
        args: [id, `${createdAtMs} ${expiresAtMs} ${userId}`, createdAtMs, expiresAtMs, base, sweptMax],
        isRepeatable: true,
      });
    },

    async get(id, nowMs) {
      return sessionOf(id, await redis.get(keyOf(id)), nowMs);
    },

    async revoke(id) {
      await redis.run(revoke, { keys: [keyOf(id)], args: [], isRepeatable: true });
    },

    async ofUser(userId, nowMs) {
      const call = { keys: [`${base}of:${userId}`], args: [base], isRepeatable: true };
      const pairs = (await redis.run(ofUser, call)) as [SessionId, string][];
      return pairs
        .map(([id, stored]) => sessionOf(id, stored, nowMs))
        .filter((session) => session !== null)
        .toSorted((one, other) => other.createdAtMs - one.createdAtMs || (one.id < other.id ? -1 : 1));
    },

    async revokeAll(userId) {
      const call = { keys: [`${base}of:${userId}`], args: [base], isRepeatable: true };
      return (await redis.run(revokeAll, call)) as SessionId[];
    },
  };
}

function sessionOf(id: SessionId, stored: string | null, nowMs: number): Session | null {
  if (stored === null || stored === "") return null;
  const [createdAtMs, expiresAtMs, userId] = stored.split(" ") as [string, string, string];
  if (Number(expiresAtMs) <= nowMs) return null;
  return { id, userId: userId as UserId, createdAtMs: Number(createdAtMs), expiresAtMs: Number(expiresAtMs) };
}

const create = script(`
local session, ofUser = KEYS[1], KEYS[2]
local id, value, createdAtMs, expiresAtMs, base, sweptMax = unpack(ARGV)
for _, dead in ipairs(redis.call('ZRANGEBYSCORE', ofUser, '-inf', createdAtMs, 'LIMIT', 0, sweptMax)) do
  redis.call('DEL', base .. 'id:' .. dead)
  redis.call('ZREM', ofUser, dead)
end
if redis.call('SET', session, value, 'NX', 'PXAT', expiresAtMs) then
  redis.call('ZADD', ofUser, expiresAtMs, id)
end
local last = redis.call('ZRANGE', ofUser, -1, -1, 'WITHSCORES')
if last[2] then redis.call('PEXPIREAT', ofUser, string.format('%.0f', last[2])) end
`);

const revoke = script(`redis.call('SET', KEYS[1], '', 'XX', 'KEEPTTL')`);

const ofUser = script(`
local pairs = {}
for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  local stored = redis.call('GET', ARGV[1] .. 'id:' .. id)
  if stored then pairs[#pairs + 1] = {id, stored} end
end
return pairs
`);

// Names those that were dead before as well: when it is tried again because its answer was lost, it names the same.
const revokeAll = script(`
local ids = redis.call('ZRANGE', KEYS[1], 0, -1)
for _, id in ipairs(ids) do redis.call('SET', ARGV[1] .. 'id:' .. id, '', 'XX', 'KEEPTTL') end
return ids
`);
