import { describe } from "vitest";
import { redisConnections } from "#adapters/redis/connections.ts";
import { redisIsHere, redisProgram, sharedRedis } from "#tests/support/redis-rig.ts";
import { connectionsContract } from "./connections.ts";

redisIsHere();

describe.skipIf(redisProgram === null)("a real Redis", () => {
  const fresh = sharedRedis();
  connectionsContract("the register in Redis", async () => ({
    connections: redisConnections(fresh()),
    [Symbol.asyncDispose]: async () => {},
  }));
});
