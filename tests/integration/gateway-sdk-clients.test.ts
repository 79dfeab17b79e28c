import { once } from "node:events";
import { createServer } from "node:http";
import type { RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { apiGatewayClients } from "#adapters/api-gateway/clients.ts";
import { manualClock } from "#adapters/memory/clock.ts";
import type { ConnectionId } from "#core/lib/ids.ts";

const id = "AbCdEf-_0123456=" as ConnectionId;

/** What only a gateway in trouble does; the rest is in the contract, against the stand-in. */
describe("the SDK's way out, when the gateway is in trouble", () => {
  test.each([500, 503, 429])("a %i is tried again a bounded number of times, then UNAVAILABLE", async (status) => {
    await using rig = await start((_request, response) => response.writeHead(status).end("{}"));
    const outcome = rig.clients.post(id, "x").catch((error: unknown) => error);
    await rig.waitOut(outcome);
    expect(await outcome).toMatchObject({ code: "UNAVAILABLE" });
    expect(rig.requests).toEqual(Array.from({ length: 3 }, () => `POST /@connections/${encodeURIComponent(id)}`));
  });

  test.each([
    ["no answer in time", () => undefined],
    ["a connection that breaks", (request) => request.socket.destroy()],
  ] satisfies [string, RequestListener][])(
    "%s is UNAVAILABLE at once: the frame may have arrived",
    async (_, answer) => {
      await using rig = await start(answer);
      await expect(rig.clients.post(id, "x")).rejects.toMatchObject({ code: "UNAVAILABLE" });
      expect(rig.requests).toHaveLength(1);
    },
  );

  test("no more posts are under way than allowed, and what exceeds the queue is refused", async () => {
    const held: (() => void)[] = [];
    const twoHeld = Promise.withResolvers<void>();
    let isHolding = true;
    await using rig = await start((_request, response) => {
      if (isHolding) held.push(() => response.end());
      else response.end();
      if (held.length === 2) twoHeld.resolve();
    });
    const posts = Array.from({ length: 14 }, (_, index) => rig.clients.post(`c${index}` as ConnectionId, "x"));
    const refused = posts.slice(12);
    expect((await Promise.allSettled(refused)).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await twoHeld.promise;
    expect(held).toHaveLength(2);
    isHolding = false;
    for (const release of held) release();
    expect(await Promise.all(posts.slice(0, 12))).toEqual(Array.from({ length: 12 }, () => "posted"));
    expect(held).toHaveLength(2);
  });
});

async function start(answer: RequestListener) {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    request.resume().once("end", () => answer(request, response));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const clock = manualClock();
  const clients = apiGatewayClients({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: "local",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    clock,
    policy: { attemptsMax: 3, firstDelayMs: 10, waitingMax: 5 },
    socketsMax: 2,
    waitingMax: 10,
    requestMsMax: 500,
  });
  return {
    clients,
    requests,
    async waitOut(work: Promise<unknown>) {
      let isDone = false;
      void work.then(() => (isDone = true));
      while (!isDone) await clock.advance(10);
    },
    async [Symbol.asyncDispose]() {
      clients[Symbol.dispose]();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
