import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { apiGatewayClients } from "#adapters/api-gateway/clients.ts";
import { manualClock } from "#adapters/memory/clock.ts";
import type { AppError } from "#core/lib/errors.ts";
import type { ConnectionId } from "#core/lib/ids.ts";

const id = "AbCdEf-_0123456=" as ConnectionId;

/** What only a gateway in trouble does; the rest is in the contract, against the stand-in. */
describe.each(["sdk", "lean"] as const)("the %s way out, when the gateway is in trouble", (way) => {
  test.each([500, 503, 429])("a %i is tried again a bounded number of times, then UNAVAILABLE", async (status) => {
    await using rig = await start(way, (_request, response) => response.writeHead(status).end("{}"));
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
      await using rig = await start(way, answer);
      await expect(rig.clients.post(id, "x")).rejects.toMatchObject({ code: "UNAVAILABLE" });
      expect(rig.requests).toHaveLength(1);
    },
  );

  test("no more posts are under way than allowed, and what exceeds the queue is refused", async () => {
    const held: (() => void)[] = [];
    const twoHeld = Promise.withResolvers<void>();
    let isHolding = true;
    await using rig = await start(way, (_request, response) => {
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

describe("the lean way out", () => {
  const isSdk = ({ headers }: IncomingMessage) => headers["amz-sdk-invocation-id"] !== undefined;

  test.each([400, 403])("leaves what is refused with %i to the SDK, once", async (status) => {
    await using rig = await start("lean", (request, response) =>
      response.writeHead(isSdk(request) ? 200 : status).end(),
    );
    expect(await rig.clients.post(id, "x")).toBe("posted");
    expect(rig.requests).toHaveLength(2);
  });

  test("what the SDK is refused as well is UNAVAILABLE", async () => {
    await using rig = await start("lean", (_request, response) => response.writeHead(403).end("{}"));
    await expect(rig.clients.post(id, "x")).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(rig.requests).toHaveLength(2);
  });

  test.each([
    [410, "gone"],
    [413, "PAYLOAD_TOO_LARGE"],
  ])("needs no SDK to understand a %i", async (status, outcome) => {
    await using rig = await start("lean", (_request, response) => response.writeHead(status).end("{}"));
    expect(await rig.clients.post(id, "x").catch((error: AppError) => error.code)).toBe(outcome);
    expect(rig.requests).toHaveLength(1);
  });

  test("signs for the gateway's clock once the SDK has learnt that it is another", async () => {
    const hourMs = 3_600_000;
    const signedAt: string[] = [];
    await using rig = await start("lean", (request, response) => {
      if (!isSdk(request)) signedAt.push(String(request.headers["x-amz-date"]));
      const date = new Date(Date.now() + hourMs).toUTCString();
      response.writeHead(403, { date, "x-amzn-errortype": "RequestTimeTooSkewed" }).end("{}");
    });
    for (let posts = 0; posts < 2; posts++)
      await expect(rig.clients.post(id, "x")).rejects.toMatchObject({ code: "UNAVAILABLE" });
    const [before, after] = signedAt.map(msOf) as [number, number];
    // The header counts in whole seconds, and the machine's clock goes on meanwhile.
    expect(Math.abs(after - before - hourMs)).toBeLessThan(60_000);
  });

  test("does without the SDK where it is answered, and keeps its connection", async () => {
    const sockets = new Set<unknown>();
    let sdkRequests = 0;
    await using rig = await start("lean", (request, response) => {
      sockets.add(request.socket);
      if (isSdk(request)) sdkRequests += 1;
      response.end();
    });
    for (let posts = 0; posts < 5; posts++) expect(await rig.clients.post(id, "x")).toBe("posted");
    expect({ connections: sockets.size, sdkRequests }).toEqual({ connections: 1, sdkRequests: 0 });
  });

  test("a kept connection that the gateway ends just then costs no frame", async () => {
    const known = new Set<unknown>();
    await using rig = await start("lean", (request, response) => {
      if (known.has(request.socket)) return void request.socket.resetAndDestroy();
      known.add(request.socket);
      response.end();
    });
    for (let posts = 0; posts < 3; posts++) expect(await rig.clients.post(id, "x")).toBe("posted");
    expect(known.size).toBeGreaterThan(1);
  });

  test("an answer that breaks off has been given, and the next post goes on", async () => {
    let isBreaking = true;
    await using rig = await start("lean", (request, response) => {
      if (!isBreaking) return void response.end();
      isBreaking = false;
      response.writeHead(200, { "content-length": "10" }).write("12345", () => request.socket.destroy());
    });
    expect(await rig.clients.post(id, "x")).toBe("posted");
    expect(await rig.clients.post(id, "y")).toBe("posted");
  });

  test("a gateway that is not there is UNAVAILABLE", async () => {
    const rig = await start("lean", (_request, response) => void response.end());
    const { clients } = rig;
    await rig.stopListening();
    await expect(clients.post(id, "x")).rejects.toMatchObject({ code: "UNAVAILABLE" });
    clients[Symbol.dispose]();
  });
});

/** Of a time such as 20300312T190358Z. */
function msOf(time: string): number {
  return Date.parse(time.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)/u, "$1-$2-$3:$4:"));
}

async function start(posts: "sdk" | "lean", answer: RequestListener) {
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
    posts,
    policy: { attemptsMax: 3, firstDelayMs: 10, waitingMax: 5 },
    socketsMax: 2,
    waitingMax: 10,
    requestMsMax: 500,
  });
  async function stopListening() {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  }
  return {
    clients,
    requests,
    async waitOut(work: Promise<unknown>) {
      let isDone = false;
      void work.then(() => (isDone = true));
      while (!isDone) await clock.advance(10);
    },
    stopListening,
    async [Symbol.asyncDispose]() {
      clients[Symbol.dispose]();
      await stopListening();
    },
  };
}
