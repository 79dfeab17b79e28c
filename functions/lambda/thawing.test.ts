import { expect, test } from "vitest";
import { manualClock } from "#adapters/memory/clock.ts";
import { frozenMs, thawing } from "./thawing.ts";

test("connections are renewed before the first event after a freeze, and only then", async () => {
  const clock = manualClock();
  const done: string[] = [];
  const renew = async () => void done.push("renewed");
  const handler = thawing((event: string) => void done.push(event), { clock, renew });
  await handler("first");
  await clock.advance(frozenMs);
  await handler("soon");
  await clock.advance(frozenMs + 1);
  await handler("late");
  await handler("at once");
  expect(done).toEqual(["first", "soon", "renewed", "late", "at once"]);
});

test("an event that fails has been one all the same", async () => {
  const clock = manualClock();
  let renewals = 0;
  const renew = async () => void (renewals += 1);
  const handler = thawing(() => Promise.reject(new Error("failed")), { clock, renew });
  await clock.advance(frozenMs + 1);
  await expect(handler()).rejects.toThrow("failed");
  await expect(handler()).rejects.toThrow("failed");
  expect(renewals).toBe(1);
});
