import { createHash } from "node:crypto";
import type { AnswerCache, KeptAnswer } from "#core/ports/models.ts";

export const answersMax = 5_000;

/** Forgets what was asked for longest ago when it is full. */
export function memoryAnswerCache(): AnswerCache {
  const answers = new Map<string, { readonly answer: KeptAnswer; readonly untilMs: number }>();
  return {
    async get(key, nowMs) {
      const digest = digestOf(key);
      const kept = answers.get(digest);
      if (kept === undefined) return null;
      answers.delete(digest);
      if (kept.untilMs <= nowMs) return null;
      answers.set(digest, kept);
      return structuredClone(kept.answer);
    },
    async set(key, answer, lifeMs, nowMs) {
      const digest = digestOf(key);
      answers.delete(digest);
      answers.set(digest, { answer: structuredClone(answer), untilMs: nowMs + lifeMs });
      if (answers.size <= answersMax) return;
      const [oldest] = answers.keys();
      if (oldest !== undefined) answers.delete(oldest);
    },
  };
}

/** A question may be 64 KB; nobody finds another one of the same digest. */
export const digestOf = (key: string): string => createHash("sha256").update(key).digest("base64url");
