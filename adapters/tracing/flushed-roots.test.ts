import { expect, test } from "vitest";
import { manualClock } from "#adapters/memory/clock.ts";
import type { Tracing } from "#core/ports/tracing.ts";
import { withTrace } from "./current.ts";
import { flushedRoots, flushMsMax } from "./flushed-roots.ts";

function setup(flushTakesMs: () => number) {
  const clock = manualClock();
  const flushes: number[] = [];
  const tracing: Tracing = {
    span: (_name, _options, work) => work(),
    open: () => null,
    async flush(msMax) {
      flushes.push(msMax);
      await clock.advance(Math.min(flushTakesMs(), msMax));
    },
  };
  return { clock, flushes, flushed: flushedRoots(tracing, clock) };
}

const root = { isRoot: true } as const;

test("what begins a trace waits until it is handed over, whether it went well or not; what is inside does not", async () => {
  const { flushed, flushes } = setup(() => 5);
  expect(await flushed.span("root", root, async () => 1)).toBe(1);
  await expect(flushed.span("root", root, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(flushes).toEqual([flushMsMax, flushMsMax]);
  await flushed.span("inside", {}, async () => 1);
  await withTrace("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", () =>
    flushed.span("root of nothing", root, async () => 1),
  );
  expect(flushes).toHaveLength(2);
});

test("a collector that took too long is not waited for again until half a minute has gone by", async () => {
  let takesMs = 1e6;
  const { clock, flushed, flushes } = setup(() => takesMs);
  await flushed.span("root", root, async () => {});
  await flushed.span("root", root, async () => {});
  expect(flushes).toHaveLength(1);
  takesMs = 3;
  await clock.advance(30_000);
  await flushed.span("root", root, async () => {});
  await flushed.span("root", root, async () => {});
  expect(flushes).toHaveLength(3);
});
