import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openPostgres, type Postgres } from "#adapters/postgres/postgres.ts";
import { readMigrations } from "#drizzle/migrate.ts";
import { silentLog } from "#tests/support/database.ts";
import { findPostgresServer, startPostgresServer } from "#tests/support/postgres-server.ts";
import { runCli } from "#tests/support/run-cli.ts";

const bin = findPostgresServer();

describe.skipIf(bin === null)("npm run migrate", () => {
  const closers = new AsyncDisposableStack();
  let url: string;
  let postgres: Postgres;
  let names: string[];
  beforeAll(async () => {
    ({ url } = closers.use(await startPostgresServer(bin as string)));
    postgres = closers.use(openPostgres({ url, log: silentLog }));
    names = (await readMigrations()).map(({ name }) => name);
  });
  afterAll(() => closers.disposeAsync());
  beforeEach(() =>
    postgres.run((db) =>
      db.execute("drop schema public cascade; create schema public; drop extension if exists postgis"),
    ),
  );

  const migrate = (...args: string[]) => runCli("migrate", args, { env: { DATABASE_URL: url } });
  const tables = async () =>
    (await postgres.statement("", "select 1 from pg_tables where schemaname = 'public'", [])).length;

  test("applies everything to a new database and says so; the second time there is nothing to do", async () => {
    expect(await migrate()).toEqual({
      code: 0,
      stderr: "",
      stdout: [
        ...names.map((name) => `applying ${name} …\n`),
        `The database is up to date: applied ${names.join(", ")} (0 applied before).\n`,
      ].join(""),
    });
    expect(await migrate()).toEqual({
      code: 0,
      stderr: "",
      stdout: `The database is up to date; nothing to do (${names.length} applied before).\n`,
    });
  });

  test("--dry-run and --status change nothing, and --status tells by its exit code that something is pending", async () => {
    expect(await migrate("--dry-run")).toEqual({ code: 0, stderr: "", stdout: `Would apply ${names.join(", ")}.\n` });
    expect(await migrate("--status")).toEqual({
      code: 4,
      stderr: "",
      stdout: [...names.map((name) => `${name}  pending\n`), `${names.length} pending. Run: npm run migrate\n`].join(
        "",
      ),
    });
    expect(await tables()).toBe(0);
    await migrate();
    expect(await migrate("--dry-run")).toEqual({ code: 0, stderr: "", stdout: "Nothing to do.\n" });
    const status = await migrate("--status");
    expect(status).toMatchObject({ code: 0, stderr: "" });
    const lines = status.stdout.split("\n");
    expect(lines.map((line) => line.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/, "<when>"))).toEqual([
      ...names.map((name) => `${name}  applied <when>`),
      "The database is up to date.",
      "",
    ]);
  });

  test("ten machines at once: one applies, and all end well", { timeout: 60_000 }, async () => {
    let running: ReturnType<typeof migrate>[] = [];
    // Started one after the other they would hardly meet: all wait here, for the table or for each other, and are let go at once.
    await postgres.session(async (client) => {
      await client.query("begin; create table schema_migrations (number integer)");
      running = Array.from({ length: 10 }, () => migrate());
      for (;;) {
        const { rows } = await client.query("select distinct pid from pg_locks where not granted");
        if (rows.length === 10) break;
      }
      await client.query("rollback");
    });
    const results = await Promise.all(running);
    expect(results.map(({ code, stderr }) => ({ code, stderr }))).toEqual(results.map(() => ({ code: 0, stderr: "" })));
    expect(results.filter(({ stdout }) => stdout.includes("applying"))).toHaveLength(1);
    expect(results.filter(({ stdout }) => stdout.includes("; nothing to do"))).toHaveLength(9);
    const rows = await postgres.statement("", "select name from schema_migrations order by number", []);
    expect(rows.map(({ name }) => name)).toEqual(names);
  });

  test("one that waits for another says so, and goes on when that one has died", async () => {
    let waiting: ReturnType<typeof migrate> | undefined;
    await postgres.session(async (client) => {
      await client.query("select pg_advisory_lock(7402116081)");
      waiting = migrate();
      for (;;) {
        const { rows } = await client.query("select 1 from pg_locks where not granted");
        if (rows.length > 0) break;
      }
    });
    const { code, stdout } = (await waiting)!;
    expect(code).toBe(0);
    expect(stdout.split("\n")[0]).toBe("waiting for another program that migrates this database …");
    expect(stdout).toContain("The database is up to date: applied");
  });

  test.each([
    [
      "ahead of this program",
      "insert into schema_migrations (number, name, hash) values (999, '0999_future', 'x')",
      "The database is newer than this program: it has 0999_future. Start a newer version.\n",
    ],
    [
      "whose applied files have changed",
      "update schema_migrations set hash = 'x' where number = 2",
      "Migrations that were applied already have changed since: 0001_beginning. Restore the files.\n",
    ],
  ])("a database %s is refused, by --status and --dry-run, too", async (_, sql, stderr) => {
    await migrate();
    await postgres.run((db) => db.execute(sql));
    for (const args of [[], ["--status"], ["--dry-run"]]) {
      expect(await migrate(...args)).toEqual({ code: 3, stdout: "", stderr });
    }
  });

  test("a database that cannot be reached is one line and exit code 1", async () => {
    const result = await runCli("migrate", [], { env: { DATABASE_URL: "postgres://nobody@127.0.0.1:1/nowhere" } });
    expect(result).toMatchObject({ code: 1, stdout: "" });
    expect(result.stderr).toMatch(/^The database cannot be reached just now\. \(.*ECONNREFUSED.*\)\n$/);
  });

  test("DATABASE_DIRECT_URL goes before DATABASE_URL", async () => {
    const env = { DATABASE_DIRECT_URL: url, DATABASE_URL: "postgres://nobody@127.0.0.1:1/nowhere" };
    expect((await runCli("migrate", ["--dry-run"], { env })).code).toBe(0);
  });
});

test.each([
  [["--nonsense"], {}, "Unknown option '--nonsense'"],
  [["--status", "--dry-run"], {}, "Either --status or --dry-run, not both."],
  [[], {}, "DATABASE_URL: must be set, or DATABASE_DIRECT_URL."],
  [[], { DATABASE_URL: "mysql://x" }, "DATABASE_URL: must be a postgres:// URL"],
  [[], { DATABASE_URL: "postgres://u@ep-a-1-pooler.eu.aws.neon.tech/d" }, "DATABASE_DIRECT_URL: must be set"],
])("npm run migrate %j with %j is one line and exit code 2", async (args, env, words) => {
  const result = await runCli("migrate", args, { env });
  expect(result).toMatchObject({ code: 2, stdout: "" });
  expect(result.stderr).toMatch(/^.+\n$/);
  expect(result.stderr).toContain(words);
});
