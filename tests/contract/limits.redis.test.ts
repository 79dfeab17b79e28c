import { describe } from "vitest";
import { redisLimits } from "#adapters/redis/limits.ts";
import { redisIsHere, redisProgram, sharedRedis } from "#tests/support/redis-rig.ts";
import { limitsContract } from "./limits.ts";

redisIsHere();

describe.skipIf(redisProgram === null)("a real Redis", () => {
  const fresh = sharedRedis();
  limitsContract("limits in Redis", async () => redisLimits(fresh()));
});
