/**
 * Lua: takes one token. Answers whether there was one, the tokens left, the moment they were counted, and in how many ms there will be one.
 * Callers' clocks differ a little: time that seems to go back gives nothing and takes nothing. Only a clock that jumped is followed back,
 * or its buckets would be locked until it has caught up.
 */
export const takeToken = `
local clockJumpMs = 30000
local dayMs = 86400000
local function takeToken(tokens, atMs, burst, perMs, nowMs)
  tokens, atMs = tonumber(tokens) or burst, tonumber(atMs) or nowMs
  local elapsedMs = math.max(0, nowMs - atMs)
  tokens = math.min(burst, tokens + elapsedMs * perMs)
  if nowMs > atMs or atMs - nowMs > clockJumpMs then atMs = nowMs end
  if tokens >= 1 then return true, tokens - 1, atMs, 0 end
  return false, tokens, atMs, math.ceil(math.min(dayMs, (1 - tokens) / perMs + math.max(0, atMs - nowMs)))
end
local function exactly(number) return string.format('%.17g', number) end
`;
