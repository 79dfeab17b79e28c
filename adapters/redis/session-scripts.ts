import { refreshGraceMs, rotationsKeptMax } from "#core/account/refresh-family.ts";
import { script } from "./connect.ts";

// Lua for sessions.ts, which says what is kept where.

const helpers = `
local function exactly(number) return string.format('%.0f', number) end

local function expireWithLast(ofUser)
  local last = redis.call('ZRANGE', ofUser, -1, -1, 'WITHSCORES')
  if last[2] then redis.call('PEXPIREAT', ofUser, exactly(tonumber(last[2]))) end
end

-- nil for what is unknown, revoked or past its end.
local function living(key, nowMs)
  local stored = redis.call('GET', key)
  if not stored or stored == '' then return nil end
  local words = {}
  for word in string.gmatch(stored, '%S+') do words[#words + 1] = word end
  local session = {
    createdAtMs = tonumber(words[1]), expiresAtMs = tonumber(words[2]), userId = words[3],
    hash = words[4], generation = tonumber(words[5]), rotatedAtMs = {}
  }
  for at in string.gmatch(words[6] or '', '%d+') do table.insert(session.rotatedAtMs, tonumber(at)) end
  if session.expiresAtMs <= nowMs then return nil end
  return session
end

local function lastsUntilMs(session, nowMs, idleMs, absoluteMs)
  return math.max(session.expiresAtMs, math.min(nowMs + idleMs, session.createdAtMs + absoluteMs))
end

local function store(key, id, session, base)
  local words = {exactly(session.createdAtMs), exactly(session.expiresAtMs), session.userId}
  if session.hash then
    local times = {}
    for index, at in ipairs(session.rotatedAtMs) do times[index] = exactly(at) end
    words[4], words[5], words[6] = session.hash, exactly(session.generation), table.concat(times, ',')
  end
  redis.call('SET', key, table.concat(words, ' '), 'XX', 'PXAT', words[2])
  redis.call('ZADD', base .. 'of:' .. session.userId, words[2], id)
  expireWithLast(base .. 'of:' .. session.userId)
end
`;

export const createSession = script(`${helpers}
local session, ofUser = KEYS[1], KEYS[2]
local id, value, createdAtMs, expiresAtMs, base, sweptMax = unpack(ARGV)
for _, dead in ipairs(redis.call('ZRANGEBYSCORE', ofUser, '-inf', createdAtMs, 'LIMIT', 0, sweptMax)) do
  redis.call('DEL', base .. 'id:' .. dead)
  redis.call('ZREM', ofUser, dead)
end
if redis.call('SET', session, value, 'NX', 'PXAT', expiresAtMs) then
  redis.call('ZADD', ofUser, expiresAtMs, id)
end
expireWithLast(ofUser)
`);

export const touchSession = script(`${helpers}
local id, base, nowMs = ARGV[1], ARGV[2], tonumber(ARGV[3])
local session = living(KEYS[1], nowMs)
if not session then return end
local untilMs = lastsUntilMs(session, nowMs, tonumber(ARGV[4]), tonumber(ARGV[5]))
if untilMs == session.expiresAtMs then return end
session.expiresAtMs = untilMs
store(KEYS[1], id, session, base)
`);

/** As core/account/refresh-family.ts has it. Run again because its answer was lost, it answers within the grace what it answered before. */
export const refreshSession = script(`${helpers}
local graceMs, rotationsKeptMax = ${refreshGraceMs}, ${rotationsKeptMax}
local id, base, nowMs = ARGV[1], ARGV[2], tonumber(ARGV[3])
local hash, generation = ARGV[6], tonumber(ARGV[7])
local session = living(KEYS[1], nowMs)
if not session or session.hash ~= hash or generation > session.generation then return {'unknown'} end
local times = session.rotatedAtMs
if generation < session.generation then
  local at = times[#times + 1 + generation - session.generation]
  if not at or nowMs - at >= graceMs then
    redis.call('SET', KEYS[1], '', 'XX', 'KEEPTTL')
    return {'reused', session.userId}
  end
else
  while times[1] and nowMs - times[1] >= graceMs do table.remove(times, 1) end
  if #times < rotationsKeptMax then
    table.insert(times, math.max(nowMs, times[#times] or 0))
    session.generation = session.generation + 1
  end
end
session.expiresAtMs = lastsUntilMs(session, nowMs, tonumber(ARGV[4]), tonumber(ARGV[5]))
store(KEYS[1], id, session, base)
return {'refreshed', redis.call('GET', KEYS[1])}
`);

export const revokeSession = script(`redis.call('SET', KEYS[1], '', 'XX', 'KEEPTTL')`);

export const sessionsOfUser = script(`
local pairs = {}
for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  local stored = redis.call('GET', ARGV[1] .. 'id:' .. id)
  if stored then pairs[#pairs + 1] = {id, stored} end
end
return pairs
`);

/** Names those that were dead before as well: when it is tried again because its answer was lost, it names the same. */
export const revokeAllSessions = script(`
local ids = {}
for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  if id ~= ARGV[2] then
    redis.call('SET', ARGV[1] .. 'id:' .. id, '', 'XX', 'KEEPTTL')
    ids[#ids + 1] = id
  end
end
return ids
`);
