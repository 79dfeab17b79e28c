import type { AnswerCache } from "#core/ports.ts";

/** How long this process believes what the shared one said. */
const nearLifeMs = 60_000;

/** A near cache in this process before a far one that all share. */
export function nearAndFar(near: AnswerCache, far: AnswerCache): AnswerCache {
  return {
    async get(key, nowMs) {
      const here = await near.get(key, nowMs);
      if (here !== null) return here;
      const there = await far.get(key, nowMs);
      if (there !== null) await near.set(key, there, nearLifeMs, nowMs);
      return there;
    },
    async set(key, answer, lifeMs, nowMs) {
      await Promise.all([near.set(key, answer, lifeMs, nowMs), far.set(key, answer, lifeMs, nowMs)]);
    },
  };
}
