import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as z from "zod";
import { systemEntropy } from "#adapters/entropy.ts";
import { aiFrom, aiVariables } from "#adapters/env/ai-variables.ts";
import { memoryBus } from "#adapters/memory/bus.ts";
import { recordedMetrics } from "#adapters/memory/metrics.ts";
import { memoryModelRequests } from "#adapters/memory/model-requests.ts";
import { systemClock } from "#adapters/system-clock.ts";
import { failuresMax } from "#core/llm/breaker.ts";
import { busLlm } from "#core/llm/bus-llm.ts";
import { rng } from "#core/sim/rng.ts";
import { aiStatus } from "#core/protocol/llm-status.ts";
import { silentLog } from "#tests/support/database.ts";
import { question } from "#tests/support/gateway-worker-rig.ts";
import { type Behaviour, type OllamaStandIn, startOllama } from "#tests/support/ollama-stand-in.ts";
import { modelPorts } from "#workers/ai-gateway/create-context.ts";
import { startGateway } from "#workers/ai-gateway/service.ts";

const isLong = process.env["CI"] === "true" || process.env["LONG_TESTS"] === "true";

/** A gateway over real HTTP, with everything else in this process. */
async function gatewayOver(env: Record<string, string>) {
  const [clock, log, metrics] = [systemClock, silentLog, recordedMetrics()];
  const { settings, models } = aiFrom(z.object(aiVariables).parse({ AI_TOKENS_PER_USER_BURST: "100000000", ...env }));
  const bus = memoryBus({ clock, log });
  const requests = memoryModelRequests({ clock });
  const ports = modelPorts({ redis: null, clock, log, modelOptions: {} });
  await using starting = new AsyncDisposableStack();
  const ctx = { clock, log, metrics, bus, requests, ...ports };
  const gateway = starting.use(await startGateway(ctx, { name: "gateway", settings, models }));
  const llm = starting.use(busLlm({ bus, requests, clock, entropy: systemEntropy, log }));
  const open = starting.move();
  /** And everybody knows. */
  const isOnProbation = async () => {
    const heard = Promise.withResolvers<void>();
    const stop = bus.subscribe(aiStatus, ({ hosts }) => {
      if (hosts[0]?.state === "probation") heard.resolve();
    });
    await heard.promise;
    stop();
  };
  return { gateway, llm, metrics, isOnProbation, [Symbol.asyncDispose]: () => open.disposeAsync() };
}

let ollama: OllamaStandIn;
beforeEach(async () => {
  ollama = await startOllama({ slotsPerModel: 8 });
});
afterEach(() => ollama[Symbol.asyncDispose]());

describe.runIf(isLong)("a host that fails", () => {
  test.each<[string, Behaviour]>([
    ["answers 500", { kind: "status", status: 500, error: "llama runner process has terminated" }],
    ["breaks its connections", { kind: "reset", after: 1 }],
    ["tells of errors under status 200", { kind: "error-line", after: 1, error: "CUDA error" }],
    ["cuts its answers", { kind: "cut", after: 2 }],
  ])(
    "because it %s is given no more work after three to five failures; one tries, and it is back",
    async (_, fault) => {
      ollama.behave(() => fault);
      await using own = await gatewayOver({ OLLAMA_HOSTS: `${ollama.url}?parallel=2` });
      const state = () => own.gateway.status().hosts[0]!.state;
      const ask = (text: string) => own.llm.ask(question(text, { waitMsMax: 10_000 }));
      const first = await Promise.all(Array.from({ length: 12 }, (__, n) => ask(`${n}`)));
      expect(state()).toBe("closed");
      expect(first.filter(({ status }) => status === "answered")).toEqual([]);
      // One more may have been under way when it opened.
      expect([failuresMax, failuresMax + 1]).toContain(ollama.asked.length);
      expect(failuresMax).toBeGreaterThanOrEqual(3);
      const failures = ollama.asked.length;
      expect(await ask("while it is closed")).toMatchObject({ status: "degraded", reason: "no-host" });
      expect(ollama.asked).toHaveLength(failures);

      await own.isOnProbation();
      await Promise.all(["a", "b", "c"].map(ask));
      expect(state()).toBe("closed");
      expect(ollama.asked).toHaveLength(failures + 1);

      ollama.behave(() => ({ kind: "answer", tokenMs: 10 }));
      await own.isOnProbation();
      const tried = Array.from({ length: 4 }, (__, n) => ask(`again ${n}`));
      await vi.waitFor(() => expect(ollama.asked.length).toBe(failures + 2), { interval: 1 });
      expect([ollama.open(), state()]).toEqual([1, "probation"]);
      expect((await Promise.all(tried)).map(({ status }) => status)).toEqual(Array(4).fill("answered"));
      expect(state()).toBe("open");
      expect(own.gateway.status()).toMatchObject({ waiting: 0, running: 0 });
    },
  );
});

describe.runIf(isLong)("ten times what the hosts can do", () => {
  test("is refused at once with a time to try again, and costs neither memory nor what can be answered", async () => {
    const [answerMs, seconds, parallel] = [40, 5, 8];
    ollama.behave(() => ({ kind: "answer", text: "Rain.", tokenMs: answerMs }));
    await using own = await gatewayOver({ OLLAMA_HOSTS: `${ollama.url}?parallel=${parallel}`, AI_WAITING_MAX: "100" });
    // What is answered where nothing is too much: never more is asked at once than there are slots.
    const baselineMs = 2_000;
    let baseline = 0;
    const baselineEndMs = performance.now() + baselineMs;
    const steady = async (slot: number) => {
      for (let n = 0; performance.now() < baselineEndMs; n++) {
        await own.llm.ask(question(`steady ${slot}.${n}`));
        baseline += 1;
      }
    };
    await Promise.all(Array.from({ length: parallel }, (_, slot) => steady(slot)));
    const capacity = (baseline * 1000) / baselineMs;
    const kept = { answered: 0, refusedMs: [] as number[], withoutTime: 0, others: new Map<string, number>() };
    const one = async (n: number) => {
      const startedMs = performance.now();
      const answer = await own.llm.ask(question(`${n}`, { userId: `u${n % 50}`, waitMsMax: 10_000 }));
      if (answer.status === "answered") kept.answered += 1;
      else if (answer.reason !== "queue-full")
        kept.others.set(answer.reason, (kept.others.get(answer.reason) ?? 0) + 1);
      else {
        kept.refusedMs.push(performance.now() - startedMs);
        if (answer.retryAfterMs === undefined) kept.withoutTime += 1;
      }
    };
    const startedMs = performance.now();
    const rssBefore = process.memoryUsage().rss;
    const asked: Promise<void>[] = [];
    let sent = 0;
    while (performance.now() - startedMs < seconds * 1000) {
      const due = Math.floor(((performance.now() - startedMs) / 1000) * capacity * 10);
      while (sent < due) asked.push(one(sent++));
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    const answeredMeanwhile = kept.answered;
    const tookMs = performance.now() - startedMs;
    await Promise.all(asked);
    const refusedMs = kept.refusedMs.toSorted((a, b) => a - b);
    console.log("Ten times the capacity, measured:", {
      capacityPerSecond: capacity,
      offeredPerSecond: Math.round((sent * 1000) / tookMs),
      goodput: Math.round((answeredMeanwhile / ((capacity * tookMs) / 1000)) * 100) / 100,
      refusedP50Ms: Math.round(refusedMs[Math.floor(refusedMs.length / 2)]! * 100) / 100,
      refusedP99Ms: Math.round(refusedMs[Math.floor(refusedMs.length * 0.99)]! * 100) / 100,
      rssGrownMb: Math.round((process.memoryUsage().rss - rssBefore) / 1e6),
    });
    expect([...kept.others]).toEqual([]);
    expect(kept.withoutTime).toBe(0);
    expect(refusedMs.length).toBeGreaterThan(sent / 2);
    expect(kept.answered + refusedMs.length).toBe(sent);
    expect(own.gateway.status()).toMatchObject({ waiting: 0, running: 0 });
  });
});

describe("questions that are cancelled at any moment", () => {
  const count = isLong ? 10_000 : 600;

  test(`leak no slot, and nothing goes on upstream: ${count} of them`, { timeout: 180_000 }, async () => {
    const random = rng(7, "cancels", 0);
    ollama.behave((_, number) => {
      if (number % 97 === 0) return { kind: "stall", after: number % 3 };
      return { kind: "answer", text: "Rain falls on the old roofs.", tokenMs: number % 4 };
    });
    await using own = await gatewayOver({
      OLLAMA_HOSTS: `${ollama.url}?parallel=8`,
      AI_WAITING_MAX: "100000",
      AI_WAITING_PER_USER_MAX: "100000",
    });
    const outcomes = new Map<string, number>();
    const one = async (n: number) => {
      const cancel = new AbortController();
      const isStreamed = n % 2 === 0;
      const asked = own.llm.ask(question(`${n}`, { userId: `u${n % 20}`, waitMsMax: 60_000 }), {
        signal: cancel.signal,
        ...(isStreamed && { onToken: () => {} }),
      });
      const timer = setTimeout(() => cancel.abort(), random.float() * 120);
      const answer = await asked;
      clearTimeout(timer);
      const how = answer.status === "answered" ? "answered" : answer.reason;
      outcomes.set(how, (outcomes.get(how) ?? 0) + 1);
    };
    let next = 0;
    const asker = async () => {
      while (next < count) await one(next++);
    };
    await Promise.all(Array.from({ length: 60 }, asker));
    expect([...outcomes.keys()].toSorted()).toEqual(["answered", "cancelled"]);
    for (const often of outcomes.values()) expect(often).toBeGreaterThan(count / 20);
    await vi.waitFor(() => {
      expect(own.gateway.status()).toMatchObject({ waiting: 0, running: 0 });
      expect(ollama.open()).toBe(0);
    });
    // Every slot can be had again, at once.
    ollama.behave(() => ({ kind: "stall", after: 0 }));
    const stop = new AbortController();
    for (let n = 0; n < 8; n++) void own.llm.ask(question(`last ${n}`), { signal: stop.signal });
    await vi.waitFor(() => expect(ollama.open()).toBe(8), { interval: 5 });
    stop.abort();
    await vi.waitFor(() => expect(ollama.open()).toBe(0), { interval: 5 });
  });
});
