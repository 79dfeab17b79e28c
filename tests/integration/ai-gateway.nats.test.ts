import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { LlmAnswer } from "#core/ports/models.ts";
import { aiStatus, type GatewayStatus } from "#core/protocol/llm-status.ts";
import { askerOver, type GatewayProcess, startGatewayProcess } from "#tests/support/gateway-fleet.ts";
import { question } from "#tests/support/gateway-worker-rig.ts";
import { findNatsServer, type NatsServer, startNatsServer, testNatsServerIsHere } from "#tests/support/nats-server.ts";
import { type OllamaStandIn, startOllama } from "#tests/support/ollama-stand-in.ts";

const bin = findNatsServer();
testNatsServerIsHere();
const isLong = process.env["CI"] === "true" || process.env["LONG_TESTS"] === "true";

describe.skipIf(bin === null)("gateways in processes of their own, over a real server", () => {
  let server: NatsServer;
  let ollama: OllamaStandIn;
  const gateways: GatewayProcess[] = [];
  beforeAll(async () => {
    server = await startNatsServer(bin as string);
  });
  afterEach(async () => {
    await Promise.all(gateways.splice(0).map((each) => each[Symbol.asyncDispose]()));
    await ollama[Symbol.asyncDispose]();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const start = async (count: number, parallel: number) => {
    const started = Array.from({ length: count }, (_, n) =>
      startGatewayProcess({
        NATS_URL: server.url,
        WORKER_NAME: `ai-gateway-${n + 1}`,
        OLLAMA_HOSTS: `${ollama.url}?parallel=${parallel}&name=gpu-1`,
        AI_TOKENS_PER_USER_BURST: "100000000",
      }),
    );
    gateways.push(...(await Promise.all(started)));
  };

  test("a question goes to a model and comes back, and one that is cancelled closes the host's socket within 50 ms", async () => {
    ollama = await startOllama({ tokenMs: 20 });
    await start(1, 4);
    await using asker = await askerOver(server.url);
    const tokens: string[] = [];
    expect(await asker.llm.ask(question(), { onToken: (text) => tokens.push(text) })).toMatchObject({
      status: "answered",
    });
    expect(tokens.length).toBeGreaterThan(5);

    ollama.behave(() => ({ kind: "endless", tokenMs: 10 }));
    const cancel = new AbortController();
    const asked = asker.llm.ask(question("more", { outputTokensMax: 8_000 }), { signal: cancel.signal });
    await vi.waitFor(() => expect(ollama.open()).toBe(1), { interval: 2 });
    const startedMs = performance.now();
    cancel.abort();
    expect(await asked).toEqual({ status: "degraded", reason: "cancelled" });
    await vi.waitFor(() => expect(ollama.open()).toBe(0), { interval: 1 });
    expect(performance.now() - startedMs).toBeLessThan(50);
  });

  test("when the process that asked is gone the model stops", async () => {
    ollama = await startOllama({ behave: () => ({ kind: "endless", tokenMs: 10 }) });
    await start(1, 4);
    const asker = await askerOver(server.url);
    void asker.llm.ask(question("on and on", { outputTokensMax: 8_000, waitMsMax: 60_000 }));
    await vi.waitFor(() => expect(ollama.open()).toBe(1), { interval: 5 });
    // Without a word: nothing is cancelled.
    await asker.nats[Symbol.asyncDispose]();
    await vi.waitFor(() => expect(ollama.open()).toBe(0), { interval: 20, timeout: 7_000 });
    await asker.llm[Symbol.asyncDispose]();
  });

  test.runIf(isLong)(
    "kill −9 of one of three under load: every question is answered or fails in words before its deadline, and none is answered twice",
    async () => {
      ollama = await startOllama({ slotsPerModel: 24, tokenMs: 5 });
      await start(3, 24);
      await using asker = await askerOver(server.url);
      const finals = new Map<string, number>();
      asker.nats.subscribe("ai.response.>", {}, (message) => {
        const { type, id } = message.json<{ type: string; id: string }>();
        if (type !== "token") finals.set(id, (finals.get(id) ?? 0) + 1);
      });
      const waitMsMax = 30_000;
      const ask = async (n: number) => {
        const startedMs = performance.now();
        const answer = await asker.llm.ask(question(`What is behind door ${n}?`, { userId: `u${n % 20}`, waitMsMax }));
        return { answer, tookMs: performance.now() - startedMs };
      };
      const asked: Promise<{ answer: LlmAnswer; tookMs: number }>[] = [];
      for (let n = 0; n < 1_500; n++) {
        asked.push(ask(n));
        if (n === 500) gateways[1]!.kill();
        if (n % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 40));
      }
      const all = await Promise.all(asked);
      expect(all.filter(({ tookMs }) => tookMs > waitMsMax + 100)).toEqual([]);
      const reasons = Map.groupBy(all, ({ answer }) => (answer.status === "answered" ? "answered" : answer.reason));
      expect(Object.fromEntries([...reasons].map(([reason, some]) => [reason, some.length]))).toEqual({
        answered: 1_500,
      });
      expect([...finals.values()].filter((count) => count > 1)).toEqual([]);
      // Some were under way in the one that died, and came back by the end of its lease.
      expect(Math.max(...all.map(({ tookMs }) => tookMs))).toBeGreaterThan(4_000);
      expect(Math.max(...all.map(({ tookMs }) => tookMs))).toBeLessThan(15_000);
      const statuses = new Map<string, GatewayStatus>();
      asker.bus.subscribe(aiStatus, (status) => statuses.set(status.name, status));
      await vi.waitFor(
        () => {
          expect([...statuses.values()].map(({ waiting, running }) => waiting + running)).toEqual([0, 0]);
          expect([...statuses.values()].reduce((sum, { counts }) => sum + counts.takenOver, 0)).toBeGreaterThan(0);
        },
        { interval: 50, timeout: 6_000 },
      );
      expect(ollama.open()).toBe(0);
    },
    90_000,
  );

  test.runIf(isLong)(
    "kill −9 of the server with its disk and of the gateway: whoever still waits is answered by the next gateway",
    async () => {
      ollama = await startOllama({ behave: () => ({ kind: "endless", tokenMs: 10 }) });
      await start(1, 4);
      await using asker = await askerOver(server.url);
      const asked = asker.llm.ask(question("again", { outputTokensMax: 8_000, waitMsMax: 60_000 }));
      await vi.waitFor(() => expect(ollama.open()).toBe(1), { interval: 5 });
      gateways[0]!.kill();
      await server.wipe();
      ollama.behave(() => ({ kind: "answer", text: "Rain on slate." }));
      await server.start();
      await start(1, 4);
      expect(await asked).toMatchObject({ status: "answered", text: "Rain on slate." });
    },
    60_000,
  );
});
