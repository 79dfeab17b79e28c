import * as z from "zod";
import type { AnswerCache } from "#core/ports/models.ts";
import type { Log } from "#core/ports/system.ts";
import { tokenCounts } from "#core/protocol/llm.ts";
import { digestOf } from "../memory/answer-cache.ts";
import { type Redis, script } from "./connect.ts";

const kept = z.object({ text: z.string(), json: z.unknown().optional(), model: z.string(), tokens: tokenCounts });

/** One key an answer, {ai-answer:<digest of the question>}, until it expires. Redis away means nothing is known. */
export function redisAnswerCache(redis: Redis, log: Log): AnswerCache {
  const keyOf = (key: string) => `${redis.prefix}{ai-answer:${digestOf(key)}}`;
  return {
    async get(key) {
      try {
        const stored = await redis.get(keyOf(key));
        return stored === null ? null : kept.parse(JSON.parse(stored));
      } catch (error) {
        log.debug({ error }, "no answer from the cache");
        return null;
      }
    },
    async set(key, answer, lifeMs) {
      try {
        const args = [JSON.stringify(answer), Math.max(1, Math.round(lifeMs))];
        await redis.run(set, { keys: [keyOf(key)], args, isRepeatable: true });
      } catch (error) {
        log.debug({ error }, "an answer was not kept");
      }
    },
  };
}

const set = script(`redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])`);
