import { describe, expect, test, vi } from "vitest";
import { openPostgres } from "#adapters/postgres/postgres.ts";
import { silentLog } from "#tests/support/database.ts";
import { findPostgresServer, startPostgresServer } from "#tests/support/postgres-server.ts";

const bin = findPostgresServer();

describe.skipIf(bin === null)("a server that goes away", () => {
  test("is UNAVAILABLE to those who wait and those who come, and is used again once it is back", async () => {
    await using server = await startPostgresServer(bin as string);
    await using postgres = openPostgres({ url: server.url, log: silentLog, connectionsMax: 4 });
    const sleeping = [1, 2, 3].map(() =>
      postgres
        .run((db) => db.execute("select pg_sleep(60)"))
        .then(
          () => "slept",
          (error: { code: string }) => error.code,
        ),
    );
    await postgres.ping();

    await server.stop();
    expect(await Promise.all(sleeping)).toEqual(["UNAVAILABLE", "UNAVAILABLE", "UNAVAILABLE"]);
    await expect(postgres.ping()).rejects.toMatchObject({ name: "AppError", code: "UNAVAILABLE" });

    await server.start();
    await vi.waitFor(() => postgres.ping(), 5_000);
    await postgres.ping();
  });

  test("a statement over its time is TIMEOUT, and its connection goes on", async () => {
    await using server = await startPostgresServer(bin as string);
    await using postgres = openPostgres({ url: server.url, log: silentLog });
    await expect(
      postgres.session((client) => client.query("set statement_timeout = 20; select pg_sleep(60)")),
    ).rejects.toMatchObject({ name: "AppError", code: "TIMEOUT" });
    await postgres.ping();
  });
});
