import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { redisAnswerCache } from "#adapters/redis/answer-cache.ts";
import { silentLog } from "#tests/support/database.ts";
import { redisIsHere, redisProgram, sharedRedis, startRedisRig } from "#tests/support/redis-rig.ts";
import { answerCacheContract } from "./answer-cache.ts";

redisIsHere();

const answer = { text: "A quiet place.", model: "m", tokens: { prompt: 10, output: 5 } };

describe.skipIf(redisProgram === null)("a real Redis", () => {
  const fresh = sharedRedis();
  // Redis tells the time by itself.
  answerCacheContract("a cache in Redis", async () => ({
    cache: redisAnswerCache(fresh(), silentLog),
    nowMs: () => 0,
    pass: (ms) => sleep(ms),
  }));

  test("what one gateway keeps the others know", async () => {
    await using rig = await startRedisRig(redisProgram as string);
    const [a, b] = [redisAnswerCache(rig.connect(), silentLog), redisAnswerCache(rig.connect(), silentLog)];
    await a.set("key", answer, 60_000, 0);
    expect(await b.get("key", 0)).toEqual(answer);
  });

  test("without Redis nothing is known, and nothing fails", async () => {
    await using rig = await startRedisRig(redisProgram as string);
    const cache = redisAnswerCache(rig.connect(), silentLog);
    await cache.set("key", answer, 60_000, 0);
    await rig.server.stop();
    await cache.set("key", answer, 60_000, 0);
    expect(await cache.get("key", 0)).toBeNull();
  });
});
