import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { natsBus } from "#adapters/nats/bus.ts";
import { connectNats } from "#adapters/nats/connect.ts";
import { systemClock } from "#adapters/system-clock.ts";
import { authLogin } from "#core/protocol/auth-subjects.ts";
import { functionContext } from "#tests/support/function-context.ts";
import { findNatsServer, type NatsServer, startNatsServer, testNatsServerIsHere } from "#tests/support/nats-server.ts";
import { startAuthService } from "#workers/auth/service.ts";
import { servicesContract } from "./services.ts";
import { type BusRig, overTheBus, servicesOverBusContract } from "./services-over-bus.ts";

const bin = findNatsServer();
testNatsServerIsHere();

describe.skipIf(bin === null)("over a real server", () => {
  let server: NatsServer;
  beforeAll(async () => {
    server = await startNatsServer(bin as string);
  });
  afterAll(() => server[Symbol.asyncDispose]());

  /** The services and whoever calls them have a connection each, as two processes would. */
  const setup = async (): Promise<BusRig & { ask(subject: string, bytes: Uint8Array): Promise<string> }> => {
    await using opening = new AsyncDisposableStack();
    const base = functionContext();
    const { log } = base.ctx;
    const serving = opening.use(connectNats({ servers: [server.url], name: "services", log }));
    const calling = opening.use(connectNats({ servers: [server.url], name: "caller", log }));
    await Promise.all([serving.connected(5_000), calling.connected(5_000)]);
    const open = opening.move();
    return {
      caller: natsBus(calling, { clock: systemClock }),
      behind: { ...base, ctx: { ...base.ctx, bus: natsBus(serving, { clock: systemClock }) } },
      reachable: () => serving.connection().flush(),
      pass: (ms) => systemClock.sleep(ms),
      ask: async (subject, bytes) => (await calling.connection().request(subject, bytes, { timeout: 5_000 })).string(),
      [Symbol.asyncDispose]: () => open.disposeAsync(),
    };
  };

  servicesContract("over NATS", overTheBus(setup));
  servicesOverBusContract("over NATS", setup);

  test.each([
    ["no bytes at all", new Uint8Array()],
    ["bytes that are no text", new Uint8Array([0xff, 0xfe, 0x00])],
    ["half an object", new TextEncoder().encode('{"email":"ann@example.org","password":"hunter2-and-more')],
    ["a deep nest", new TextEncoder().encode("[".repeat(100_000))],
  ])("%s on a subject is INVALID_INPUT, and is not quoted", async (_, bytes) => {
    await using s = await setup();
    await using _service = startAuthService(s.behind.ctx);
    await s.reachable();
    const answer = await s.ask(authLogin.subject, bytes);
    expect(JSON.parse(answer)).toMatchObject({ code: "INVALID_INPUT" });
    expect(answer).not.toContain("hunter2");
  });
});
