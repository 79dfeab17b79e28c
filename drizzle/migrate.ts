import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** One connection, whatever the driver: the lock and the transactions live on it. Not through a pooler that shares connections. */
export type MigrationConnection = {
  query(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
};

export type Migration = { readonly name: string; readonly sql: string; readonly hash: string };

export type MigrationOutcome =
  | { readonly status: "migrated"; readonly applied: readonly string[]; readonly present: readonly string[] }
  /** The database has what this program has never heard of: an older program must not touch it. */
  | { readonly status: "ahead"; readonly unknown: readonly string[] }
  /** A file changed, or slipped in before others, after it was applied: nobody can say what this database is. */
  | { readonly status: "changed"; readonly changed: readonly string[] };

const lockKey = 7_402_116_081;
const lockWaitMs = 120_000;

/** Brings the database up to `migrations`, in order, each in its own transaction. Any number of machines may call it at once. */
export async function migrate(
  connection: MigrationConnection,
  migrations: readonly Migration[],
): Promise<MigrationOutcome> {
  await connection.query(`set statement_timeout = 0`);
  await connection.query(`set lock_timeout = ${lockWaitMs}`);
  await connection.query("select pg_advisory_lock($1)", [lockKey]);
  try {
    return await applyMissing(connection, migrations);
  } finally {
    await connection.query("select pg_advisory_unlock($1)", [lockKey]);
    await connection.query("reset lock_timeout");
    await connection.query("reset statement_timeout");
  }
}

/** The migrations of this program, in the order of drizzle's journal. */
export async function readMigrations(directory = join(import.meta.dirname, "migrations")): Promise<Migration[]> {
  const journal = JSON.parse(await readFile(join(directory, "meta/_journal.json"), "utf8")) as Journal;
  return Promise.all(
    journal.entries.map(async ({ tag }) => {
      const sql = await readFile(join(directory, `${tag}.sql`), "utf8");
      return { name: tag, sql, hash: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

type Journal = { entries: { tag: string }[] };

async function applyMissing(
  connection: MigrationConnection,
  migrations: readonly Migration[],
): Promise<MigrationOutcome> {
  await connection.query(
    `create table if not exists schema_migrations (
       number integer primary key, name text not null unique, hash text not null, applied_at timestamptz not null default now()
     )`,
  );
  const { rows } = await connection.query("select name, hash from schema_migrations order by number");

  const known = new Set(migrations.map(({ name }) => name));
  const unknown = rows.map(({ name }) => String(name)).filter((name) => !known.has(name));
  if (unknown.length > 0) return { status: "ahead", unknown };

  const changed = rows.flatMap(({ name, hash }, index) => {
    const migration = migrations[index];
    return migration?.name === name && migration?.hash === hash ? [] : [String(name)];
  });
  if (changed.length > 0) return { status: "changed", changed };

  const missing = migrations.slice(rows.length);
  for (const [index, migration] of missing.entries()) {
    await apply(connection, rows.length + index + 1, migration);
  }
  return {
    status: "migrated",
    applied: missing.map(({ name }) => name),
    present: rows.map(({ name }) => String(name)),
  };
}

async function apply(connection: MigrationConnection, number: number, { name, sql, hash }: Migration): Promise<void> {
  await connection.query("begin");
  try {
    await connection.query(sql);
    await connection.query("insert into schema_migrations (number, name, hash) values ($1, $2, $3)", [
      number,
      name,
      hash,
    ]);
    await connection.query("commit");
  } catch (error) {
    await connection.query("rollback");
    throw error;
  }
}
