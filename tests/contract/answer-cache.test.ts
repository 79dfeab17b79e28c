import { expect, test } from "vitest";
import { nearAndFar } from "#adapters/answer-caches.ts";
import { answersMax, memoryAnswerCache } from "#adapters/memory/answer-cache.ts";
import type { AnswerCache } from "#core/ports/models.ts";
import { answerCacheContract } from "./answer-cache.ts";

const over = (cache: AnswerCache) => {
  let nowMs = 1_000;
  return { cache, nowMs: () => nowMs, pass: async (ms: number) => void (nowMs += ms) };
};
const answer = { text: "A quiet place.", model: "m", tokens: { prompt: 10, output: 5 } };

answerCacheContract("a cache within one process", async () => over(memoryAnswerCache()));
answerCacheContract("a near cache before a far one", async () =>
  over(nearAndFar(memoryAnswerCache(), memoryAnswerCache())),
);

test("a full cache forgets what was asked for longest ago", async () => {
  const cache = memoryAnswerCache();
  for (let n = 0; n < answersMax; n++) await cache.set(`${n}`, answer, 60_000, 0);
  await cache.get("0", 0);
  await cache.set("one more", answer, 60_000, 0);
  expect(await cache.get("0", 0)).toEqual(answer);
  expect(await cache.get("1", 0)).toBeNull();
});

test("what another gateway was told is known for as long as it told the far cache, and no longer", async () => {
  const far = memoryAnswerCache();
  const cache = nearAndFar(memoryAnswerCache(), far);
  await far.set("key", answer, 1_000, 0);
  expect(await cache.get("key", 999)).toEqual(answer);
  expect(await cache.get("key", 1_001)).toBeNull();
});

test("what this gateway was told is not asked of the far cache", async () => {
  const far = memoryAnswerCache();
  let asked = 0;
  const counted = { ...far, get: (...given: Parameters<AnswerCache["get"]>) => (asked++, far.get(...given)) };
  const cache = nearAndFar(memoryAnswerCache(), counted);
  await cache.set("key", answer, 60_000, 0);
  for (let n = 0; n < 3; n++) expect(await cache.get("key", 0)).toEqual(answer);
  expect(asked).toBe(0);
});
