import { afterAll, beforeAll, describe } from "vitest";
import type { Nats } from "#adapters/nats/connect.ts";
import { natsInputStreams } from "#adapters/nats/input-streams.ts";
import { connectedNats, jetStreamApi, observed } from "#tests/support/nats-rig.ts";
import { findNatsServer, type NatsServer, startNatsServer, testNatsServerIsHere } from "#tests/support/nats-server.ts";
import { inputStreamsContract } from "./input-streams.ts";

const bin = findNatsServer();
testNatsServerIsHere();

const pendingMax = 12;
const inFlightMax = 4;

describe.skipIf(bin === null)("over a real server", () => {
  let server: NatsServer;
  let nats: Nats;
  let streamsMade = 0;
  beforeAll(async () => {
    server = await startNatsServer(bin as string);
    nats = await connectedNats(server.url);
  });
  afterAll(async () => {
    await nats[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  const setup = async () => {
    const names = { stream: `CONTRACT_${++streamsMade}`, subjects: `contract${streamsMade}.input` };
    const inner = natsInputStreams(nats, {
      ...names,
      inputsPendingMax: pendingMax,
      deliveriesInFlightMax: inFlightMax,
    });
    const { streams, quiet, stopAll } = observed(inner, { ...names, inFlightMax });
    return {
      streams,
      pendingMax,
      inFlightMax,
      quiet: () => quiet(nats),
      async [Symbol.asyncDispose]() {
        await stopAll();
        await jetStreamApi(nats, `STREAM.DELETE.${names.stream}`);
      },
    };
  };

  inputStreamsContract("the streams over NATS", setup, { historiesMax: 60 });
});
