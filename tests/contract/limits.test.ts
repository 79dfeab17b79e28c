import { expect, test } from "vitest";
import { memoryLimits } from "#adapters/memory/limits.ts";
import { limitsContract } from "./limits.ts";

limitsContract("limits within one process", async () => memoryLimits());

const limit = { name: "contract", burst: 10, perMs: 1 / 1000 };

test("a flood of keys does not free a bucket that is empty, and the number of buckets is bounded", async () => {
  const limits = memoryLimits({ bucketsMax: 100 });
  for (let taken = 0; taken < 10; taken++) await limits.take(limit, "attacker", 0);
  for (let key = 0; key < 10_000; key++) await limits.take(limit, `key-${key}`, 0);
  expect(await limits.take(limit, "attacker", 0)).toMatchObject({ allowed: false });
  expect(await limits.take(limit, "key-0", 0)).toEqual({ allowed: true });
});
