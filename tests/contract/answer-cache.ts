import { describe, expect, test } from "vitest";
import type { AnswerCache, KeptAnswer } from "#core/ports/models.ts";

export type AnswerCacheSetup = {
  readonly cache: AnswerCache;
  nowMs(): number;
  /** Lets time pass. */
  pass(ms: number): Promise<void>;
};

const answer: KeptAnswer = { text: "A quiet place.", model: "m", tokens: { prompt: 10, output: 5 } };

/** `fresh` answers with a cache that knows nothing. */
export function answerCacheContract(name: string, fresh: () => Promise<AnswerCacheSetup>): void {
  describe(`${name} keeps the promises of AnswerCache`, () => {
    test("what is kept is told whole, and nothing of another question", async () => {
      const { cache, nowMs } = await fresh();
      const json = { text: "a", list: [1, null, { deep: "ü 🜁" }] };
      await cache.set("whole", { ...answer, json }, 60_000, nowMs());
      await cache.set("plain", answer, 60_000, nowMs());
      expect(await cache.get("whole", nowMs())).toEqual({ ...answer, json });
      expect(await cache.get("plain", nowMs())).toStrictEqual(answer);
      expect(await cache.get("other", nowMs())).toBeNull();
    });

    test("an answer is gone when its time is over", async () => {
      const { cache, nowMs, pass } = await fresh();
      await cache.set("short", answer, 100, nowMs());
      await cache.set("long", answer, 60_000, nowMs());
      expect(await cache.get("short", nowMs())).toEqual(answer);
      await pass(120);
      expect(await cache.get("short", nowMs())).toBeNull();
      expect(await cache.get("long", nowMs())).toEqual(answer);
    });

    test("a newer answer takes the place of the old one, and its time", async () => {
      const { cache, nowMs, pass } = await fresh();
      await cache.set("key", answer, 100, nowMs());
      await cache.set("key", { ...answer, text: "Newer." }, 60_000, nowMs());
      await pass(120);
      expect(await cache.get("key", nowMs())).toMatchObject({ text: "Newer." });
    });

    test("what is done to an answer that was told changes nothing of what is kept", async () => {
      const { cache, nowMs } = await fresh();
      const given = { ...answer, json: { list: [1] } };
      await cache.set("key", given, 60_000, nowMs());
      given.json.list.push(2);
      const told = (await cache.get("key", nowMs())) as typeof given;
      told.json.list.push(3);
      expect(await cache.get("key", nowMs())).toMatchObject({ json: { list: [1] } });
    });

    test("a question of 64 KB is a key like any other", async () => {
      const { cache, nowMs } = await fresh();
      const key = "long ".repeat(13_000);
      await cache.set(key, answer, 60_000, nowMs());
      expect(await cache.get(key, nowMs())).toEqual(answer);
      expect(await cache.get(`${key}!`, nowMs())).toBeNull();
    });
  });
}
