import { afterEach, describe, expect, test, vi } from "vitest";
import { ollamaHost } from "#adapters/ollama/host.ts";
import { systemClock } from "#adapters/system-clock.ts";
import type { ModelCall } from "#core/ports/models.ts";
import { type OllamaOptions, type OllamaStandIn, startOllama } from "#tests/support/ollama-stand-in.ts";

const sentence = "The lantern light falls on wet stone , and somewhere below water moves against the dark .";
const call = (over: Partial<ModelCall> = {}): ModelCall => ({
  model: "llama3.2",
  mode: "chat",
  messages: [{ role: "user", content: "What is there?" }],
  outputTokensMax: 100,
  ...over,
});
const limits = { firstTokenMs: 300, stallMs: 150, totalMs: 1_000 };

const open: OllamaStandIn[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each[Symbol.asyncDispose]();
});
async function setup(options: OllamaOptions = {}) {
  const ollama = await startOllama(options);
  open.push(ollama);
  const host = ollamaHost({
    url: ollama.url,
    clock: systemClock,
    modelOptions: { "llama3.2": { num_ctx: 2048 } },
    limits,
  });
  const never = new AbortController().signal;
  const tokens: string[] = [];
  const ask = (over: Partial<ModelCall> = {}, signal = never) =>
    host.run(call(over), { signal, onToken: (t) => tokens.push(t) });
  return { ollama, host, ask, tokens };
}
const noneOpen = (ollama: OllamaStandIn) =>
  vi.waitFor(() => expect(ollama.open()).toBe(0), { interval: 2, timeout: 1_000 });

test.each(["chat", "generate"] as const)("a %s comes token by token, and is whole in the end", async (mode) => {
  const { ask, tokens, ollama } = await setup();
  expect(await ask({ mode })).toEqual({ status: "answered", text: sentence, tokens: { prompt: 4, output: 17 } });
  expect(tokens.join("")).toBe(sentence);
  expect(tokens.length).toBe(17);
  expect(ollama.asked[0]).toMatchObject({ path: `/api/${mode}`, options: { num_ctx: 2048, num_predict: 100 } });
});

test("with a schema the host is told so, and answers in its shape", async () => {
  const { ask, ollama } = await setup();
  const schema = { type: "object", properties: { mood: { enum: ["calm", "wild"] } }, required: ["mood"] };
  expect(await ask({ schema })).toMatchObject({ status: "answered", text: '{"mood":"calm"}' });
  expect(ollama.asked[0]!.format).toEqual(schema);
});

test("the options of a model are the same in every request, so that it is loaded once", async () => {
  const { ask, ollama } = await setup();
  await ask();
  await ask({ outputTokensMax: 20 });
  expect(ollama.loads()).toBe(1);
});

test("what a host has, and has in memory, is known with and without the tag that everybody leaves out", async () => {
  const { host, ask } = await setup({ models: { "llama3.2:latest": {}, "qwen3:8b": {} } });
  await ask();
  const { models, loaded } = await host.look(new AbortController().signal);
  expect([...models].toSorted()).toEqual(["llama3.2", "llama3.2:latest", "qwen3:8b"]);
  expect([...loaded].toSorted()).toEqual(["llama3.2", "llama3.2:latest"]);
});

describe("what is not an answer is never taken for one", () => {
  test.each([
    ["ends without done", { kind: "cut", after: 5 }, "truncated", true],
    ["ends without anything", { kind: "cut", after: 0 }, "truncated", true],
    ["breaks off", { kind: "reset", after: 5 }, "upstream-error", true],
    ["breaks off before it begins", { kind: "reset", after: 0 }, "upstream-error", true],
    [
      "has an error under status 200",
      { kind: "error-line", after: 5, error: "llama runner process has terminated" },
      "upstream-error",
      true,
    ],
    ["has a line that is no JSON", { kind: "garble", after: 5 }, "upstream-error", true],
    ["falls silent", { kind: "stall", after: 5 }, "stalled", true],
    ["never begins", { kind: "stall", after: 0 }, "timed-out", true],
    ["does not end", { kind: "endless" }, "overlong", false],
    ["is status 500", { kind: "status", status: 500, error: "out of memory" }, "upstream-error", true],
    ["is status 503", { kind: "status", status: 503, error: "server busy" }, "upstream-error", true],
    ["is status 400", { kind: "status", status: 400, error: "bad options" }, "upstream-error", false],
  ] as const)("one that %s", async (_, behaviour, reason, isHostFault) => {
    const { ask, ollama } = await setup({ behave: () => behaviour });
    expect(await ask()).toMatchObject({ status: "failed", reason, isHostFault });
    await noneOpen(ollama);
  });

  test("one of a model that the host does not have", async () => {
    const { ask } = await setup();
    expect(await ask({ model: "unheard-of" })).toMatchObject({
      status: "failed",
      reason: "no-model",
      isHostFault: false,
    });
  });

  test("one that trickles for ever without falling silent", async () => {
    const { ask, ollama } = await setup({ behave: () => ({ kind: "endless", tokenMs: 30 }) });
    expect(await ask({ outputTokensMax: 8_000 })).toMatchObject({ status: "failed", reason: "timed-out" });
    await noneOpen(ollama);
  });

  test("one from a host that is not there", async () => {
    const { ask, ollama, host } = await setup();
    await ollama[Symbol.asyncDispose]();
    expect(await ask()).toMatchObject({ status: "failed", reason: "upstream-error", isHostFault: true });
    await expect(host.look(new AbortController().signal)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});

describe("when it is cancelled the host's socket is closed within 50 ms", () => {
  const cancelled = async (
    isReady: (ollama: OllamaStandIn, tokens: readonly string[]) => boolean,
    options: OllamaOptions,
  ) => {
    const { ask, ollama, tokens } = await setup(options);
    const cancel = new AbortController();
    const asked = ask({}, cancel.signal);
    await vi.waitFor(() => expect(isReady(ollama, tokens)).toBe(true), { interval: 1 });
    const startedMs = performance.now();
    cancel.abort();
    expect(await asked).toMatchObject({ status: "failed", reason: "cancelled", isHostFault: false });
    await vi.waitFor(() => expect(ollama.open()).toBe(0), { interval: 1 });
    expect(performance.now() - startedMs).toBeLessThan(50);
    expect(ollama.abandoned()).toBe(1);
  };
  test("before the first token", () =>
    cancelled((ollama) => ollama.open() === 1, { behave: () => ({ kind: "stall", after: 0 }) }));
  test("in the middle", () =>
    cancelled((_, tokens) => tokens.length >= 3, { behave: () => ({ kind: "endless", tokenMs: 5 }) }));
  test("while the host loads the model", () =>
    cancelled((ollama) => ollama.open() === 1, { models: { "llama3.2:latest": { loadMs: 200 } } }));
});

test("a request that is cancelled before it begins never reaches the host", async () => {
  const { ask, ollama } = await setup();
  expect(await ask({}, AbortSignal.abort())).toMatchObject({ reason: "cancelled" });
  expect(ollama.asked).toEqual([]);
});
