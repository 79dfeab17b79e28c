import type { ClientRequest } from "node:http";
import { describe, expect, test } from "vitest";
import { gatewayRig, rigStartMs, webSocketPath } from "#tests/support/gateway-rig.ts";
import type { GatewayRig } from "#tests/support/gateway-rig.ts";
import { HandshakeRefused, wsClient } from "#tests/support/ws-client.ts";
import type { WsClient } from "#tests/support/ws-client.ts";

const anId = expect.stringMatching(/^[\w-]{15}=$/);

function contextOf(id: string, routeKey: string, eventType: string) {
  return {
    routeKey,
    eventType,
    extendedRequestId: anId,
    requestTime: "12/Mar/2030:19:03:58 +0000",
    messageDirection: "IN",
    stage: "$default",
    connectedAt: rigStartMs,
    requestTimeEpoch: rigStartMs,
    identity: { sourceIp: "127.0.0.1", userAgent: "test/1" },
    requestId: anId,
    domainName: "127.0.0.1",
    connectionId: id,
    apiId: "local",
  };
}

describe("a socket's life as events", () => {
  test("$connect carries the handshake, $default a message, $disconnect how it ended", async () => {
    await using rig = await gatewayRig();
    using client = await rig.connect({
      query: "?character_id=a&b=1&b=2",
      headers: { "User-Agent": "test/1", Origin: "http://localhost:5173", "X-Forwarded-For": "203.0.113.7" },
    });
    expect(client.id).toEqual(anId);
    client.send('{"type":"ping"}');
    client.send(Buffer.from([1, 2, 255]));
    client.ws.close(4001, "enough");
    await rig.seen("disconnects", 1);

    const { Host, Origin, ...headers } = rig.connects[0]!.headers;
    expect({ Host, Origin }).toEqual({ Host: `127.0.0.1:${rig.gateway.port}`, Origin: "http://localhost:5173" });
    expect(Object.keys(headers).toSorted()).toEqual([
      "Sec-WebSocket-Key",
      "Sec-WebSocket-Version",
      "User-Agent",
      "X-Forwarded-For",
      "X-Forwarded-Port",
      "X-Forwarded-Proto",
      "x-rig-tag",
    ]);
    expect(rig.connects[0]).toEqual({
      headers: expect.objectContaining({ "X-Forwarded-For": "203.0.113.7, 127.0.0.1", "X-Forwarded-Proto": "http" }),
      multiValueHeaders: expect.objectContaining({ Origin: ["http://localhost:5173"] }),
      queryStringParameters: { character_id: "a", b: "2" },
      multiValueQueryStringParameters: { character_id: ["a"], b: ["1", "2"] },
      requestContext: contextOf(client.id, "$connect", "CONNECT"),
      isBase64Encoded: false,
    });
    const messageContext = { ...contextOf(client.id, "$default", "MESSAGE"), messageId: anId };
    expect(rig.messages).toEqual([
      { requestContext: messageContext, body: '{"type":"ping"}', isBase64Encoded: false },
      { requestContext: messageContext, body: "AQL/", isBase64Encoded: true },
    ]);
    expect(rig.disconnects).toEqual([
      {
        requestContext: {
          ...contextOf(client.id, "$disconnect", "DISCONNECT"),
          disconnectStatusCode: 4001,
          disconnectReason: "enough",
        },
        isBase64Encoded: false,
      },
    ]);
  });

  test.each([
    ["closes without a code", (ws: WebSocketOf) => ws.close(), 1005, "Client-side close frame status not set"],
    ["vanishes", (ws: WebSocketOf) => ws.terminate(), 1006, "Connection closed abnormally"],
  ])("a client that %s is one $disconnect", async (_, leave, code, reason) => {
    await using rig = await gatewayRig();
    using client = await rig.connect();
    leave(client.ws);
    await rig.seen("disconnects", 1);
    await rig[Symbol.asyncDispose]();
    expect(endings(rig)).toEqual([[code, reason]]);
    expect(rig.gateway.openSockets()).toBe(0);
  });
});

describe("the handshake", () => {
  test.each([401, 403, 500])(
    "is refused with %i and the function's own words when $connect says so",
    async (status) => {
      await using rig = await gatewayRig();
      rig.on.connect = async () => ({ statusCode: status, headers: { "retry-after": "7" }, body: '{"error":{}}' });
      const refused = await refusal(rig.connect());
      expect(refused).toMatchObject({ status, body: '{"error":{}}', headers: { "retry-after": "7" } });
      await rig[Symbol.asyncDispose]();
      expect(rig.disconnects).toEqual([]);
    },
  );

  test.each([
    ["throws", () => Promise.reject(new Error("secret")), 500],
    ["answers without a status", async () => "fine", 502],
  ])("is refused when $connect %s", async (_, handler, status) => {
    await using rig = await gatewayRig();
    rig.on.connect = handler;
    const refused = await refusal(rig.connect());
    expect(refused.status).toBe(status);
    expect(refused.body).not.toContain("secret");
    expect(rig.disconnects).toEqual([]);
  });

  test("is refused with 504 when $connect takes too long", async () => {
    await using rig = await gatewayRig();
    rig.on.connect = () => new Promise(() => undefined);
    const refused = refusal(rig.connect());
    await rig.seen("connects", 1);
    await rig.clock.advance(29_000);
    expect((await refused).status).toBe(504);
  });

  test.each([
    ["what the function chose", "thousand-worlds.v1", "thousand-worlds.v1"],
    ["nothing when it chose none", null, ""],
  ])("selects %s of the offered subprotocols", async (_, chosen, selected) => {
    await using rig = await gatewayRig();
    rig.on.connect = async () => ({
      statusCode: 200,
      headers: chosen === null ? {} : { "Sec-WebSocket-Protocol": chosen },
    });
    // A client that hears no choice from a server gives up: that it does shows that nothing was echoed.
    const attempt = rig.connect({ protocols: ["ticket.abc", "thousand-worlds.v1"] });
    if (chosen === null) await expect(attempt).rejects.toThrow("Server sent no subprotocol");
    else expect((await attempt).ws.protocol).toBe(selected);
    expect(rig.connects[0]!.headers["Sec-WebSocket-Protocol"]).toBe("ticket.abc,thousand-worlds.v1");
  });

  test("on another path is 404, and no function hears of it", async () => {
    await using rig = await gatewayRig();
    expect((await refusal(wsClient(`${rig.gateway.url}/api/other`))).status).toBe(404);
    expect(rig.connects).toEqual([]);
  });

  test("is refused with 503 while as many sockets are open as allowed", async () => {
    await using rig = await gatewayRig({ limits: { connectionsMax: 2 } });
    using first = await rig.connect();
    using _second = await rig.connect();
    expect((await refusal(rig.connect())).status).toBe(503);
    first.ws.close();
    await rig.seen("disconnects", 1);
    await first.closed;
    using _third = await rig.connect();
    expect(rig.gateway.openSockets()).toBe(2);
  });

  test("that the client abandons while $connect works is still told as a $disconnect", async () => {
    await using rig = await gatewayRig();
    const accepted = Promise.withResolvers<{ statusCode: number }>();
    rig.on.connect = () => accepted.promise;
    const abandoned = new AbortController();
    const attempt = rig.connect({ signal: abandoned.signal }).catch(() => null);
    await rig.seen("connects", 1);
    abandoned.abort();
    await attempt;
    accepted.resolve({ statusCode: 200 });
    await rig.seen("disconnects", 1);
    expect(endings(rig)).toEqual([[1006, "Connection closed abnormally"]]);
  });
});

describe("messages", () => {
  test("run at the same time, started in the order they came", async () => {
    await using rig = await gatewayRig();
    const gate = Promise.withResolvers<void>();
    rig.on.message = () => gate.promise.then(() => ({ statusCode: 200 }));
    using client = await rig.connect();
    for (let number = 0; number < 20; number++) client.send(String(number));
    await rig.seen("messages", 20);
    expect(bodies(rig)).toEqual(Array.from({ length: 20 }, (_, index) => String(index)));
    gate.resolve();
  });

  test("more than may run at once wait in order, and the socket is not read meanwhile", async () => {
    const limits = { invocationsPerConnectionMax: 4 };
    await using rig = await gatewayRig({ limits });
    const gates: (() => void)[] = [];
    let running = 0;
    let runningMost = 0;
    rig.on.message = async () => {
      runningMost = Math.max(runningMost, ++running);
      await new Promise<void>((resolve) => gates.push(resolve));
      running -= 1;
      return { statusCode: 200 };
    };
    using client = await rig.connect();
    // 20 MB: far more than the kernel's buffers, so that some must stay with the sender.
    const count = 700;
    for (let number = 0; number < count; number++) client.send(`${number}:${"x".repeat(30_000)}`);
    await rig.seen("messages", 4);
    using other = await rig.connect();
    let unsent = Infinity;
    while (unsent !== client.ws.bufferedAmount) {
      unsent = client.ws.bufferedAmount;
      for (let round = 0; round < 20; round++) await roundTrip(other);
    }
    expect(rig.messages).toHaveLength(4);
    expect(unsent).toBeGreaterThan(1_000_000);

    for (let started = 4; started < count; started++) {
      gates.shift()!();
      await rig.seen("messages", started + 1);
    }
    for (const open of gates) open();
    expect(runningMost).toBe(4);
    expect(bodies(rig).map((body) => Number(body.split(":")[0]))).toEqual(Array.from({ length: count }, (_, i) => i));
  });

  test.each([
    ["throws", () => Promise.reject(new Error("secret"))],
    ["answers with 500", async () => ({ statusCode: 500, body: "secret" })],
  ])("whose function %s get the gateway's words, and the socket stays open", async (_, handler) => {
    await using rig = await gatewayRig();
    using client = await rig.connect();
    rig.on.message = handler;
    client.send("break");
    expect(JSON.parse(await client.next())).toEqual({
      message: "Internal server error",
      connectionId: client.id,
      requestId: rig.messages[0]!.requestContext.requestId,
    });
    rig.on.message = async () => {
      await rig.gateway.clients.post(client.id, "fine");
      return { statusCode: 200 };
    };
    client.send("work");
    expect(await client.next()).toBe("fine");
  });

  test("that are not read for now do not keep a socket from being closed", async () => {
    await using rig = await gatewayRig({ limits: { invocationsPerConnectionMax: 1, closeHandshakeMsMax: 600_000 } });
    const gate = Promise.withResolvers<{ statusCode: number }>();
    rig.on.message = () => gate.promise;
    using client = await rig.connect();
    client.send("slow");
    await rig.seen("messages", 1);
    await rig.gateway.clients.close(client.id);
    await rig.seen("disconnects", 1);
    expect(endings(rig)).toEqual([[1000, "Connection Closed Normally"]]);
    gate.resolve({ statusCode: 200 });
  });

  test("sent before the handshake was answered wait for it", async () => {
    await using rig = await gatewayRig();
    const accepted = Promise.withResolvers<{ statusCode: number }>();
    rig.on.connect = () => accepted.promise;
    const attempt = rig.connect({
      finishRequest: (request: ClientRequest) => {
        request.flushHeaders();
        request.on("socket", (socket) => socket.once("connect", () => socket.write(maskedText("early"))));
        request.end();
      },
    });
    await rig.seen("connects", 1);
    expect(rig.messages).toEqual([]);
    accepted.resolve({ statusCode: 200 });
    using _client = await attempt;
    await rig.seen("messages", 1);
    expect(bodies(rig)).toEqual(["early"]);
  });
});

describe("sizes", () => {
  test("a frame at the limit passes, one byte more ends the socket with 1009 after what came before it", async () => {
    await using rig = await gatewayRig();
    using client = await rig.connect();
    client.send("x".repeat(32 * 1024));
    client.send("before");
    client.send("x".repeat(32 * 1024 + 1));
    client.send("after");
    expect(await client.closed).toEqual({ code: 1009, reason: "Frame too large" });
    await rig.seen("disconnects", 1);
    expect(bodies(rig)).toEqual(["x".repeat(32 * 1024), "before"]);
    expect(endings(rig)).toEqual([[1009, "Frame too large"]]);
  });

  test("a message of several frames at the limit passes, one byte more ends the socket with 1009", async () => {
    await using rig = await gatewayRig();
    using client = await rig.connect();
    const part = "x".repeat(32 * 1024);
    for (let frames = 1; frames <= 4; frames++) client.ws.send(part, { fin: frames === 4 });
    await rig.seen("messages", 1);
    expect(bodies(rig)).toEqual([part.repeat(4)]);
    for (let frames = 1; frames <= 4; frames++) client.ws.send(part, { fin: false });
    client.ws.send("x", { fin: true });
    expect((await client.closed).code).toBe(1009);
    await rig.seen("disconnects", 1);
    expect(rig.messages).toHaveLength(1);
    expect(endings(rig)).toEqual([[1009, "Max payload size exceeded"]]);
  });
});

describe("time", () => {
  test("a socket on which nothing moves is closed after ten minutes", async () => {
    await using rig = await gatewayRig();
    using client = await rig.connect();
    await rig.clock.advance(10 * 60_000 - 1);
    expect(rig.gateway.openSockets()).toBe(1);
    await rig.clock.advance(5000);
    expect(await client.closed).toEqual({ code: 1001, reason: "Idle timeout" });
    await rig.seen("disconnects", 1);
    expect(endings(rig)).toEqual([[1001, "Idle timeout"]]);
  });

  test("a frame either way, a ping too, starts the ten minutes anew", async () => {
    await using rig = await gatewayRig();
    using client = await rig.connect();
    await rig.clock.advance(9 * 60_000);
    await roundTrip(client);
    await rig.clock.advance(9 * 60_000);
    await rig.gateway.clients.post(client.id, "news");
    await rig.clock.advance(9 * 60_000);
    client.send("hello");
    await rig.seen("messages", 1);
    await rig.clock.advance(9 * 60_000);
    expect(rig.gateway.openSockets()).toBe(1);
  });

  test("a socket that is two hours old is closed, however busy", async () => {
    await using rig = await gatewayRig();
    using client = await rig.connect();
    for (let minutes = 5; minutes < 120; minutes += 5) {
      await rig.clock.advance(5 * 60_000);
      await rig.gateway.clients.post(client.id, "tick");
    }
    expect(rig.gateway.openSockets()).toBe(1);
    await rig.clock.advance(5 * 60_000);
    expect(await client.closed).toEqual({ code: 1001, reason: "Connection too old" });
    await rig.seen("disconnects", 1);
  });
});

describe("a stop", () => {
  test("closes sockets with 1001 and waits for each $disconnect", async () => {
    const rig = await gatewayRig();
    using first = await rig.connect();
    using second = await rig.connect();
    let told = 0;
    rig.on.disconnect = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      told += 1;
      return { statusCode: 200 };
    };
    await rig[Symbol.asyncDispose]();
    expect(told).toBe(2);
    expect(await first.closed).toEqual({ code: 1001, reason: "Going away" });
    expect(await second.closed).toEqual({ code: 1001, reason: "Going away" });
  });

  test("refuses a handshake that $connect accepts meanwhile, and takes it back with a $disconnect", async () => {
    const rig = await gatewayRig();
    const accepted = Promise.withResolvers<{ statusCode: number }>();
    rig.on.connect = () => accepted.promise;
    const refused = refusal(rig.connect());
    await rig.seen("connects", 1);
    const stopped = rig[Symbol.asyncDispose]();
    accepted.resolve({ statusCode: 200 });
    await stopped;
    expect((await refused).status).toBe(503);
    expect(endings(rig)).toEqual([[1006, "Connection closed abnormally"]]);
  });

  test("does not wait for ever for a socket in $connect or a client that does not answer", async () => {
    const rig = await gatewayRig({ limits: { closeHandshakeMsMax: 50 } });
    using client = await rig.connect();
    client.ws.pause();
    rig.on.connect = () => new Promise(() => undefined);
    const pending = rig.connect().catch(() => "refused");
    await rig.seen("connects", 2);
    const stopped = rig[Symbol.asyncDispose]();
    await rig.seen("disconnects", 1);
    await rig.clock.advance(5000);
    await stopped;
    expect(await pending).toBe("refused");
  });
});

async function roundTrip({ ws }: WsClient): Promise<void> {
  ws.ping();
  await new Promise((resolve) => ws.once("pong", resolve));
}

type WebSocketOf = { close(): void; terminate(): void };

function bodies(rig: GatewayRig) {
  return rig.messages.map(({ body }) => body);
}

function endings(rig: GatewayRig) {
  return rig.disconnects.map(({ requestContext }) => [
    requestContext.disconnectStatusCode,
    requestContext.disconnectReason,
  ]);
}

async function refusal(attempt: Promise<unknown>): Promise<HandshakeRefused> {
  const error = await attempt.then(
    () => new Error(`the handshake on ${webSocketPath} was accepted`),
    (reason: unknown) => reason,
  );
  if (error instanceof HandshakeRefused) return error;
  throw error;
}

/** A frame as a client masks it; with a mask of zeros it reads as it is. */
function maskedText(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]);
}
