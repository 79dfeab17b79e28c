import type { AnswerCache } from "#core/ports/models.ts";

/**
 * A near cache in this process before a far one that all share. What only the far one knows is asked of it every time: nobody here knows how long
 * it is still true.
 */
export function nearAndFar(near: AnswerCache, far: AnswerCache): AnswerCache {
  return {
    async get(key, nowMs) {
      return (await near.get(key, nowMs)) ?? (await far.get(key, nowMs));
    },
    async set(key, answer, lifeMs, nowMs) {
      await Promise.all([near.set(key, answer, lifeMs, nowMs), far.set(key, answer, lifeMs, nowMs)]);
    },
  };
}
