import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Nats } from "#adapters/nats/connect.ts";
import { natsModelRequests } from "#adapters/nats/model-requests.ts";
import type { ModelDelivery } from "#core/ports/models.ts";
import { connectedNats, jetStreamApi } from "#tests/support/nats-rig.ts";
import { findNatsServer, type NatsServer, startNatsServer, testNatsServerIsHere } from "#tests/support/nats-server.ts";
import { startTcpProxy, type TcpProxy } from "#tests/support/tcp-proxy.ts";
import { modelRequest, modelRequestsContract } from "./model-requests.ts";

const bin = findNatsServer();
testNatsServerIsHere();

const keptMax = 8;
const leaseMs = 1_200;

describe.skipIf(bin === null)("over a real server", () => {
  let server: NatsServer;
  let nats: Nats;
  let made = 0;
  beforeAll(async () => {
    server = await startNatsServer(bin as string);
    nats = await connectedNats(server.url);
  });
  afterAll(async () => {
    await nats[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  const setup = async () => {
    const options = { stream: `ASK_${++made}`, subjects: `ask${made}.request`, keptMax, leaseMs };
    const open = new AsyncDisposableStack();
    let newest: TcpProxy | null = null;
    return {
      requests: natsModelRequests(nats, options),
      keptMax,
      async another() {
        newest = open.use(await startTcpProxy());
        const own = await connectedNats(newest.before(server.url));
        open.defer(() => {
          void own[Symbol.asyncDispose]();
        });
        return natsModelRequests(own, options);
      },
      // Nothing it says is heard from now on, and it does not hear that it is dead.
      kill: async () => newest?.hold(),
      async [Symbol.asyncDispose]() {
        await open.disposeAsync();
        await jetStreamApi(nats, `STREAM.DELETE.${options.stream}`);
      },
    };
  };

  modelRequestsContract("the queue over NATS", setup);

  test("after a server that has lost everything what is added again is delivered, and whoever asked was told when to", async () => {
    const own = await startNatsServer(bin as string);
    const connected = await connectedNats(own.url);
    const requests = natsModelRequests(connected, { leaseMs: 300 });
    const taken: ModelDelivery[] = [];
    const lost: string[] = [];
    const taker = requests.take({
      deliver: (delivery) => taken.push(delivery),
      lost: ({ request }) => lost.push(request.id),
    });
    await requests.add(modelRequest("1"));
    await vi.waitFor(() => expect(taken.length).toBe(1), { interval: 5, timeout: 5_000 });
    const doubted = Promise.withResolvers<void>();
    const stopDoubting = requests.onDoubt(doubted.resolve);
    await own.wipe();
    await own.start();
    await doubted.promise;
    await requests.add(modelRequest("1"));
    await vi.waitFor(() => expect(taken.length).toBe(2), { interval: 5, timeout: 10_000 });
    expect([lost, taken.map((each) => each.isHeld())]).toEqual([["1"], [false, true]]);
    stopDoubting();
    await taker.stop();
    await connected[Symbol.asyncDispose]();
    await own[Symbol.asyncDispose]();
  }, 20_000);

  test("a stream that was made to write at once goes on as it does", async () => {
    const name = `ASK_${++made}`;
    const subjects = `ask${made}.request`;
    await jetStreamApi(nats, `STREAM.CREATE.${name}`, {
      name,
      subjects: [`${subjects}.*.*`],
      storage: "file",
      retention: "workqueue",
      discard: "new",
    });
    const requests = natsModelRequests(nats, { stream: name, subjects });
    const ids: string[] = [];
    const taker = requests.take({ deliver: ({ request }) => ids.push(request.id), lost: () => {} });
    await requests.add(modelRequest("1"));
    await vi.waitFor(() => expect(ids).toEqual(["1"]), { interval: 5, timeout: 5_000 });
    await taker.stop();
    await jetStreamApi(nats, `STREAM.DELETE.${name}`);
  });
});
