import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { WebSocketServer } from "ws";
import { socketSource } from "./socket.ts";

const bytes = (text: string): ArrayBuffer => Uint8Array.from(Buffer.from(text)).buffer;

/** A socket of the source, and the frames that its server got. */
async function connected() {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  const frames: string[] = [];
  server.on("connection", (socket) => socket.on("message", (data: Buffer) => frames.push(data.toString())));
  await once(server, "listening");
  const source = socketSource();
  const { socket } = await source.factory(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await once(socket, "open");
  onTestFinished(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  const heard = (expected: readonly string[]) => vi.waitFor(() => expect(frames).toEqual(expected), { interval: 5 });
  return { source, socket, heard };
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

test("what is said in one turn goes out in one frame, in its order; what is said in the next, in another", async () => {
  const { socket, heard } = await connected();
  socket.send(bytes("PUB a 1\r\n"));
  await Promise.resolve();
  socket.send(bytes("x\r\n"));
  await nextTurn();
  socket.send(bytes("PING\r\n"));
  await heard(["PUB a 1\r\nx\r\n", "PING\r\n"]);
});

test("64 KB do not wait for the end of the turn", async () => {
  const { source, socket, heard } = await connected();
  const half = "h".repeat(32 * 1024);
  socket.send(bytes(half));
  const waiting = source.bufferedBytes();
  socket.send(bytes(half));
  socket.send(bytes("more"));
  expect(waiting).toBe(half.length);
  await heard([half + half, "more"]);
});

test("how much waits is known here and hidden from nats.ws, which would not close before it is gone", async () => {
  const { source, socket, heard } = await connected();
  socket.send(bytes("PING\r\n"));
  expect([source.bufferedBytes(), socket.bufferedAmount]).toEqual([6, 0]);
  await heard(["PING\r\n"]);
  await vi.waitFor(() => expect(source.bufferedBytes()).toBe(0), { interval: 5 });
});

test("what was said before it closes still goes out, and what comes after is nobody's", async () => {
  const { source, socket, heard } = await connected();
  const closed = once(socket, "close");
  socket.send(bytes("last"));
  socket.close();
  socket.send(bytes("too late"));
  await closed;
  await heard(["last"]);
  expect(source.bufferedBytes()).toBe(0);
});
