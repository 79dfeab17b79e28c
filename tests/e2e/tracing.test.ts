import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Backend, backendKind, startTestBackend } from "#tests/support/dev.ts";
import { message } from "#tests/support/frames.ts";
import { drawn, type OtlpReceiver, startOtlpReceiver, treesOf } from "#tests/support/otlp-receiver.ts";
import { here, newPlayer } from "#tests/support/player.ts";

const waitMs = 20_000;
let collector: OtlpReceiver;
let backend: Backend;
beforeAll(async () => {
  collector = await startOtlpReceiver();
  backend = await startTestBackend({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_TRACES_SAMPLER_ARG: "1" });
});
afterAll(async () => {
  await backend[Symbol.asyncDispose]();
  await collector[Symbol.asyncDispose]();
});

/** The trace of the last command, once all of it has come in. */
async function traceOfCommand(): Promise<string[]> {
  const commands = () =>
    collector.spans.filter(({ name, attributes }) => isTold(name) && attributes["input.type"] === "command");
  const isTold = (name: string) => name === "world input";
  const trees = await vi.waitFor(
    () => {
      const last = commands()
        .toSorted((a, b) => a.startMs - b.startMs)
        .at(-1);
      expect(last).toBeDefined();
      const found = treesOf(collector.spans, last!.traceId);
      expect(found).toHaveLength(1);
      expect(drawn(found).join("\n")).toMatch(/post frame/u);
      return found;
    },
    { timeout: waitMs, interval: 100 },
  );
  return drawn(trees);
}

test("one command is one trace: from its socket over the world's stream and its turn to SQL and the frame", async () => {
  const player = await here(newPlayer(backend.url, "Traced"));
  await player.ask("north", message("movement"));
  const [functions, world] = backendKind() === "services" ? ["functions", "world"] : ["one-process", "one-process"];
  const tree = await traceOfCommand();
  expect([...new Set(tree)]).toEqual([
    `${functions}: socket message`,
    `  ${functions}: append input`,
    `    ${world}: world input`,
    `      ${world}: world turn`,
    `        ${world}: sql world_log_commit`,
    `        ${world}: post frame`,
  ]);
  player[Symbol.dispose]();
});

test("lines of the log that were written in a span say which", async () => {
  const player = await here(newPlayer(backend.url, "TracedLog"));
  player[Symbol.dispose]();
  const requests = backend
    .output()
    .split("\n")
    .filter((line) => line.includes('"msg":"request"'));
  const request = collector.spans.find(({ name }) => name.startsWith("http "));
  expect(requests.length).toBeGreaterThan(0);
  expect(requests.every((line) => /"trace_id":"[0-9a-f]{32}","span_id":"[0-9a-f]{16}"/u.test(line))).toBe(true);
  expect(request).toBeDefined();
});

test("nothing that somebody wrote, and no address, is in a span", () => {
  const told = JSON.stringify(collector.spans);
  expect(told.length).toBeGreaterThan(1000);
  expect(told).not.toMatch(/Traced(?:Log)?|north|@example|127\.0\.0\.1/u);
});

test("a collector that hangs, and one that refuses, holds no command up", async () => {
  const player = await here(newPlayer(backend.url, "Unhindered"));
  for (const behaviour of ["hangs", "refuses"] as const) {
    collector.behave(behaviour);
    const before = collector.requests();
    const startedMs = performance.now();
    for (let step = 0; step < 10; step++)
      await player.ask(step % 2 === 0 ? "face north" : "face south", message("action"));
    expect(performance.now() - startedMs).toBeLessThan(2_000);
    await vi.waitFor(() => expect(collector.requests()).toBeGreaterThan(before), { timeout: waitMs });
  }
  player[Symbol.dispose]();
});
