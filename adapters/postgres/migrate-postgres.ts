import { AppError } from "#core/lib/errors.ts";
import type { Log } from "#core/ports/system.ts";
import {
  migrate,
  type Migration,
  type MigrationConnection,
  type MigrationOutcome,
  type MigrationStatus,
  migrationStatus,
  readMigrations,
} from "#drizzle/migrate.ts";
import type { Postgres } from "./postgres.ts";

const migrationTimeoutMs = 3_600_000;

type Session = Pick<Postgres, "session">;

/** Brings the schema up to date and says what it did. Refuses, with one line, a database that this program does not understand. */
export async function migratePostgres(
  postgres: Session,
  options: { readonly log: Log; readonly migrations?: readonly Migration[] },
): Promise<readonly string[]> {
  const outcome = await bringUpToDate(postgres, options);
  if (outcome.status !== "migrated") throw new AppError("UNAVAILABLE", refusalWords(outcome));
  options.log.info({ applied: outcome.applied, present: outcome.present.length }, "database schema is up to date");
  return outcome.applied;
}

export async function bringUpToDate(
  postgres: Session,
  options: { readonly migrations?: readonly Migration[]; readonly onProgress?: (text: string) => void } = {},
): Promise<MigrationOutcome> {
  const migrations = options.migrations ?? (await readMigrations());
  return onConnection(postgres, (connection) => migrate(connection, migrations, options.onProgress));
}

/** Reads only: what is there, and what is missing. */
export async function statusOf(postgres: Session): Promise<MigrationStatus> {
  const migrations = await readMigrations();
  return onConnection(postgres, (connection) => migrationStatus(connection, migrations));
}

export function refusalWords(outcome: Extract<MigrationOutcome, { status: "ahead" | "changed" }>): string {
  return outcome.status === "ahead"
    ? `The database is newer than this program: it has ${outcome.unknown.join(", ")}. Start a newer version.`
    : `Migrations that were applied already have changed since: ${outcome.changed.join(", ")}. Restore the files.`;
}

function onConnection<T>(postgres: Session, work: (connection: MigrationConnection) => Promise<T>): Promise<T> {
  return postgres.session((client) =>
    work({
      query(text, values) {
        // Building an index takes what it takes, and so does waiting for another machine that does it.
        const query = { text, query_timeout: migrationTimeoutMs, ...(values === undefined ? {} : { values }) };
        return client.query<Record<string, unknown>>(query);
      },
    }),
  );
}
