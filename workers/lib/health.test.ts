import { expect, test } from "vitest";
import { manualClock } from "#adapters/memory/clock.ts";
import { serveHealth, untilReady } from "./health.ts";

const fine = async () => {};
const failing = async (): Promise<void> => {
  throw new Error("a secret of the inside");
};
const get = async (port: number, path: string) => {
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  return { status: response.status, body: response.status === 404 ? null : await response.json() };
};

test("a process that runs is live, whatever it stands on, and ready when all of that answers", async () => {
  const checks = { database: fine, nats: failing };
  await using health = await serveHealth(checks, 0);
  expect(await get(health.port, "/health/live")).toEqual({ status: 200, body: { status: "ok" } });
  expect(await get(health.port, "/health/ready")).toEqual({
    status: 503,
    body: { status: "unavailable", checks: { database: "ok", nats: "failing" } },
  });
  checks.nats = fine;
  expect(await get(health.port, "/health/ready")).toEqual({
    status: 200,
    body: { status: "ok", checks: { database: "ok", nats: "ok" } },
  });
  expect(await get(health.port, "/health")).toEqual({ status: 404, body: null });
});

test("who waits for what it stands on hears of it when the last of it answers, or not at all when told to stop", async () => {
  const clock = manualClock();
  const stopped = new AbortController();
  const checks = { database: fine, nats: failing };
  let isReady: boolean | null = null;
  void untilReady(checks, clock, stopped.signal).then((answer) => (isReady = answer));
  await clock.advance(5000);
  expect(isReady).toBeNull();
  checks.nats = fine;
  await clock.advance(1000);
  expect(isReady).toBe(true);

  checks.nats = failing;
  const never = untilReady(checks, clock, stopped.signal);
  await clock.advance(1000);
  stopped.abort();
  expect(await never).toBe(false);
});
