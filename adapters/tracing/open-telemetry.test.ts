import { expect, test } from "vitest";
import { AppError } from "#core/lib/errors.ts";
import { startOtlpReceiver } from "#tests/support/otlp-receiver.ts";
import { currentTrace, withoutTrace } from "./current.ts";
import { openTelemetry, spansWaitingMax } from "./open-telemetry.ts";
import { openTracing } from "./open-tracing.ts";

async function setup({ share = 1 } = {}) {
  const collector = await startOtlpReceiver();
  const warned: string[] = [];
  const say = (_: object, text: string) => void warned.push(text);
  const log = { debug() {}, info: say, warn: say, error() {} };
  const tracing = openTelemetry(
    { endpoint: `${collector.url}/`, headers: {}, share },
    { role: "test", name: "test-1", log },
  );
  return {
    collector,
    tracing,
    warned,
    async [Symbol.asyncDispose]() {
      await tracing[Symbol.asyncDispose]();
      await collector[Symbol.asyncDispose]();
    },
  };
}

const root = { isRoot: true } as const;

test("without a collector there is no tracing", async () => {
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  expect(await openTracing(null, { role: "world", log })).toBeNull();
});

test("a span is a child of the one it began in, through awaits, and fails with the code of its error alone", async () => {
  await using rig = await setup();
  const { tracing, collector } = rig;
  const failing = tracing.span("outer", root, async () => {
    await Promise.resolve();
    await tracing.span("inner", { kind: "client", attributes: { "world.id": "w" } }, async () => {
      await Promise.resolve();
      throw new AppError("TIMEOUT", "words for somebody");
    });
  });
  await expect(failing).rejects.toThrow("words for somebody");
  await tracing.flush(5_000);
  const [inner, outer] = collector.spans;
  expect(inner).toMatchObject({
    service: "thousand-worlds-test",
    name: "inner",
    kind: 3,
    attributes: { "world.id": "w", "error.type": "TIMEOUT" },
    hasFailed: true,
    traceId: outer?.traceId,
    parentSpanId: outer?.spanId,
  });
  expect(outer).toMatchObject({ name: "outer", parentSpanId: "" });
  expect(JSON.stringify(collector.spans)).not.toContain("words for somebody");
});

test("what is part of nothing is done, and not recorded", async () => {
  await using rig = await setup();
  const { tracing, collector } = rig;
  expect(await tracing.span("alone", {}, async () => currentTrace() ?? "none")).toBe("none");
  expect(tracing.open("alone", {})).toBeNull();
  await tracing.span("root", root, () =>
    tracing.span("apart", { parent: null }, async () => expect(currentTrace()).toBeUndefined()),
  );
  await tracing.flush(5_000);
  expect(collector.spans.map(({ name }) => name)).toEqual(["root"]);
});

test("of what is not sampled nothing is recorded, here or where it is carried to", async () => {
  await using rig = await setup({ share: 0 });
  const { tracing, collector } = rig;
  const carried = await tracing.span("root", root, () => tracing.span("child", {}, async () => currentTrace() ?? ""));
  expect(carried).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/u);
  expect(tracing.open("elsewhere", { parent: carried })).toBeNull();
  await tracing.flush(5_000);
  expect(collector.spans).toEqual([]);
});

test("a trace that comes from elsewhere goes on, and what is no traceparent begins none", async () => {
  await using rig = await setup({ share: 0 });
  const { tracing, collector } = rig;
  const traceId = "0af7651916cd43dd8448eb211c80319c";
  const other = "1bf7651916cd43dd8448eb211c80319c";
  const span = tracing.open("input", {
    parent: `00-${traceId}-b7ad6b7169203331-01`,
    links: [`00-${other}-b7ad6b7169203331-01`, "nonsense"],
  });
  span?.end();
  span?.end(new Error("too late"));
  for (const parent of ["nonsense", `00-${"0".repeat(32)}-b7ad6b7169203331-01`, ""])
    expect(tracing.open("input", { parent })).toBeNull();
  await tracing.flush(5_000);
  expect(collector.spans).toHaveLength(1);
  expect(collector.spans[0]).toMatchObject({
    traceId,
    parentSpanId: "b7ad6b7169203331",
    hasFailed: false,
    links: [{ traceId: other, spanId: "b7ad6b7169203331" }],
  });
});

test("where the collector hangs, spans over the bound are lost, flushing is given up in time, and it is said once", async () => {
  await using rig = await setup();
  const { tracing, collector, warned } = rig;
  collector.behave("hangs");
  for (let i = 0; i < spansWaitingMax * 2; i++) await tracing.span("root", root, async () => {});
  const startedMs = performance.now();
  await tracing.flush(100);
  expect(performance.now() - startedMs).toBeLessThan(1_000);
  expect(collector.requests()).toBeLessThanOrEqual(4);
  collector.behave("refuses");
  expect(warned.length).toBeLessThanOrEqual(1);
});

test("a collector that takes nothing is told of once, and once when it does again", async () => {
  await using rig = await setup();
  const { tracing, collector, warned } = rig;
  collector.behave("refuses");
  for (let i = 0; i < 3; i++) {
    await tracing.span("root", root, async () => {});
    await tracing.flush(3_000);
  }
  expect(collector.requests()).toBe(3);
  expect(warned).toEqual(["traces are lost: the collector does not take them"]);
  collector.behave("takes");
  await tracing.span("root", root, async () => {});
  await tracing.flush(3_000);
  expect(warned.slice(1)).toEqual(["traces are collected again"]);
});

test("withoutTrace leaves what goes on after it as it was", async () => {
  await using rig = await setup();
  await rig.tracing.span("root", root, async () => {
    const before = currentTrace();
    expect(withoutTrace(() => currentTrace())).toBeUndefined();
    expect(currentTrace()).toBe(before);
  });
});
