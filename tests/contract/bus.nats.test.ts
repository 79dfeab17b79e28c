import { setImmediate as nextTurn } from "node:timers/promises";
import { afterAll, beforeAll, describe } from "vitest";
import { natsBus } from "#adapters/nats/bus.ts";
import { systemClock } from "#adapters/system-clock.ts";
import { connectedNats, countingLog } from "#tests/support/nats-rig.ts";
import { findNatsServer, type NatsServer, startNatsServer, testNatsServerIsHere } from "#tests/support/nats-server.ts";
import { busContract } from "./bus.ts";

const bin = findNatsServer();
testNatsServerIsHere();

describe.skipIf(bin === null)("over a real server", () => {
  let server: NatsServer;
  beforeAll(async () => {
    server = await startNatsServer(bin as string);
  });
  afterAll(() => server[Symbol.asyncDispose]());

  busContract("the bus over NATS", async () => {
    const { log, told } = countingLog();
    const nats = await connectedNats(server.url, log);
    return {
      bus: natsBus(nats, { clock: systemClock }),
      pass: (ms: number) => systemClock.sleep(ms),
      // The server answers a ping after everything it had for us before.
      async quiet() {
        for (let round = 0; round < 2; round++) {
          await nats.connection().flush();
          await nextTurn();
        }
      },
      errorsLogged: () => told.error,
      [Symbol.asyncDispose]: () => nats[Symbol.asyncDispose](),
    };
  });
});
