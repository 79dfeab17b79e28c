import { expect, test } from "vitest";
import { argon2Passwords, hashesAtOnce } from "./argon2.ts";

// The cheapest that argon2 takes: these tests are about turns and refusals, not about cost.
const cheap = { memoryKiB: 1024, timeCost: 2, parallelism: 1 };

test("a hash says that it is argon2id with the configured cost", async () => {
  const passwords = await argon2Passwords({ ...cheap, timeCost: 3 });
  expect(await passwords.hash("correct horse")).toMatch(/^\$argon2id\$v=19\$m=1024,t=3,p=1\$/);
});

test("a hash of another cost is outdated, and still verifies", async () => {
  const passwords = await argon2Passwords(cheap);
  for (const changes of [{ timeCost: 3 }, { memoryKiB: 2048 }, { parallelism: 2 }]) {
    const hash = await (await argon2Passwords({ ...cheap, ...changes })).hash("correct horse");
    expect([passwords.isOutdated(hash), await passwords.verify(hash, "correct horse")]).toEqual([true, true]);
  }
});

test("beyond the places to wait it refuses at once with a time to retry, and serves everyone else", async () => {
  const passwords = await argon2Passwords({ ...cheap, runningMax: 2, waitingMax: 3 });
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => passwords.hash("correct horse")));
  expect(outcomes.map(({ status }) => status)).toEqual([
    ...Array.from({ length: 5 }, () => "fulfilled"),
    ...Array.from({ length: 3 }, () => "rejected"),
  ]);
  expect(outcomes.at(-1)).toMatchObject({ reason: { code: "UNAVAILABLE", retryAfterS: 2 } });
  await expect(passwords.hash("correct horse")).resolves.toBeTypeOf("string");
});

test("a hash that cannot be read frees its place when it fails", async () => {
  const passwords = await argon2Passwords({ ...cheap, runningMax: 1, waitingMax: 0 });
  await expect(passwords.verify("not a hash", "correct horse")).rejects.toThrow();
  expect(await passwords.verify(await passwords.hash("correct horse"), "correct horse")).toBe(true);
});

test.each([
  [1, 1],
  [2, 2],
  [4, 2],
  [64, 2],
])("on %s cores %s are hashed at once, which leaves threads for everything else", (cores, atOnce) => {
  expect(hashesAtOnce(cores)).toBe(atOnce);
});
