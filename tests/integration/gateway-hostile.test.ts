import { once } from "node:events";
import { connect } from "node:net";
import type { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { gatewayRig, webSocketPath } from "#tests/support/gateway-rig.ts";
import type { GatewayRig } from "#tests/support/gateway-rig.ts";

const key = "dGhlIHNhbXBsZSBub25jZQ==";
const handshake = [
  `GET ${webSocketPath} HTTP/1.1`,
  "Host: localhost",
  "Connection: Upgrade",
  "Upgrade: websocket",
  `Sec-WebSocket-Key: ${key}`,
  "Sec-WebSocket-Version: 13",
];

describe("an upgrade that is no handshake is refused before any function hears of it", () => {
  test.each([
    ["of another method", replaced(/^GET/, "POST"), 405],
    ["without a key", without("Sec-WebSocket-Key"), 400],
    ["with a key that is none", replaced(/Key: .*/, "Key: abc"), 400],
    ["without a version", without("Sec-WebSocket-Version"), 426],
    ["of an old version", replaced(/Version: 13/, "Version: 8"), 426],
    ["offering one protocol twice", [...handshake, "Sec-WebSocket-Protocol: a, a"], 400],
    ["offering a protocol that is no token", [...handshake, "Sec-WebSocket-Protocol: a b"], 400],
    ["to a host that is no name", replaced(/Host: .*/, "Host: a/b@c"), 400],
    ["of a target that is no path", replaced(/GET \S+/, "GET %%%"), 400],
    ["of a header that is none", [...handshake, "Not a header"], 400],
    ["with too many headers", [...handshake, `X-Large: ${"x".repeat(11_000)}`], 431],
  ])("%s", async (_, lines, status) => {
    await using rig = await gatewayRig();
    const socket = await raw(rig);
    socket.write(`${lines.join("\r\n")}\r\n\r\n`);
    expect((await everything(socket)).toString()).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(rig.connects).toEqual([]);
    await stillServes(rig);
  });

  test("an offer of another protocol is a plain request", async () => {
    await using rig = await gatewayRig();
    const socket = await raw(rig);
    socket.write("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n");
    expect((await everything(socket)).toString()).toMatch(/^HTTP\/1.1 200 /);
    expect(rig.requests).toMatchObject([{ rawPath: "/health" }]);
  });
});

describe("frames that break the protocol end their socket alone", () => {
  test.each([
    ["text that is no UTF-8", [0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28], 1007],
    ["an unmasked frame", [0x81, 0x01, 0x61], 1002],
    ["a reserved bit", [0xc1, 0x81, 0, 0, 0, 0, 0x61], 1002],
    ["an unknown kind", [0x83, 0x80, 0, 0, 0, 0], 1002],
    ["a fragmented ping", [0x09, 0x80, 0, 0, 0, 0], 1002],
    ["a long ping", [0x89, 0xfe, 0, 126, 0, 0, 0, 0], 1002],
    ["a continuation of nothing", [0x80, 0x80, 0, 0, 0, 0], 1002],
    ["a close of one byte", [0x88, 0x81, 0, 0, 0, 0, 0], 1002],
    ["a close code that must not be sent", [0x88, 0x82, 0, 0, 0, 0, 0x03, 0xed], 1002],
    ["a frame of 2^62 bytes", [0x82, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 1009],
    ["a request in place of a frame", [...Buffer.from("GET / HTTP/1.1\r\n\r\n")], 1002],
  ])("%s", async (_, bytes, code) => {
    await using rig = await gatewayRig({ limits: { closeHandshakeMsMax: 100 } });
    using bystander = await rig.connect();
    const socket = await rawWebSocket(rig);
    socket.write(Buffer.from(bytes));
    expect(closeCodeIn(await everything(socket))).toBe(code);
    await rig.seen("disconnects", 1);
    expect(rig.disconnects.map(({ requestContext }) => requestContext.disconnectStatusCode)).toEqual([code]);
    expect(rig.messages).toEqual([]);
    await rig.gateway.clients.post(bystander.id, "undisturbed");
    expect(await bystander.next()).toBe("undisturbed");
  });

  test("noise from a thousand seeds ends no process and starts nothing but well-formed messages", async () => {
    await using rig = await gatewayRig({ limits: { closeHandshakeMsMax: 50 } });
    const sockets = await Promise.all(Array.from({ length: 50 }, () => rawWebSocket(rig)));
    for (const [seed, socket] of sockets.entries()) {
      for (let round = 0; round < 20; round++) socket.write(noise(seed * 20 + round, 64));
      socket.end();
    }
    await rig.seen("disconnects", 50);
    expect(rig.disconnects).toHaveLength(50);
    await stillServes(rig);
  });
});

describe("many frames in one packet", () => {
  test("are all started before $disconnect, when the last of them closes the socket", async () => {
    await using rig = await gatewayRig({ limits: { invocationsPerConnectionMax: 2, closeHandshakeMsMax: 600_000 } });
    const order: string[] = [];
    const gate = Promise.withResolvers<void>();
    rig.on.message = async ({ body }) => {
      order.push(body);
      await gate.promise;
      return { statusCode: 200 };
    };
    rig.on.disconnect = async () => {
      order.push("left");
      return { statusCode: 200 };
    };
    const numbers = Array.from({ length: 50 }, (_, index) => String(index));
    const socket = await rawWebSocket(rig);
    socket.write(Buffer.concat([...numbers.map(textFrame), Buffer.from([0x88, 0x80, 0, 0, 0, 0])]));
    await everything(socket);
    while (rig.gateway.openSockets() > 0) await stillServes(rig);
    expect(order).toEqual(["0", "1"]);
    gate.resolve();
    await rig.seen("disconnects", 1);
    expect(order).toEqual([...numbers, "left"]);
  });

  test("of which one is too large: what stands before it is heard, what follows is not", async () => {
    await using rig = await gatewayRig({ limits: { frameBytesMax: 10, closeHandshakeMsMax: 100 } });
    const socket = await rawWebSocket(rig);
    socket.write(Buffer.concat(["one", "exactly 10", "eleven long", "two"].map(textFrame)));
    expect(closeCodeIn(await everything(socket))).toBe(1009);
    await rig.seen("disconnects", 1);
    expect(rig.messages.map(({ body }) => body)).toEqual(["one", "exactly 10"]);
  });
});

describe("sockets that do nothing, or half of something", () => {
  test("a client that sends pings and reads nothing is cut off", async () => {
    await using rig = await gatewayRig();
    const socket = await rawWebSocket(rig);
    socket.pause();
    const pings = Buffer.concat(
      Array.from({ length: 500 }, () => Buffer.concat([Buffer.from([0x89, 0xfd, 0, 0, 0, 0]), Buffer.alloc(125)])),
    );
    const closed = rig.seen("disconnects", 1);
    let isClosed = false;
    void closed.then(() => (isClosed = true));
    while (!isClosed && !socket.destroyed) {
      if (!socket.write(pings)) await Promise.race([once(socket, "drain").catch(() => null), closed]);
    }
    await closed;
    expect(rig.gateway.openSockets()).toBe(0);
  });

  test("one that never finishes its request is dropped, however slowly it sends", async () => {
    await using rig = await gatewayRig({ limits: { headersMsMax: 200 } });
    const socket = await raw(rig);
    socket.write("GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow:");
    expect((await everything(socket)).toString()).toMatch(/^HTTP\/1.1 408 /);
    expect(rig.requests).toEqual([]);
  });

  test("one that resets the connection in any state disturbs nobody", async () => {
    await using rig = await gatewayRig();
    const answers: (() => void)[] = [];
    rig.on.connect = () => new Promise((resolve) => answers.push(() => resolve({ statusCode: 200 })));
    rig.on.http = () => new Promise((resolve) => answers.push(() => resolve({ statusCode: 200, body: "late" })));

    const silent = await raw(rig);
    const inConnect = await raw(rig);
    inConnect.write(`${handshake.join("\r\n")}\r\n\r\n`);
    const inRequest = await raw(rig);
    inRequest.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const inBody = await raw(rig);
    inBody.write("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf");
    await rig.seen("connects", 1);
    await rig.seen("requests", 1);
    for (const socket of [silent, inConnect, inRequest, inBody]) socket.resetAndDestroy();
    await stillConnects(rig);
    for (const answer of answers) answer();
    await rig.seen("disconnects", 1);
    rig.on.http = async () => ({ statusCode: 200 });
    await stillServes(rig);
    expect(rig.requests).toHaveLength(2);
    expect(rig.logged).toEqual([]);
  });

  test("one that stops reading does not delay the messages of another", async () => {
    await using rig = await gatewayRig();
    using stalled = await rig.connect();
    stalled.ws.pause();
    const posts: Promise<string>[] = [];
    for (let count = 0; count < 100; count++)
      posts.push(rig.gateway.clients.post(stalled.id, "x".repeat(100_000)).catch(String));
    using lively = await rig.connect();
    rig.on.message = async ({ body }) => {
      await rig.gateway.clients.post(lively.id, `heard ${body}`);
      return { statusCode: 200 };
    };
    for (let number = 0; number < 20; number++) {
      lively.send(String(number));
      expect(await lively.next()).toBe(`heard ${number}`);
    }
    await rig.clock.advance(1000);
    expect(new Set(await Promise.all(posts))).toContain("slow");
  });
});

function replaced(pattern: RegExp, by: string): string[] {
  return handshake.map((line) => line.replace(pattern, by));
}

function without(name: string): string[] {
  return handshake.filter((line) => !line.startsWith(name));
}

async function raw(rig: GatewayRig): Promise<Socket> {
  const socket = connect(rig.gateway.port, "127.0.0.1");
  socket.on("error", () => undefined); // Being reset is part of the game.
  await once(socket, "connect");
  return socket;
}

async function rawWebSocket(rig: GatewayRig): Promise<Socket> {
  const socket = await raw(rig);
  socket.write(`${handshake.join("\r\n")}\r\n\r\n`);
  const [answer] = (await once(socket, "data")) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1.1 101 /);
  return socket;
}

async function everything(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  await once(socket, "close");
  return Buffer.concat(chunks);
}

/** As a client masks it; with a mask of zeros it reads as it is. */
function textFrame(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]);
}

/** Of a stream that is one close frame from the server. */
function closeCodeIn(bytes: Buffer): number | null {
  return bytes[0] === 0x88 && bytes.length >= 4 ? bytes.readUInt16BE(2) : null;
}

/** A round trip: what was sent to the gateway before has been seen by it. */
async function stillConnects(rig: GatewayRig): Promise<void> {
  const socket = await raw(rig);
  socket.write("GET / HTTP/1.1\r\n\r\n");
  expect((await everything(socket)).toString()).toMatch(/^HTTP\/1.1 400 /);
}

async function stillServes(rig: GatewayRig): Promise<void> {
  expect((await fetch(rig.gateway.url)).status).toBe(200);
}

/** xorshift32: the same bytes for the same seed. */
function noise(seed: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = (seed + 1) * 0x9e3779b1;
  for (let index = 0; index < length; index++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[index] = state & 0xff;
  }
  // Half of the rounds start as a frame would, so that the noise gets past the first check.
  if (seed % 2 === 0) bytes.set([0x81, 0x84, 0, 0, 0, 0, 0x61, 0x62, 0x63, 0x64]);
  return bytes;
}
