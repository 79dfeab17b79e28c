import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import * as z from "zod";
import { manualClock } from "#adapters/memory/clock.ts";
import { natsBus, type NatsBusOptions } from "#adapters/nats/bus.ts";
import { connectNats, type Nats } from "#adapters/nats/connect.ts";
import { currentTrace, withTrace } from "#adapters/tracing/current.ts";
import { systemClock } from "#adapters/system-clock.ts";
import type { News, Rpc } from "#core/protocol/subjects.ts";
import { connectedNats, countingLog } from "#tests/support/nats-rig.ts";
import { findNatsServer, type NatsServer, startNatsServer, testNatsServerIsHere } from "#tests/support/nats-server.ts";

const bin = findNatsServer();
testNatsServerIsHere();

const number = z.object({ n: z.number() });
type Numbered = z.infer<typeof number>;
const double: Rpc<Numbered, Numbered> = { subject: "arithmetic.double", input: number, output: number };
const halve: Rpc<Numbered, Numbered> = { subject: "arithmetic.halve", input: number, output: number };
const look: Rpc<Numbered, Numbered> = { subject: "world.look.1", input: number, output: number };
const blob: Rpc<{ text: string }, Numbered> = {
  subject: "arithmetic.blob",
  input: z.object({ text: z.string() }),
  output: number,
};
const count: News<number> = { subject: "news.count", message: z.number() };
const timeoutMs = 2_000;

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const out: T[] = [];
  for await (const item of items) out.push(item);
  return out;
}

describe.skipIf(bin === null)("the bus over a real server", () => {
  let server: NatsServer;
  const connections: Nats[] = [];
  beforeAll(async () => {
    server = await startNatsServer(bin as string);
  });
  afterEach(async () => {
    await Promise.all(connections.splice(0).map((nats) => nats[Symbol.asyncDispose]()));
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const setup = async (options: Partial<NatsBusOptions> = {}) => {
    const { log, told } = countingLog();
    const nats = await connectedNats(server.url, log);
    connections.push(nats);
    return { nats, told, bus: natsBus(nats, { clock: systemClock, ...options }) };
  };

  describe("when the server goes away", () => {
    test("requests are refused at once, and everything goes on when it is back, without a restart of ours", async () => {
      const asking = await setup();
      const serving = await setup();
      serving.bus.serve(double, async ({ n }) => ({ n: 2 * n }));
      const heard: number[] = [];
      serving.bus.subscribe(count, (n) => heard.push(n));
      await serving.nats.ready();

      await server.kill();
      const refused = () => asking.bus.request(double, { n: 1 }, { timeoutMs: 60_000 });
      await vi.waitFor(() => expect(refused()).rejects.toMatchObject({ code: "UNAVAILABLE", retryAfterS: 1 }));
      await expect(asking.nats.ready()).rejects.toMatchObject({ code: "UNAVAILABLE" });
      asking.bus.publish(count, 1);
      expect(asking.bus.newsLost()).toBe(1);

      await server.start();
      await asking.nats.connected(5_000);
      await serving.nats.connected(5_000);
      await asking.nats.ready();
      expect(await asking.bus.request(double, { n: 21 }, { timeoutMs })).toEqual({ n: 42 });
      asking.bus.publish(count, 2);
      await vi.waitFor(() => expect(heard).toEqual([2]));
      // Lost, reconnected: one line each, and one for the lost news.
      expect(asking.told).toEqual({ warn: 2, error: 0 });
    });

    test("one that has stopped answering is noticed, whatever waits to be sent to it, and left for one that does", async () => {
      const { nats, bus } = await setup();
      bus.serve(double, async ({ n }) => ({ n: 2 * n }));
      await nats.ready();
      server.freeze();
      try {
        const noise = new Uint8Array(512 * 1024);
        const fill = () => {
          for (;;) nats.connection().publish("nobody", noise);
        };
        expect(fill).toThrow(expect.objectContaining({ code: "UNAVAILABLE", message: "Too much waits to be sent." }));
        const lost = Promise.withResolvers<void>();
        nats.watch({ down: lost.resolve });
        await lost.promise;
      } finally {
        server.thaw();
      }
      await nats.connected(10_000);
      // To the server the old connection lives, and takes its share of the requests, until it has read what is left in it.
      const answer = () => bus.request(double, { n: 4 }, { timeoutMs: 200 });
      await vi.waitFor(async () => expect(await answer()).toEqual({ n: 8 }), { timeout: 10_000 });
    });

    test("a server that is not there yet is UNAVAILABLE, and is found when it comes, with all that is served", async () => {
      await using late = await startNatsServer(bin as string);
      await late.stop();
      const nats = connectNats({ servers: [late.url], name: "early", log: countingLog().log });
      connections.push(nats);
      const bus = natsBus(nats, { clock: systemClock });
      bus.serve(double, async ({ n }) => ({ n: 2 * n }));
      await expect(bus.request(double, { n: 1 }, { timeoutMs })).rejects.toMatchObject({ code: "UNAVAILABLE" });
      await expect(nats.connected(50)).rejects.toMatchObject({ code: "UNAVAILABLE" });
      await late.start();
      await nats.connected(10_000);
      expect(await bus.request(double, { n: 2 }, { timeoutMs })).toEqual({ n: 4 });
    });

    test("letting go while the server is away takes no longer than it should", async () => {
      await using mortal = await startNatsServer(bin as string);
      const nats = await connectedNats(mortal.url);
      const stop = natsBus(nats, { clock: systemClock }).serve(double, async ({ n }) => ({ n }));
      mortal.freeze();
      const startMs = performance.now();
      await stop();
      await nats[Symbol.asyncDispose]();
      mortal.thaw();
      expect(performance.now() - startMs).toBeLessThan(8_000);
    });
  });

  test("the token is asked for: a wrong one is never let in, the right one is", async () => {
    await using guarded = await startNatsServer(bin as string, { token: "right" });
    const { log, told } = countingLog();
    const wrong = connectNats({ servers: [guarded.url], name: "wrong", token: "wrong", log });
    await using right = connectNats({ servers: [guarded.url], name: "right", token: "right", log: countingLog().log });
    await right.connected(5_000);
    await right.ready();
    await expect(wrong.connected(1_000)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await wrong[Symbol.asyncDispose]();
    expect(told.warn).toBe(1);
  });

  describe("bounds", () => {
    test("a request more than may be under way is refused by the one who asks", async () => {
      const { bus } = await setup({ requestsInFlightMax: 2 });
      const gate = Promise.withResolvers<void>();
      bus.serve(double, async ({ n }) => {
        await gate.promise;
        return { n };
      });
      const asked = [1, 2].map((n) => bus.request(double, { n }, { timeoutMs: 10_000 }));
      await expect(bus.request(double, { n: 3 }, { timeoutMs })).rejects.toMatchObject({ code: "UNAVAILABLE" });
      gate.resolve();
      expect(await Promise.all(asked)).toEqual([{ n: 1 }, { n: 2 }]);
      expect(await bus.request(double, { n: 4 }, { timeoutMs })).toEqual({ n: 4 });
    });

    test("a server handles so many at once, lets so many wait, and refuses the next", async () => {
      const { bus } = await setup({ handlersMax: 2, requestsWaitingMax: 3 });
      const gates: PromiseWithResolvers<void>[] = [];
      bus.serve(double, async ({ n }) => {
        const gate = Promise.withResolvers<void>();
        gates.push(gate);
        await gate.promise;
        return { n };
      });
      const asked = [0, 1, 2, 3, 4].map((n) => bus.request(double, { n }, { timeoutMs: 10_000 }));
      await expect(bus.request(double, { n: 5 }, { timeoutMs })).rejects.toMatchObject({
        code: "UNAVAILABLE",
        message: "Too many requests are waiting.",
      });
      expect(gates).toHaveLength(2);
      for (let n = 0; n < 5; n++) {
        await vi.waitFor(() => expect(gates.length).toBeGreaterThan(n));
        gates[n]?.resolve();
      }
      expect(await Promise.all(asked)).toEqual([0, 1, 2, 3, 4].map((n) => ({ n })));
    });

    test("what has waited beyond its deadline is not handled any more", async () => {
      const clock = manualClock();
      const { bus } = await setup({ handlersMax: 1, clock });
      const gate = Promise.withResolvers<void>();
      const handled: number[] = [];
      bus.serve(double, async ({ n }) => {
        handled.push(n);
        if (n === 1) await gate.promise;
        return { n };
      });
      const first = bus.request(double, { n: 1 }, { timeoutMs: 10_000 });
      await expect(bus.request(double, { n: 2 }, { timeoutMs: 50 })).rejects.toMatchObject({ code: "TIMEOUT" });
      await clock.advance(50);
      gate.resolve();
      await first;
      await bus.request(double, { n: 3 }, { timeoutMs });
      expect(handled).toEqual([1, 3]);
    });

    test("more than a message may carry is PAYLOAD_TOO_LARGE", async () => {
      const { bus } = await setup();
      bus.serve(blob, async ({ text }) => ({ n: text.length }));
      const text = "x".repeat(2 * 1024 * 1024);
      await expect(bus.request(blob, { text }, { timeoutMs })).rejects.toMatchObject({ code: "PAYLOAD_TOO_LARGE" });
    });

    test("news that comes faster than it is taken is lost beyond the bound, counted, and said once", async () => {
      const { nats, bus, told } = await setup({ newsPendingMax: 10 });
      const heard: number[] = [];
      bus.subscribe(count, (n) => heard.push(n));
      for (let n = 0; n < 15; n++) bus.publish(count, n);
      await nats.ready();
      await vi.waitFor(() => expect(heard).toHaveLength(10));
      expect([heard, bus.newsLost(), told]).toEqual([[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 5, { warn: 1, error: 0 }]);
    });
  });

  test("the NATS service protocol finds what is served, with its numbers, and loses it when it stops", async () => {
    const { nats, bus } = await setup();
    const stopDouble = bus.serve(double, async ({ n }) => ({ n: 2 * n }));
    const stopHalve = bus.serve(halve, () => Promise.reject(new Error("odd")));
    bus.serve(look, async ({ n }) => ({ n }));
    for (const n of [1, 2, 3]) await bus.request(double, { n }, { timeoutMs });
    await bus.request(halve, { n: 3 }, { timeoutMs }).catch(() => undefined);
    await bus.request(look, { n: 3 }, { timeoutMs });

    const client = nats.connection().services.client();
    const found = await all(await client.info("arithmetic"));
    expect(found).toMatchObject([{ name: "arithmetic", version: "1.0.0", type: "io.nats.micro.v1.info_response" }]);
    expect(found[0]?.endpoints).toMatchObject([
      { name: "double", subject: "arithmetic.double", queue_group: "q" },
      { name: "halve", subject: "arithmetic.halve", queue_group: "q" },
    ]);
    const [stats] = await all(await client.stats("arithmetic", found[0]?.id));
    expect(stats?.endpoints).toMatchObject([
      { name: "double", num_requests: 3, num_errors: 0 },
      { name: "halve", num_requests: 1, num_errors: 1, last_error: "INTERNAL" },
    ]);
    expect(stats?.endpoints?.[0]?.processing_time).toBeGreaterThan(0);
    expect((await all(await client.ping())).map(({ name }) => name)).toEqual(["arithmetic"]);

    await stopHalve();
    expect((await all(await client.info("arithmetic")))[0]?.endpoints).toHaveLength(1);
    await stopDouble();
    await expect(all(await client.ping("arithmetic"))).rejects.toMatchObject({ code: "503" });
  });

  test("a trace goes along with a request, and on with the requests made while it is served", async () => {
    const { bus } = await setup();
    const trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    const seen: (string | undefined)[] = [];
    bus.serve(halve, async ({ n }) => {
      seen.push(currentTrace());
      return { n: n / 2 };
    });
    bus.serve(double, async ({ n }) => {
      seen.push(currentTrace());
      return bus.request(halve, { n: 4 * n }, { timeoutMs });
    });
    await withTrace(trace, () => bus.request(double, { n: 1 }, { timeoutMs }));
    await bus.request(double, { n: 1 }, { timeoutMs });
    await withTrace("nonsense\r\nInjected: yes", () => bus.request(double, { n: 1 }, { timeoutMs }));
    expect(seen).toEqual([trace, trace, undefined, undefined, undefined, undefined]);
  });

  test("what is sent to a served subject without our headers, or is not JSON, harms nobody", async () => {
    const { nats, bus, told } = await setup();
    bus.serve(double, async ({ n }) => ({ n: 2 * n }));
    const raw = (payload: string) => nats.connection().request(double.subject, payload, { timeout: timeoutMs });
    expect((await raw('{"n":2}')).json()).toEqual({ n: 4 });
    const refused = await raw("{{{");
    expect([refused.headers?.get("Nats-Service-Error"), refused.json()]).toEqual([
      "INVALID_INPUT",
      { code: "INVALID_INPUT", message: "The request is not JSON." },
    ]);
    nats.connection().publish(double.subject, "{{{");
    nats.connection().publish(count.subject, "{{{");
    expect(await bus.request(double, { n: 3 }, { timeoutMs })).toEqual({ n: 6 });
    expect(told.error).toBe(0);
  });
});
