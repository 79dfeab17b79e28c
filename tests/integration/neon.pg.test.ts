import { describe, expect, test, vi } from "vitest";
import { neonOver, openNeon } from "#adapters/neon/neon.ts";
import type { Postgres } from "#adapters/postgres/postgres.ts";
import { silentLog } from "#tests/support/database.ts";
import { findPostgresServer, startPostgresServer } from "#tests/support/postgres-server.ts";
import { spawnRelay } from "#tests/support/relay-process.ts";

const bin = findPostgresServer();

const sleepers = (postgres: Postgres) =>
  [1, 2, 3].map(() =>
    postgres
      .run((db) => db.execute("select pg_sleep(60)"))
      .then(
        () => "slept",
        (error: { name: string; code: string }) => `${error.name} ${error.code}`,
      ),
  );
const asleep = (postgres: Postgres, count: number) =>
  vi.waitFor(async () => {
    const rows = await postgres.statement("", "select 1 from pg_stat_activity where wait_event = 'PgSleep'", []);
    expect(rows).toHaveLength(count);
  }, 5_000);
const unavailable = { name: "AppError", code: "UNAVAILABLE", message: "The database cannot be reached just now." };
const threeTimes = ["AppError UNAVAILABLE", "AppError UNAVAILABLE", "AppError UNAVAILABLE"];

describe.skipIf(bin === null)("through Neon's driver", () => {
  test("a relay that is killed is UNAVAILABLE, and used again once it is back", async () => {
    await using server = await startPostgresServer(bin as string);
    await using relay = await spawnRelay(server.url);
    await using postgres = openNeon({ url: server.url, wsProxy: relay.url, log: silentLog });
    const sleeping = sleepers(postgres);
    await asleep(postgres, 3);

    await relay.kill();
    expect(await Promise.all(sleeping)).toEqual(threeTimes);
    await expect(postgres.ping()).rejects.toMatchObject(unavailable);
    await expect(postgres.session((client) => client.query("select 1"))).rejects.toMatchObject(unavailable);

    await using _again = await spawnRelay(server.url, Number(new URL(relay.url).port));
    await vi.waitFor(() => postgres.ping(), 5_000);
    await postgres.ping();
  });

  test("a server that is killed is UNAVAILABLE, and used again once it is back", async () => {
    await using server = await startPostgresServer(bin as string);
    await using relay = await spawnRelay(server.url);
    await using postgres = openNeon({ url: server.url, wsProxy: relay.url, log: silentLog });
    const sleeping = sleepers(postgres);
    await asleep(postgres, 3);

    await server.kill();
    expect(await Promise.all(sleeping)).toEqual(threeTimes);
    await expect(postgres.ping()).rejects.toMatchObject(unavailable);

    await server.start();
    await vi.waitFor(() => postgres.ping(), 10_000);
    await postgres.ping();
  });

  test("a relay that hangs costs each only its time, and does not hold up the end", async () => {
    await using server = await startPostgresServer(bin as string);
    await using relay = await spawnRelay(server.url);
    const config = { connectionString: server.url, max: 2, connectionTimeoutMillis: 500, query_timeout: 1000 };
    const postgres = neonOver(config, { wsProxy: relay.url, log: silentLog });
    await postgres.ping();
    relay.child.kill("SIGSTOP");
    // The one that is connected waits for its answer, the other for a connection; both have their limits.
    const waiting = [postgres.ping(), postgres.ping()].map((each) =>
      each.catch((error: { code: string }) => error.code),
    );
    expect(await Promise.all(waiting)).toEqual(["TIMEOUT", "UNAVAILABLE"]);
    await postgres.close();
  });

  test("a statement over its time is TIMEOUT, and its connection goes on", async () => {
    await using server = await startPostgresServer(bin as string);
    await using relay = await spawnRelay(server.url);
    await using postgres = openNeon({ url: server.url, wsProxy: relay.url, log: silentLog });
    await expect(
      postgres.session((client) => client.query("set statement_timeout = 20; select pg_sleep(60)")),
    ).rejects.toMatchObject({ name: "AppError", code: "TIMEOUT" });
    await postgres.ping();
  });

  test("large rows come through whole, in both directions", async () => {
    await using server = await startPostgresServer(bin as string);
    await using relay = await spawnRelay(server.url);
    await using postgres = openNeon({ url: server.url, wsProxy: relay.url, log: silentLog });
    const large = "‹🦊›".repeat(500_000);
    const [row] = await postgres.statement("echo", "select $1::text as text", [large]);
    expect(row?.["text"] === large).toBe(true);
  });
});
