import { Duplex } from "node:stream";
import { expect, test } from "vitest";
import type { Log } from "#core/ports/system.ts";
import { waitingMax } from "./on-pool.ts";
import { openPostgres, postgresOver } from "./postgres.ts";

const log: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** A server that takes the connection and never says a word. */
function mute(): Duplex {
  const stream = new Duplex({ read: () => {}, write: (_chunk, _encoding, done) => done() });
  const itself = () => stream;
  return Object.assign(stream, {
    connect: itself,
    setNoDelay: itself,
    setKeepAlive: itself,
    ref: itself,
    unref: itself,
  });
}

test("a server that is not there is UNAVAILABLE, not a failed start", async () => {
  await using postgres = openPostgres({ url: "postgres://nobody@127.0.0.1:1/nowhere", log });
  const unavailable = { name: "AppError", code: "UNAVAILABLE", message: "The database cannot be reached just now." };
  await expect(postgres.ping()).rejects.toMatchObject(unavailable);
  await expect(postgres.run((db) => db.execute("select 1"))).rejects.toMatchObject(unavailable);
  await expect(postgres.statement("one", "select 1", [])).rejects.toMatchObject(unavailable);
  await expect(postgres.session((client) => client.query("select 1"))).rejects.toMatchObject(unavailable);
});

test("a server that does not answer is UNAVAILABLE after a while", async () => {
  await using postgres = postgresOver({ stream: mute, max: 1, connectionTimeoutMillis: 20 }, log);
  await expect(postgres.ping()).rejects.toMatchObject({ name: "AppError", code: "UNAVAILABLE" });
});

test("more than the bound do not wait", async () => {
  await using postgres = postgresOver({ stream: mute, max: 1, connectionTimeoutMillis: 200 }, log);
  const admitted = Array.from({ length: waitingMax + 1 }, () => postgres.ping().catch((error: Error) => error.message));
  await expect(postgres.ping()).rejects.toThrow("The database has too much to do just now.");
  expect(new Set(await Promise.all(admitted))).toEqual(new Set(["The database cannot be reached just now."]));
});

test("a closed database is UNAVAILABLE, and closing twice is no error", async () => {
  const postgres = openPostgres({ url: "postgres://nobody@127.0.0.1:1/nowhere", log });
  await postgres.close();
  await postgres.close();
  await expect(postgres.ping()).rejects.toMatchObject({ code: "UNAVAILABLE", message: "The database is closed." });
});
