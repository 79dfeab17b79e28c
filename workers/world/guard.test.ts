import { expect, test } from "vitest";
import { createGuard, TurnStalled } from "./guard.ts";

const forever = (): never => {
  for (;;);
};

test("what ends by itself is answered, and what throws is refused with its own error", async () => {
  const guard = createGuard();
  const oops = new RangeError("oops");
  const all = await Promise.allSettled([guard(() => 1), guard(() => Promise.reject(oops)), guard(() => raise(oops))]);
  expect(all).toEqual([
    { status: "fulfilled", value: 1 },
    { status: "rejected", reason: oops },
    { status: "rejected", reason: oops },
  ]);
});

test("what does not end is ended, and what was due at the same moment, before it and after it, is not", async () => {
  const guard = createGuard();
  const startedMs = performance.now();
  const all = await Promise.allSettled([guard(() => "before"), guard(forever, 30), guard(() => "after")]);
  expect(all).toMatchObject([
    { status: "fulfilled", value: "before" },
    { status: "rejected" },
    { status: "fulfilled", value: "after" },
  ]);
  expect(performance.now() - startedMs).toBeLessThan(2_000);
  const [, stalled] = all;
  // On a machine that gave this process next to none of the time, it says so instead.
  const reason: unknown = stalled.status === "rejected" ? stalled.reason : null;
  expect(reason instanceof TurnStalled || (reason as { code?: string }).code === "UNAVAILABLE").toBe(true);
});

test("what catches everything does not escape", async () => {
  const stubborn = (): never => {
    for (;;) {
      try {
        forever();
      } catch {
        // Goes on.
      }
    }
  };
  await expect(createGuard()(stubborn, 20)).rejects.toThrow();
});

test("a turn that waits behind many others has its whole time", async () => {
  const guard = createGuard();
  const busy = (ms: number) => () => {
    const untilMs = performance.now() + ms;
    while (performance.now() < untilMs);
    return ms;
  };
  const all = await Promise.all(Array.from({ length: 20 }, () => guard(busy(20), 200)));
  expect(all).toEqual(Array(20).fill(20));
});

function raise(error: Error): never {
  throw error;
}
