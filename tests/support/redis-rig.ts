import { afterAll, beforeAll, expect, test } from "vitest";
import { connectRedis, type Redis, type RedisOptions } from "#adapters/redis/connect.ts";
import { startUpstashRest, type UpstashRest } from "#dev/upstash-rest/upstash-rest.ts";
import { silentLog } from "./database.ts";
import { findRedisServer, type RedisServer, startRedisServer } from "./redis-server.ts";

export const redisToken = "the token of the tests";

export type RedisRig = AsyncDisposable & {
  readonly server: RedisServer;
  readonly rest: UpstashRest;
  /** A client of its own, as in another process, on keys that no other prefix sees. */
  connect(options?: Partial<RedisOptions>): Redis;
};

/** A real Redis behind the REST endpoint. */
export async function startRedisRig(program: string): Promise<RedisRig> {
  await using starting = new AsyncDisposableStack();
  const server = starting.use(await startRedisServer(program));
  const rest = starting.use(
    await startUpstashRest({ redis: { host: server.host, port: server.port }, token: redisToken, log: silentLog }),
  );
  const closers = starting.move();
  return {
    server,
    rest,
    connect: (options) => closers.use(connectRedis({ url: rest.url, token: redisToken, log: silentLog, ...options })),
    [Symbol.asyncDispose]: () => closers.disposeAsync(),
  };
}

export const redisProgram = findRedisServer();

/** Says aloud when there is no Redis to test against; in CI there must be one. */
export function redisIsHere(): void {
  test.runIf(redisProgram === null)("redis-server is on this machine", () => {
    const message = "no redis-server here (Debian: redis-server): nothing was tested on a real Redis";
    expect(process.env["CI"] ?? "", message).toBe("");
    console.warn(message);
  });
}

/** One server for the tests of a file; every call of the answer gives a client on empty keys. */
export function sharedRedis(): () => Redis {
  let rig: RedisRig | null = null;
  let prefixes = 0;
  beforeAll(async () => {
    rig = await startRedisRig(redisProgram as string);
  });
  afterAll(() => rig?.[Symbol.asyncDispose]());
  return () => (rig as RedisRig).connect({ prefix: `test${(prefixes += 1)}:` });
}
