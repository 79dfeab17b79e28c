import { expect, test } from "vitest";
import { manualClock } from "#adapters/memory/clock.ts";
import { recordingLog } from "#tests/support/function-context.ts";
import { checkMsMax, readiness, untilReady } from "./readiness.ts";

const fine = async () => {};
const failing = async (): Promise<void> => {
  throw new Error("password=hunter2");
};
const setup = (checks: Record<string, () => Promise<void>>) => ({ clock: manualClock(), ...recordingLog(), checks });

test("a process is ready when everything it stands on answers, and leaves no timer behind", async () => {
  const ctx = setup({ database: fine, bus: fine });
  expect(await readiness(ctx)).toEqual({ status: "ok", checks: { database: "ok", bus: "ok" } });
  expect(ctx.clock.sleeping()).toBe(0);
});

test("what fails, throws or hangs makes it not ready, and only its name is told", async () => {
  const ctx = setup({
    database: failing,
    cache: () => {
      throw new Error("at once");
    },
    bus: () => new Promise(() => {}),
  });
  const asked = readiness(ctx);
  await ctx.clock.advance(checkMsMax);
  expect(await asked).toEqual({
    status: "unavailable",
    checks: { database: "failed", cache: "failed", bus: "timeout" },
  });
  expect(ctx.lines.map(({ level }) => level)).toEqual(["warn", "warn"]);
});

test("who waits for what it stands on hears of it when the last of it answers, or not at all when told to stop", async () => {
  const checks = { database: fine, nats: failing };
  const ctx = setup(checks);
  const stopped = new AbortController();
  let isReady: boolean | null = null;
  void untilReady(ctx, stopped.signal).then((answer) => (isReady = answer));
  await ctx.clock.advance(2_000);
  expect(ctx.lines.filter(({ level }) => level === "warn")).toEqual([]);
  await ctx.clock.advance(3_000);
  expect(ctx.lines.filter(({ level }) => level === "warn")).not.toEqual([]);
  expect(isReady).toBeNull();
  checks.nats = fine;
  await ctx.clock.advance(1000);
  expect(isReady).toBe(true);

  checks.nats = failing;
  const never = untilReady(ctx, stopped.signal);
  await ctx.clock.advance(1000);
  stopped.abort();
  expect(await never).toBe(false);
});
