import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { lobbyWorldId } from "#core/lib/ids.ts";
import { subprotocolV1 } from "#core/protocol/frames-out.ts";
import { rng } from "#core/sim/rng.ts";
import { type Gateway, startGateway } from "#dev/gateway/gateway.ts";
import { handleConnect } from "#functions/ws/connect.ts";
import { handleMessage } from "#functions/ws/default.ts";
import { handleDisconnect } from "#functions/ws/disconnect.ts";
import { type WorldRig, worldRig } from "#tests/support/world-rig.ts";
import { webSocketPath } from "#tests/support/gateway-rig.ts";
import { wsClient } from "#tests/support/ws-client.ts";

// The stand-in starts an invocation for every frame at once, as API Gateway does, and each begins when chance has it.

const settleMs = 40;
const lines = (count: number): string[] => Array.from({ length: count }, (_, i) => `line ${i}`);

type Way = AsyncDisposable & {
  readonly rig: WorldRig;
  /** Sends each of the texts so long after the one before; resolves when all are done. */
  type(
    texts: readonly string[],
    options: { everyMs: number; isCounted?: boolean; delaysMs: readonly number[] },
  ): Promise<void>;
};

async function way(options: { readonly commandSettleMs: number; readonly isV1: boolean }): Promise<Way> {
  const rig = worldRig();
  const delays: number[] = [];
  let received = 0;
  const config = { ...rig.config, commandSettleMs: options.commandSettleMs };
  const gatewayOf: { clients?: Gateway["clients"] } = {};
  const ctx = () => ({ ...rig.ctx, clients: gatewayOf.clients! });
  const gateway = await startGateway({
    host: "127.0.0.1",
    port: 0,
    webSocketPath,
    clock: rig.clock,
    log: rig.ctx.log,
    http: async () => ({ statusCode: 404 }),
    ws: {
      connect: (event) => handleConnect(ctx(), config, event),
      default: (event) => handleMessage(ctx(), config, event),
      disconnect: (event) => handleDisconnect(ctx(), event),
    },
    limits: { invocationsPerConnectionMax: 1000 },
    messageDelayMs: () => delays[received++] ?? 0,
  });
  gatewayOf.clients = gateway.clients;
  const service = await rig.serve(ctx(), [lobbyWorldId]);
  const ana = await rig.player("Ana", options.isV1 ? "v1" : "legacy");
  const client = await wsClient(`${gateway.url}${webSocketPath}`, {
    headers: { authorization: `Bearer ${ana.token}` },
    ...(options.isV1 && { protocols: [subprotocolV1] }),
  });
  await rig.pass(1000);
  let typed = 0;
  return {
    rig,
    async type(texts, { everyMs, isCounted = false, delaysMs }) {
      for (const [i, text] of texts.entries()) {
        delays.push(delaysMs[i % delaysMs.length]!);
        const data = { text: `say ${text}`, ...(isCounted && { n: typed + 1 }) };
        client.send(JSON.stringify({ type: "command", data }));
        typed++;
        await vi.waitFor(() => expect(received).toBe(typed), { interval: 1 });
        if (everyMs > 0) await rig.pass(everyMs, 1);
      }
      await rig.pass(2000, 10);
    },
    async [Symbol.asyncDispose]() {
      const stopping = service.stop();
      await rig.pass(500);
      await stopping;
      const closing = gateway[Symbol.asyncDispose]();
      await rig.pass(6000, 500);
      await closing;
    },
  };
}

const draws = rng(7, "delays");
/** Fewer than `max` milliseconds, each its own. */
const jitter = (max: number): number[] => Array.from({ length: 101 }, () => 1 + draws.int(max - 1));

describe("commands whose invocations overtake each other", () => {
  let w: Way;
  const begin = async (options: Partial<Parameters<typeof way>[0]> = {}) =>
    (w = await way({ commandSettleMs: settleMs, isV1: false, ...options }));
  beforeEach(() => void (w = undefined as unknown as Way));
  afterEach(() => w[Symbol.asyncDispose]());

  test.each([
    ["as fast as a bot types", 40, 30],
    ["in a burst", 2, 30],
    ["as a person types", 150, 8],
  ])("are done in the order in which the gateway had them, %s", async (_how, everyMs, count) => {
    await begin();
    await w.type(lines(count), { everyMs, delaysMs: jitter(settleMs) });
    expect(w.rig.said(lobbyWorldId)).toEqual(lines(count));
  });

  test("are done in another order where nobody waits for them", async () => {
    await begin({ commandSettleMs: 0 });
    await w.type(lines(30), { everyMs: 2, delaysMs: jitter(settleMs) });
    expect(w.rig.said(lobbyWorldId)).not.toEqual(lines(30));
    expect(w.rig.said(lobbyWorldId).toSorted()).toEqual(lines(30).toSorted());
  });

  test("that the client counts are done in the order sent, all of one millisecond, and one late because its function had to start", async () => {
    await begin({ isV1: true });
    await w.type(lines(30), { everyMs: 0, isCounted: true, delaysMs: [700, ...jitter(settleMs)] });
    expect(w.rig.said(lobbyWorldId)).toEqual(lines(30));
  });

  test("that the client counts wait for nobody when they come in order", async () => {
    await begin({ isV1: true });
    const sentAtMs = w.rig.clock.nowMs();
    await w.type(["one"], { everyMs: 0, isCounted: true, delaysMs: [0] });
    expect(saidAtMs(w.rig) - sentAtMs).toBeLessThan(settleMs / 2);
  });

  test("that nobody counts wait for those that may be late, and no longer, from when the gateway had them", async () => {
    await begin();
    const sentAtMs = w.rig.clock.nowMs();
    await w.type(["one"], { everyMs: 0, delaysMs: [30] });
    expect(saidAtMs(w.rig) - sentAtMs).toBeGreaterThanOrEqual(settleMs);
    expect(saidAtMs(w.rig) - sentAtMs).toBeLessThan(settleMs + 30);
  });
});

function saidAtMs({ tables }: WorldRig): number {
  const said = (tables.events.get(lobbyWorldId) ?? []).filter(({ type }) => type === "spoke");
  return Math.min(...said.map(({ metadata }) => (metadata as { atMs: number }).atMs));
}
