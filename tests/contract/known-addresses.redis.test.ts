import { describe, expect, test } from "vitest";
import { redisKnownAddresses } from "#adapters/redis/known-addresses.ts";
import type { Redis } from "#adapters/redis/connect.ts";
import { recordingLog } from "#tests/support/function-context.ts";
import { silentLog } from "#tests/support/database.ts";
import { startMs } from "#tests/support/records.ts";
import { redisIsHere, redisProgram, sharedRedis } from "#tests/support/redis-rig.ts";
import { knownAddressesContract } from "./known-addresses.ts";

redisIsHere();

describe.skipIf(redisProgram === null)("a real Redis", () => {
  const fresh = sharedRedis();
  knownAddressesContract("a memory of addresses in Redis", async () => redisKnownAddresses(fresh(), silentLog));

  test("neither an account's name nor an address is told to Redis", async () => {
    const redis = fresh();
    const calls: unknown[] = [];
    const run: Redis["run"] = (script, call) => {
      calls.push(call);
      return redis.run(script, call);
    };
    const known = redisKnownAddresses({ ...redis, run }, silentLog);
    await known.remember("ann@example.org", "198.51.100.7", startMs);
    await known.has("ann@example.org", "198.51.100.7", startMs);
    expect(calls).toHaveLength(2);
    expect(JSON.stringify(calls)).not.toMatch(/ann|198/);
  });

  test("while Redis is away nobody is known, nothing is refused, and the log says so without saying whom", async () => {
    const run = () => Promise.reject(new Error("away"));
    const { log, lines } = recordingLog();
    const known = redisKnownAddresses({ ...fresh(), run }, log);
    await known.remember("ann@example.org", "198.51.100.7", startMs);
    expect(await known.has("ann@example.org", "198.51.100.7", startMs)).toBe(false);
    expect(lines.map(({ level }) => level)).toEqual(["warn", "warn"]);
    expect(JSON.stringify(lines)).not.toMatch(/ann|198/);
  });
});
