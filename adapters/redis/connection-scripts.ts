import { script } from "./connect.ts";
import { takeToken } from "./token-bucket.ts";

/** In the order in which a connection's row is answered. */
export const rowFields = [
  "id",
  "userId",
  "username",
  "sessionId",
  "protocol",
  "characterId",
  "characterName",
  "worldId",
  "travels",
  "connectedAtMs",
] as const;

/*
 * Keys, all in one slot of a cluster because one step touches many of them. KEYS[1] is what they begin with, "…{connections}:":
 *   id:<id>                  hash: the row, the lower-case names, the last number, a bucket for each limit, when its session was checked
 *   character:<id>           its connection
 *   session:<id>, name:<…>   sorted sets of connections, all with score 0
 *   online                   sorted set of "<lower-case name>\0<id>", all with score 0: in order of names
 *   deadlines                sorted set of connections by the moment, on Redis' clock, from which they are taken for dead
 * All of them expire. A connection that nobody took leave of is swept up by those that come later, and whoever finds a place whose
 * connection has expired clears it away.
 */
const common = `
local base = KEYS[1]
local rowFields = {${rowFields.map((field) => `'${field}'`).join(", ")}}
local online, deadlines = base .. 'online', base .. 'deadlines'
local function keyOf(id) return base .. 'id:' .. id end
local function ofCharacter(characterId) return base .. 'character:' .. characterId end

local function serverMs()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- nil where it is not there (any more).
local function rowOf(id)
  local row = redis.call('HMGET', keyOf(id), unpack(rowFields))
  return row[1] and row or nil
end

-- The sets in which a connection is found; its place in "online" sorts it by name.
local function placesOf(id)
  local found = redis.call('HMGET', keyOf(id), 'characterId', 'sessionId', 'usernameKey', 'nameKey')
  if not found[1] then return nil end
  return {
    character = ofCharacter(found[1]),
    sets = { base .. 'session:' .. found[2], base .. 'name:' .. found[3], base .. 'name:' .. found[4] },
    online = found[4] .. '\\0' .. id,
  }
end

-- Everything of a connection lives a while longer than its deadline, so that whoever sweeps still finds what to undo.
local graceMs = 600000
local function prolong(id, places, lifeMs, nowMs)
  local untilMs = string.format('%.0f', nowMs + lifeMs + graceMs)
  redis.call('ZADD', deadlines, string.format('%.0f', nowMs + lifeMs), id)
  for _, key in ipairs({ keyOf(id), places.character, places.sets[1], places.sets[2], places.sets[3], online, deadlines }) do
    redis.call('PEXPIREAT', key, untilMs)
  end
end

local function enter(id, lifeMs, nowMs)
  local places = placesOf(id)
  redis.call('SET', places.character, id)
  for _, set in ipairs(places.sets) do redis.call('ZADD', set, 0, id) end
  redis.call('ZADD', online, 0, places.online)
  prolong(id, places, lifeMs, nowMs)
end

-- Takes it out of everything in which it is found, and leaves its own hash.
local function leave(id)
  local places = placesOf(id)
  redis.call('ZREM', deadlines, id)
  if not places then return end
  if redis.call('GET', places.character) == id then redis.call('DEL', places.character) end
  for _, set in ipairs(places.sets) do redis.call('ZREM', set, id) end
  redis.call('ZREM', online, places.online)
end

local function forget(id)
  local row = rowOf(id)
  leave(id)
  redis.call('DEL', keyOf(id))
  return row
end

local function takeOver(characterId)
  local id = redis.call('GET', ofCharacter(characterId))
  return id and forget(id) or nil
end

local function rowsOf(set, max)
  local rows = {}
  for _, id in ipairs(redis.call('ZRANGE', set, 0, max - 1)) do
    local row = rowOf(id)
    if row then rows[#rows + 1] = row else redis.call('ZREM', set, id) end
  end
  return rows
end
`;

/** id, characterId, most, life, swept, then field after field of the new connection. */
export const addScript = script(`${common}
local id, characterId = ARGV[1], ARGV[2]
local connectionsMax, lifeMs, sweptMax = tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5]
local nowMs = serverMs()
for _, dead in ipairs(redis.call('ZRANGEBYSCORE', deadlines, '-inf', nowMs, 'LIMIT', 0, sweptMax)) do forget(dead) end
local known = rowOf(id) or redis.call('EXISTS', ofCharacter(characterId)) == 1
if not known and redis.call('ZCARD', deadlines) >= connectionsMax then return 'full' end
forget(id)
local previous = takeOver(characterId)
redis.call('HSET', keyOf(id), unpack(ARGV, 6))
enter(id, lifeMs, nowMs)
return previous or false
`);

/** id, whose it must be, characterId, travels, life, then field after field of what changes. */
export const rebindScript = script(`${common}
local id, from, characterId = ARGV[1], ARGV[2], ARGV[3]
local travels, lifeMs = tonumber(ARGV[4]), tonumber(ARGV[5])
local bound = redis.call('HMGET', keyOf(id), 'characterId', 'travels')
if bound[1] ~= from then return false end
if characterId == from and travels <= tonumber(bound[2] or -1) then return false end
leave(id)
local previous = takeOver(characterId)
redis.call('HSET', keyOf(id), unpack(ARGV, 6))
enter(id, lifeMs, serverMs())
return previous or false
`);

export const getScript = script(`${common}
return rowOf(ARGV[1]) or false
`);

export const removeScript = script(`${common}
return forget(ARGV[1]) or false
`);

export const endScript = script(`${common}
local lastNumber = tonumber(redis.call('HGET', keyOf(ARGV[1]), 'number') or 0)
local row = forget(ARGV[1])
return row and { lastNumber, row } or false
`);

/** id, the limit's name, burst, perMs, nowMs, "1" if numbered, life, how long before the end it is prolonged, ms between checks, the client's own number or 0. */
export const admitScript = script(`${common}${takeToken}
local id, limit = ARGV[1], ARGV[2]
local burst, perMs, nowMs = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local row = rowOf(id)
if not row then return false end
local tokensField, atField = 'tokens:' .. limit, 'atMs:' .. limit
local bucket = redis.call('HMGET', keyOf(id), tokensField, atField, 'checkedAtMs')
local allowed, tokens, atMs = takeToken(bucket[1], bucket[2], burst, perMs, nowMs)
redis.call('HSET', keyOf(id), tokensField, exactly(tokens), atField, exactly(atMs))
if redis.call('PTTL', keyOf(id)) < tonumber(ARGV[8]) + graceMs then prolong(id, placesOf(id), tonumber(ARGV[7]), serverMs()) end
if not allowed then return 'limited' end
local number = tonumber(ARGV[10])
if number == 0 then number = redis.call('HINCRBY', keyOf(id), 'number', ARGV[6])
elseif number > tonumber(redis.call('HGET', keyOf(id), 'number') or 0) then redis.call('HSET', keyOf(id), 'number', ARGV[10]) end
local checkedAtMs = tonumber(bucket[3] or row[#rowFields])
-- A clock that jumped back is no reason not to look.
local isCheckDue = math.abs(nowMs - checkedAtMs) >= tonumber(ARGV[9])
if isCheckDue then redis.call('HSET', keyOf(id), 'checkedAtMs', exactly(nowMs)) end
return { number, row, isCheckDue and 1 or 0 }
`);

export const ofCharactersScript = script(`${common}
local rows = {}
for _, characterId in ipairs(ARGV) do
  local id = redis.call('GET', ofCharacter(characterId))
  local row = id and rowOf(id)
  if row then rows[#rows + 1] = row elseif id then redis.call('DEL', ofCharacter(characterId)) end
end
return rows
`);

/** "session" or "name", which, most. */
export const ofSetScript = script(`${common}
return rowsOf(base .. ARGV[1] .. ':' .. ARGV[2], tonumber(ARGV[3]))
`);

/** After which place, most, swept. Answers the last place looked at, unless there are no more, and the rows. */
export const onlineScript = script(`${common}
local after, max = ARGV[1], tonumber(ARGV[2])
local from = after == '' and '-' or '(' .. after
local places = redis.call('ZRANGEBYLEX', online, from, '+', 'LIMIT', 0, max)
local rows = {}
for _, place in ipairs(places) do
  local row = rowOf(string.match(place, '%z(.*)$'))
  if row then rows[#rows + 1] = row else redis.call('ZREM', online, place) end
end
return { #places == max and places[max] or '', rows }
`);
