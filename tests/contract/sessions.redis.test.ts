import { describe } from "vitest";
import { redisSessions } from "#adapters/redis/sessions.ts";
import { memoryStorage } from "#tests/support/database.ts";
import { redisIsHere, redisProgram, sharedRedis } from "#tests/support/redis-rig.ts";
import { sessionsContract } from "./sessions.ts";

redisIsHere();

describe.skipIf(redisProgram === null)("a real Redis", () => {
  const fresh = sharedRedis();
  sessionsContract("in Redis", async () => ({ ...(await memoryStorage()), sessions: redisSessions(fresh()) }));
});
