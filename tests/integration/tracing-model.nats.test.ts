import { describe, expect, test, vi } from "vitest";
import { openTelemetry } from "#adapters/tracing/open-telemetry.ts";
import { tracedLlm, tracedModelRequests } from "#adapters/tracing/traced-ports.ts";
import { systemClock } from "#adapters/system-clock.ts";
import { systemEntropy } from "#adapters/entropy.ts";
import { busLlm } from "#core/llm/bus-llm.ts";
import { askerOver, startGatewayProcess } from "#tests/support/gateway-fleet.ts";
import { question } from "#tests/support/gateway-worker-rig.ts";
import { findNatsServer, startNatsServer, testNatsServerIsHere } from "#tests/support/nats-server.ts";
import { startOllama } from "#tests/support/ollama-stand-in.ts";
import { drawn, startOtlpReceiver, treesOf } from "#tests/support/otlp-receiver.ts";

const bin = findNatsServer();
testNatsServerIsHere();
const log = { debug() {}, info() {}, warn() {}, error() {} };

describe.skipIf(bin === null)("traces of questions to models", () => {
  test("one question is one trace: who asks, the queue, the gateway in another process, and Ollama", async () => {
    await using server = await startNatsServer(bin as string);
    await using ollama = await startOllama({ tokenMs: 1 });
    await using collector = await startOtlpReceiver();
    await using _gateway = await startGatewayProcess({
      NATS_URL: server.url,
      OLLAMA_HOSTS: `${ollama.url}?parallel=1&name=gpu-1`,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    });
    await using asker = await askerOver(server.url);
    await using tracing = openTelemetry(
      { endpoint: collector.url, headers: {}, share: 1 },
      { role: "asker", name: "asker-1", log },
    );
    const requests = tracedModelRequests(asker.requests, tracing);
    await using own = busLlm({ bus: asker.bus, requests, clock: systemClock, entropy: systemEntropy, log });
    const llm = tracedLlm(own, tracing);
    // Two at once on one slot: the second is started by the end of the first, and is in its own trace all the same.
    const answers = await Promise.all([llm.ask(question("Who?")), llm.ask(question("Where?"))]);
    expect(answers.map(({ status }) => status)).toEqual(["answered", "answered"]);

    await vi.waitFor(
      () => {
        const roots = collector.spans.filter(({ name }) => name === "ask model");
        expect(roots).toHaveLength(2);
        for (const { traceId } of roots)
          expect(drawn(treesOf(collector.spans, traceId)).filter((line) => !line.endsWith("serve ai.load"))).toEqual([
            "asker: ask model",
            "  asker: add model request",
            "    ai-gateway: model request",
            "      ai-gateway: model job",
            "        ai-gateway: ollama chat",
          ]);
      },
      { timeout: 15_000, interval: 50 },
    );
    expect(JSON.stringify(collector.spans)).not.toMatch(/Who|Where/u);
  });
});
