import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { migratePostgres } from "#adapters/postgres/migrate-postgres.ts";
import { openPostgres, type Postgres } from "#adapters/postgres/postgres.ts";
import { type Migration, readMigrations } from "#drizzle/migrate.ts";
import { silentLog } from "#tests/support/database.ts";
import { oldDatabases } from "#tests/support/old-databases.ts";
import { findPostgresServer, startPostgresServer } from "#tests/support/postgres-server.ts";

const bin = findPostgresServer();
const migrations = await readMigrations();
const names = migrations.map(({ name }) => name);

test("every migration has the database that its users had", () => {
  expect(Object.keys(oldDatabases)).toEqual(names);
});

describe.skipIf(bin === null)("what was stored", () => {
  const closers = new AsyncDisposableStack();
  let url: string;
  let server: Postgres;
  beforeAll(async () => {
    ({ url } = closers.use(await startPostgresServer(bin as string)));
    server = closers.use(openPostgres({ url, log: silentLog }));
  });
  afterAll(() => closers.disposeAsync());

  async function databaseAt(name: string): Promise<Postgres> {
    await server.run((db) => db.execute(`create database "${name}" template template0`));
    const postgres = openPostgres({ url: url.replace(/[^/]*$/, name), log: silentLog });
    await migratePostgres(postgres, { log: silentLog, migrations: upTo(name) });
    const { fill } = oldDatabases[name]!;
    if (fill !== "") await postgres.run((db) => db.execute(fill));
    return postgres;
  }
  const upTo = (name: string): Migration[] => migrations.slice(0, names.indexOf(name) + 1);
  const after = (name: string) => names.slice(names.indexOf(name) + 1);

  test.each(names)("when %s was the newest is there after all that came since", async (name) => {
    await using postgres = await databaseAt(name);
    expect(await migratePostgres(postgres, { log: silentLog })).toEqual(after(name));
    await oldDatabases[name]!.survives(postgres);
  });
});
