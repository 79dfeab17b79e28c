import { describe, expect, test, vi } from "vitest";
import { findPostgresServer } from "#tests/support/postgres-server.ts";
import { serverStorage } from "#tests/support/database.ts";
import { newAccount, worldId, worldRecord } from "#tests/support/records.ts";
import { storageContract } from "./storage.ts";

const bin = findPostgresServer();

test.runIf(bin === null)("PostgreSQL with PostGIS is on this machine", () => {
  const message =
    "no PostgreSQL with PostGIS here (Debian: postgresql-15-postgis-3): nothing was tested on a real server";
  if (process.env["CI"] === "true") throw new Error(message);
  console.warn(message);
});

describe.skipIf(bin === null)("a real server", () => {
  const { setup, postgres } = serverStorage(bin as string);
  storageContract("on a real server", setup);

  test("an append waits for a change of hands under way and is then refused", async () => {
    const { worlds, leases, worldLog } = await setup();
    await worlds.createIfAbsent(worldRecord(1));
    await leases.acquire("old", [worldId(1)], 60_000);

    let late: Promise<string> | undefined;
    await postgres().session(async (client) => {
      await client.query("begin");
      await client.query("update leases set owner = 'new', fence = fence + 1");
      late = worldLog.commit({ worldId: worldId(1), fence: 1, expectedVersion: 0, events: [], characters: [] });
      await vi.waitFor(async () => {
        const { rows } = await client.query("select 1 from pg_locks where not granted");
        expect(rows).toHaveLength(1);
      }, 5_000);
      await client.query("commit");
    });
    expect(await late).toBe("stale-fence");
  });

  test("what cannot be stored is INVALID_INPUT, not our bug", async () => {
    const { accounts } = await setup();
    await expect(accounts.create(newAccount(1, { username: "a\u0000b" }))).rejects.toMatchObject({
      name: "AppError",
      code: "INVALID_INPUT",
    });
  });
});
