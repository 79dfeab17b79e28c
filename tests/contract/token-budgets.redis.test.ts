import { describe, expect, test } from "vitest";
import { script } from "#adapters/redis/connect.ts";
import { redisTokenBudgets } from "#adapters/redis/token-budgets.ts";
import { redisIsHere, redisProgram, sharedRedis, startRedisRig } from "#tests/support/redis-rig.ts";
import { tokenBudgetsContract } from "./token-budgets.ts";

redisIsHere();

describe.skipIf(redisProgram === null)("a real Redis", () => {
  const fresh = sharedRedis();
  tokenBudgetsContract("budgets in Redis", async () => redisTokenBudgets(fresh()));

  test("of a thousand requests through four gateways a user gets what one gateway would give him", async () => {
    await using rig = await startRedisRig(redisProgram as string);
    const gateways = Array.from({ length: 4 }, () => redisTokenBudgets(rig.connect()));
    const budget = { burst: 60_000, perMs: 1e-6 };
    const asked = Array.from({ length: 1_000 }, (_, n) => gateways[n % 4]!.reserve("ann", 300, budget, 1e12));
    expect((await Promise.all(asked)).filter(({ isGranted }) => isGranted)).toHaveLength(200);
  });

  test("what is full again needs no memory", async () => {
    const redis = fresh();
    const budgets = redisTokenBudgets(redis);
    const budget = { burst: 1_000, perMs: 1 };
    await budgets.reserve("ann", 500, budget, 1e12);
    await budgets.settle("ann", 500, budget, 1e12);
    const exists = await redis.run(script("return redis.call('EXISTS', KEYS[1])"), {
      keys: [`${redis.prefix}{ai-budget:ann}`],
      args: [],
    });
    expect(Number(exists)).toBe(0);
  });
});
