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

/** What a migration run would meet. Reads only. */
export type MigrationStatus =
  | {
      readonly status: "ready";
      readonly present: readonly { readonly name: string; readonly appliedAt: Date }[];
      readonly missing: readonly string[];
    }
  | Exclude<MigrationOutcome, { readonly status: "migrated" }>;

/**
 * Brings the database up to `migrations`, in order, each in its own transaction. Any number of machines may call it at once.
 * `onProgress` is told what is going on, in words.
 */
export async function migrate(
  connection: MigrationConnection,
  migrations: readonly Migration[],
  onProgress: (text: string) => void = () => undefined,
): Promise<MigrationOutcome> {
  await connection.query(`set statement_timeout = 0`);
  await connection.query(`set lock_timeout = ${lockWaitMs}`);
  const { rows } = await connection.query("select pg_try_advisory_lock($1) as locked", [lockKey]);
  if (rows[0]?.["locked"] !== true) {
    onProgress("waiting for another program that migrates this database");
    await connection.query("select pg_advisory_lock($1)", [lockKey]);
  }
  try {
    return await applyMissing(connection, migrations, onProgress);
  } finally {
    await connection.query("select pg_advisory_unlock($1)", [lockKey]);
    await connection.query("reset lock_timeout");
    await connection.query("reset statement_timeout");
  }
}

/** Without the lock: what it says may be old by the time it is read. */
export async function migrationStatus(
  connection: MigrationConnection,
  migrations: readonly Migration[],
): Promise<MigrationStatus> {
  const { rows } = await connection.query("select to_regclass('schema_migrations') is not null as there");
  const applied = rows[0]?.["there"] === true ? await readApplied(connection) : [];
  const refused = refusal(applied, migrations);
  if (refused !== null) return refused;
  return {
    status: "ready",
    present: applied.map(({ name, appliedAt }) => ({ name, appliedAt })),
    missing: migrations.slice(applied.length).map(({ name }) => name),
  };
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
  onProgress: (text: string) => void,
): Promise<MigrationOutcome> {
  await connection.query(
    `create table if not exists schema_migrations (
       number integer primary key, name text not null unique, hash text not null, applied_at timestamptz not null default now()
     )`,
  );
  const present = await readApplied(connection);
  const refused = refusal(present, migrations);
  if (refused !== null) return refused;

  const missing = migrations.slice(present.length);
  for (const [index, migration] of missing.entries()) {
    onProgress(`applying ${migration.name}`);
    await apply(connection, present.length + index + 1, migration);
  }
  return {
    status: "migrated",
    applied: missing.map(({ name }) => name),
    present: present.map(({ name }) => name),
  };
}

type Applied = { readonly name: string; readonly hash: string; readonly appliedAt: Date };

async function readApplied(connection: MigrationConnection): Promise<Applied[]> {
  const { rows } = await connection.query("select name, hash, applied_at from schema_migrations order by number");
  return rows.map((row) => ({
    name: String(row["name"]),
    hash: String(row["hash"]),
    appliedAt: new Date(row["applied_at"] as string | Date),
  }));
}

function refusal(
  applied: readonly Applied[],
  migrations: readonly Migration[],
): Exclude<MigrationOutcome, { readonly status: "migrated" }> | null {
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = applied.map(({ name }) => name).filter((name) => !known.has(name));
  if (unknown.length > 0) return { status: "ahead", unknown };

  const changed = applied.flatMap(({ name, hash }, index) => {
    const migration = migrations[index];
    return migration?.name === name && migration.hash === hash ? [] : [name];
  });
  return changed.length > 0 ? { status: "changed", changed } : null;
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
