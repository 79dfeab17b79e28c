import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { postgresAccounts } from "#adapters/postgres/accounts.ts";
import { openDataDir } from "#dev/data-dir.ts";
import { openEmbeddedPostgres } from "#dev/embedded-postgres/open-embedded-postgres.ts";
import { clusterCacheDir } from "#tests/support/cluster-cache.ts";
import { silentLog } from "#tests/support/database.ts";
import { newAccount, userId } from "#tests/support/records.ts";
import { runCli } from "#tests/support/run-cli.ts";

const home = mkdtempSync(join(tmpdir(), "thousand-worlds-admin-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const admin = (line: string, dataDir = home) => runCli("admin", line.split(" "), { env: { DATA_DIR: dataDir } });

test(
  "npm run admin works on the embedded database, but not beside the program that runs on it",
  { timeout: 90_000 },
  async () => {
    {
      await using _dataDir = await openDataDir(home);
      await using postgres = await openEmbeddedPostgres({
        dataDir: join(home, "postgres"),
        cacheDir: clusterCacheDir,
        log: silentLog,
      });
      await postgresAccounts(postgres).create(newAccount(1));
      const refused = await admin("users list --json");
      expect(refused).toEqual({
        code: 3,
        stdout: "",
        stderr: `The data directory ${home} is in use by process ${process.pid}.\n`,
      });
    }
    const { code, stdout } = await admin("users list --json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([{ id: userId(1), username: "Player1" }]);
  },
);

test("npm run admin makes no database where there is none", async () => {
  const nowhere = join(home, "nowhere");
  const stderr = `There is no database in ${nowhere}. Set DATA_DIR or DATABASE_URL.\n`;
  expect(await admin("users list", nowhere)).toEqual({ code: 1, stdout: "", stderr });
});
