import { expect, test } from "vitest";
import { backOffMs } from "./back-off.ts";

test("the waits grow twofold up to twenty seconds, and never come to nothing", () => {
  expect([0, 1, 2, 3, 4, 5, 6, 100].map((attempt) => backOffMs(attempt, 1))).toEqual([
    500, 1000, 2000, 4000, 8000, 16_000, 20_000, 20_000,
  ]);
  expect([0, 5, 100].map((attempt) => backOffMs(attempt, 0))).toEqual([250, 8000, 10_000]);
});
