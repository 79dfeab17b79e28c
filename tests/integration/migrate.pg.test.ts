import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { migratePostgres } from "#adapters/postgres/migrate-postgres.ts";
import { openPostgres, type Postgres } from "#adapters/postgres/postgres.ts";
import { type Migration, readMigrations } from "#drizzle/migrate.ts";
import { silentLog } from "#tests/support/database.ts";
import { findPostgresServer, startPostgresServer } from "#tests/support/postgres-server.ts";

const bin = findPostgresServer();

describe.skipIf(bin === null)("migrations on a real server", () => {
  const closers = new AsyncDisposableStack();
  let url: string;
  let postgres: Postgres;
  beforeAll(async () => {
    ({ url } = closers.use(await startPostgresServer(bin as string)));
    postgres = closers.use(openPostgres({ url, log: silentLog }));
  });
  afterAll(() => closers.disposeAsync());
  beforeEach(() =>
    postgres.run((db) =>
      db.execute("drop schema public cascade; create schema public; drop extension if exists postgis"),
    ),
  );

  const migration = (name: string, sql: string, hash = sql): Migration => ({ name, sql, hash });
  const first = migration("0000_first", "create table first (id integer); insert into first values (1)");
  const second = migration("0001_second", "create table second (id integer)");
  const migrated = (migrations: readonly Migration[]) => migratePostgres(postgres, { log: silentLog, migrations });
  const count = async (table: string) =>
    (await postgres.run((db) => db.execute<{ n: string }>(`select count(*) as n from ${table}`))).rows[0]?.n;

  test("ours run from nothing, and the second time do nothing", async () => {
    expect(await migratePostgres(postgres, { log: silentLog })).toEqual(
      (await readMigrations()).map(({ name }) => name),
    );
    expect(await migratePostgres(postgres, { log: silentLog })).toEqual([]);
  });

  test("are applied in order, each once, and later ones are added", async () => {
    expect(await migrated([first])).toEqual(["0000_first"]);
    expect(await migrated([first, second])).toEqual(["0001_second"]);
    expect(await count("first")).toBe("1");
  });

  test("run by several machines at once are applied by one", async () => {
    const machines = Array.from({ length: 6 }, () => openPostgres({ url, log: silentLog }));
    const answers = await Promise.all(machines.map((each) => migratePostgres(each, { log: silentLog })));
    expect(answers.filter((applied) => applied.length > 0)).toHaveLength(1);
    await Promise.all(machines.map((each) => each.close()));
  });

  test("that fail leave nothing of themselves, and go on from there", async () => {
    const broken = migration("0001_second", "create table second (id integer); select nonsense");
    await expect(migrated([first, broken])).rejects.toThrow("nonsense");
    await expect(count("second")).rejects.toThrow();
    expect(await migrated([first, second])).toEqual(["0001_second"]);
  });

  test("a database that is ahead of the program is refused", async () => {
    await migrated([first, second]);
    await expect(migrated([first])).rejects.toMatchObject({
      code: "UNAVAILABLE",
      message: "The database is newer than this program: it has 0001_second. Start a newer version.",
    });
  });

  test.each([
    ["changed", [first, migration(second.name, second.sql, "another hash")], "0001_second"],
    ["renamed in order", [second, first], "0000_first, 0001_second"],
  ])("files that were %s after they were applied are refused", async (_, migrations, named) => {
    await migrated([first, second]);
    await expect(migrated(migrations)).rejects.toThrow(`have changed since: ${named}. Restore the files.`);
  });

  test("what runs after them has the server's own time limits again", async () => {
    await migrated([first]);
    const limits = "select current_setting('statement_timeout') as s, current_setting('lock_timeout') as l";
    const { rows } = await postgres.run((db) => db.execute(limits));
    expect(rows).toEqual([{ s: "15s", l: "0" }]);
  });
});
