import { type RedisOptions, type RedisServer, redisServer } from "#dev/servers/redis.ts";
import { startInOwnHome } from "./server-home.ts";

export { findRedis as findRedisServer, type RedisServer } from "#dev/servers/redis.ts";

/** A real Redis of the test's own, on a free port of the loopback. */
export function startRedisServer(program: string, options: Pick<RedisOptions, "tls"> = {}): Promise<RedisServer> {
  return startInOwnHome("redis", (home) => redisServer(program, home, { ...options, sharesTerminal: true }));
}
