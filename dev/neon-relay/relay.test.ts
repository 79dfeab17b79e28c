import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { WebSocket } from "ws";
import { afterEach, expect, test } from "vitest";
import { type NeonRelayOptions, startNeonRelay } from "./relay.ts";

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const closers: AsyncDisposable[] = [];
afterEach(async () => {
  for (const each of closers.splice(0).toReversed()) await each[Symbol.asyncDispose]();
});

async function setup(serve: (socket: Socket) => void, options: Partial<NeonRelayOptions> = {}) {
  const server: Server = createServer((socket) => serve(socket.on("error", () => {}))).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const relay = await startNeonRelay({ target: { host: "127.0.0.1", port }, log, ...options });
  closers.push({ [Symbol.asyncDispose]: async () => void server.close() }, relay);
  return relay;
}

const statusOf = async (ws: WebSocket) => {
  const [, response] = (await once(ws, "unexpected-response")) as [unknown, { statusCode: number }];
  return response.statusCode;
};
const echo = (socket: Socket) => void socket.pipe(socket);
const all = (ws: WebSocket, length: number) =>
  new Promise<Buffer>((resolve) => {
    let received = Buffer.alloc(0);
    const take = (chunk: Buffer): void => {
      received = Buffer.concat([received, chunk]);
      if (received.length < length) return;
      ws.off("message", take);
      resolve(received);
    };
    ws.on("message", take);
  });

test("bytes go there and back as they are", async () => {
  const relay = await setup(echo);
  const ws = new WebSocket(relay.url);
  await once(ws, "open");
  ws.send(Buffer.from([0, 1, 255, 128]));
  expect(await all(ws, 4)).toEqual(Buffer.from([0, 1, 255, 128]));
});

test("an address that the client asks for is ignored", async () => {
  const relay = await setup(echo);
  const ws = new WebSocket(`${relay.url}/v2?address=127.0.0.1:1`);
  await once(ws, "open");
  ws.send("here");
  expect((await all(ws, 4)).toString()).toBe("here");
});

test("what the database said last arrives before the end", async () => {
  const last = Buffer.alloc(3_000_000, "x");
  const relay = await setup((socket) => void socket.end(last));
  const ws = new WebSocket(relay.url);
  let received = 0;
  ws.on("message", (chunk: Buffer) => (received += chunk.length));
  await once(ws, "close");
  expect(received).toBe(last.length);
});

test("the end of the client ends the connection to the database", async () => {
  const ended = Promise.withResolvers<void>();
  const relay = await setup((socket) => void socket.once("close", () => ended.resolve()).resume());
  const ws = new WebSocket(relay.url);
  await once(ws, "open");
  ws.terminate();
  await ended.promise;
});

test("a database that is not there closes the socket, and the relay goes on", async () => {
  const relay = await setup(echo, { target: { host: "127.0.0.1", port: 1 } });
  for (const _ of [1, 2]) await once(new WebSocket(relay.url), "close");
});

test("a page of a browser is refused", async () => {
  const relay = await setup(echo);
  expect(await statusOf(new WebSocket(relay.url, { origin: "http://localhost:5173" }))).toBe(403);
});

test("one more than the bound is refused, and taken when another has gone", async () => {
  const relay = await setup(echo, { connectionsMax: 1 });
  const first = new WebSocket(relay.url);
  await once(first, "open");
  expect(await statusOf(new WebSocket(relay.url))).toBe(503);
  first.terminate();
  await once(first, "close");
  for (;;) {
    const next = new WebSocket(relay.url).on("error", () => {});
    const isOpen = await once(next, "open").then(
      () => true,
      () => false,
    );
    if (isOpen) break;
  }
});

test("a slow client holds the database up instead of filling the memory, and nobody else", async () => {
  const sent = { bytes: 0 };
  const floodBytes = 256 * 1024 * 1024;
  const flood = (socket: Socket): void => {
    const chunk = Buffer.alloc(64 * 1024);
    const more = (): void => {
      while (sent.bytes < floodBytes) {
        sent.bytes += chunk.length;
        if (!socket.write(chunk)) return;
      }
    };
    more();
    socket.on("drain", more);
  };
  let served = 0;
  const relay = await setup((socket) => (served++ === 0 ? flood(socket) : echo(socket)));
  const slow = new WebSocket(relay.url);
  await once(slow, "open");
  slow.pause();

  // Time enough for the whole flood, many times over.
  const other = new WebSocket(relay.url);
  await once(other, "open");
  const block = Buffer.alloc(256 * 1024);
  for (let round = 0; round < 50; round++) {
    const echoed = all(other, block.length);
    other.send(block);
    await echoed;
  }
  expect(sent.bytes).toBeGreaterThan(0);
  expect(sent.bytes).toBeLessThan(floodBytes / 8);
});

test("closing cuts every connection, and the port is free again", async () => {
  const relay = await setup(echo);
  const ws = new WebSocket(relay.url);
  await once(ws, "open");
  const closed = once(ws, "close");
  await relay.close();
  await relay.close();
  await closed;
  const again = await startNeonRelay({
    target: { host: "127.0.0.1", port: 1 },
    port: Number(new URL(relay.url).port),
    log,
  });
  await again.close();
});
