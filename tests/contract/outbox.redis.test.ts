import { describe } from "vitest";
import { redisOutbox } from "#adapters/redis/outbox.ts";
import { redisIsHere, redisProgram, sharedRedis } from "#tests/support/redis-rig.ts";
import { outboxContract } from "./outbox.ts";

redisIsHere();

describe.skipIf(redisProgram === null)("a real Redis", () => {
  const fresh = sharedRedis();
  outboxContract("the outbox in Redis", async () => ({
    outbox: redisOutbox(fresh()),
    [Symbol.asyncDispose]: async () => {},
  }));
});
