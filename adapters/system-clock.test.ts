import { expect, test } from "vitest";
import { systemClock } from "./system-clock.ts";

test("a sleep ends at once when its signal aborts, before or meanwhile", async () => {
  const abort = new AbortController();
  const slept = systemClock.sleep(60_000, abort.signal);
  abort.abort();
  await slept;
  await systemClock.sleep(60_000, abort.signal);
  expect(systemClock.monotonicMs()).toBeGreaterThan(0);
});

test("a sleep takes no less than was asked", async () => {
  const startedMs = systemClock.monotonicMs();
  await systemClock.sleep(20);
  expect(systemClock.monotonicMs() - startedMs).toBeGreaterThanOrEqual(19);
});
