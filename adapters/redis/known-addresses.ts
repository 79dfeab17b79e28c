import { createHash } from "node:crypto";
import { knownAddressesMax, knownAddressKeepMs, type KnownAddresses } from "#core/ports/limits.ts";
import type { Log } from "#core/ports/system.ts";
import { type Redis, script } from "./connect.ts";

/**
 * One key an account, {known:<hash of its name>}: a sorted set of hashes of addresses by when somebody last logged in from there. It expires
 * with the youngest of them. Each hash holds the account's name, so that equal addresses of two accounts cannot be told from others.
 */
export function redisKnownAddresses(redis: Redis, log: Log): KnownAddresses {
  const keyOf = (account: string) => `${redis.prefix}{known:${hash(account)}}`;
  return {
    async remember(account, address, nowMs) {
      try {
        await redis.run(remember, {
          keys: [keyOf(account)],
          args: [hash(`${account}\n${address}`), nowMs, knownAddressesMax, nowMs + knownAddressKeepMs],
          isRepeatable: true,
        });
      } catch (error) {
        log.warn({ error }, "an address could not be remembered");
      }
    },

    async has(account, address, nowMs) {
      try {
        const call = { keys: [keyOf(account)], args: [hash(`${account}\n${address}`)], isRepeatable: true };
        const atMs = await redis.run(lastSeen, call);
        return atMs !== null && nowMs - Number(atMs) < knownAddressKeepMs;
      } catch (error) {
        log.warn({ error }, "nobody knows which addresses are known");
        return false;
      }
    },

    async forget(account) {
      await redis.run(forget, { keys: [keyOf(account)], args: [], isRepeatable: true });
    },
  };
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

const remember = script(`
redis.call('ZADD', KEYS[1], 'GT', ARGV[2], ARGV[1])
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -1 - ARGV[3])
redis.call('PEXPIREAT', KEYS[1], ARGV[4])
`);

const lastSeen = script(`return redis.call('ZSCORE', KEYS[1], ARGV[1])`);

const forget = script(`redis.call('DEL', KEYS[1])`);
