import type { Budget } from "#core/llm/budget.ts";
import type { TokenBudgets } from "#core/ports/models.ts";
import type { Log } from "#core/ports/system.ts";
import { type Redis, script } from "./connect.ts";

/** One hash a user, {ai-budget:<user>}: what is left and at what time; gone when it would be full again. The arithmetic is core/llm/budget.ts. */
export function redisTokenBudgets(redis: Redis): TokenBudgets {
  const call = (userId: string, { burst, perMs }: Budget, take: number, isForced: boolean, nowMs: number) =>
    redis.run(takeScript, {
      keys: [`${redis.prefix}{ai-budget:${userId}}`],
      args: [burst, String(perMs), take, isForced ? 1 : 0, nowMs],
    });
  return {
    async reserve(userId, tokens, budget, nowMs) {
      const waitMs = Number(await call(userId, budget, tokens, false, nowMs));
      return waitMs < 0 ? { isGranted: true } : { isGranted: false, retryAfterMs: waitMs };
    },
    settle: async (userId, unused, budget, nowMs) => void (await call(userId, budget, -unused, true, nowMs)),
  };
}

/** Where Redis is away each gateway counts for itself: players are served, and somebody greedy gets his budget once from each. */
export function withLocalBudgets(far: TokenBudgets, near: TokenBudgets, log: Log): TokenBudgets {
  const orNear = async <T>(work: (budgets: TokenBudgets) => Promise<T>): Promise<T> => {
    try {
      return await work(far);
    } catch (error) {
      log.debug({ error }, "a budget is counted here alone");
      return work(near);
    }
  };
  return {
    reserve: (...given) => orNear((budgets) => budgets.reserve(...given)),
    settle: (...given) => orNear((budgets) => budgets.settle(...given)),
  };
}

const takeScript = script(`
local burst, perMs, take, forced, now = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4] == '1', tonumber(ARGV[5])
local kept = redis.call('HMGET', KEYS[1], 'left', 'at')
local left, at = tonumber(kept[1]) or burst, tonumber(kept[2]) or now
left = math.min(burst, left + math.max(0, now - at) * perMs)
at = math.max(at, now)
if not forced and left < take then return math.ceil(math.min(3600000, (take - left) / perMs)) end
left = math.min(burst, left - take)
if left >= burst then
  redis.call('DEL', KEYS[1])
else
  redis.call('HSET', KEYS[1], 'left', string.format('%.6f', left), 'at', at)
  redis.call('PEXPIRE', KEYS[1], math.ceil((burst - left) / perMs) + 1000)
end
return -1
`);
