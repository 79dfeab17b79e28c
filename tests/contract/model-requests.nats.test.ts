import { afterAll, beforeAll, describe } from "vitest";
import type { Nats } from "#adapters/nats/connect.ts";
import { natsModelRequests } from "#adapters/nats/model-requests.ts";
import { connectedNats, jetStreamApi } from "#tests/support/nats-rig.ts";
import { findNatsServer, type NatsServer, startNatsServer, testNatsServerIsHere } from "#tests/support/nats-server.ts";
import { startTcpProxy, type TcpProxy } from "#tests/support/tcp-proxy.ts";
import { modelRequestsContract } from "./model-requests.ts";

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
});
