import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { WebSocketServer } from "ws";
import { neonOver, openNeon } from "./neon.ts";
import { isPooled } from "./pooled.ts";

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

test("a relay that is not there is UNAVAILABLE, not a failed start", async () => {
  await using postgres = openNeon({ url: "postgres://nobody@db.example/nowhere", wsProxy: "ws://127.0.0.1:1", log });
  const unavailable = { name: "AppError", code: "UNAVAILABLE", message: "The database cannot be reached just now." };
  await expect(postgres.ping()).rejects.toMatchObject(unavailable);
  await expect(postgres.run((db) => db.execute("select 1"))).rejects.toMatchObject(unavailable);
  await expect(postgres.statement("one", "select 1", [])).rejects.toMatchObject(unavailable);
  await expect(postgres.session((client) => client.query("select 1"))).rejects.toMatchObject(unavailable);
});

test("a closed database is UNAVAILABLE, and closing twice is no error", async () => {
  const postgres = openNeon({ url: "postgres://nobody@db.example/nowhere", wsProxy: "ws://127.0.0.1:1", log });
  await postgres.close();
  await postgres.close();
  await expect(postgres.ping()).rejects.toMatchObject({ code: "UNAVAILABLE", message: "The database is closed." });
});

test.each([
  ["postgres://u:p@ep-cool-darkness-123456-pooler.us-east-2.aws.neon.tech/db", true],
  ["postgres://u:p@ep-cool-darkness-123456.us-east-2.aws.neon.tech/db?sslmode=require", false],
  ["postgres://u:p@127.0.0.1:5432/db-pooler.", false],
  ["nonsense", false],
])("%s: pooled %s", (url, pooled) => {
  expect(isPooled(url)).toBe(pooled);
});

test("a relay that opens the socket and never says a word is UNAVAILABLE after a while", async () => {
  using relay = await muteRelay();
  await using postgres = neonOver(
    { connectionString: "postgres://nobody@db.example/nowhere", connectionTimeoutMillis: 50 },
    { wsProxy: relay.url, log },
  );
  const startedMs = performance.now();
  await expect(postgres.ping()).rejects.toMatchObject({ name: "AppError", code: "UNAVAILABLE" });
  expect(performance.now() - startedMs).toBeLessThan(1000);
});

/** Takes the handshake and reads nothing after it: not even that the client wants to close. */
async function muteRelay(): Promise<Disposable & { readonly url: string }> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (ws) => ws.pause());
  const { port } = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}`,
    [Symbol.dispose]() {
      server.closeAllConnections();
      for (const ws of sockets.clients) ws.terminate();
      server.close();
    },
  };
}
