import { AppError } from "#core/lib/errors.ts";
import type { Log } from "#core/ports.ts";
import { migrate, type Migration, readMigrations } from "#drizzle/migrate.ts";
import type { Postgres } from "./postgres.ts";

const migrationTimeoutMs = 3_600_000;

/** Brings the schema up to date and says what it did. Refuses, with one line, a database that this program does not understand. */
export async function migratePostgres(
  postgres: Pick<Postgres, "session">,
  options: { readonly log: Log; readonly migrations?: readonly Migration[] },
): Promise<readonly string[]> {
  const migrations = options.migrations ?? (await readMigrations());
  const outcome = await postgres.session((client) =>
    migrate(
      {
        query(text, values) {
          // Building an index takes what it takes, and so does waiting for another machine that does it.
          const query = { text, query_timeout: migrationTimeoutMs, ...(values === undefined ? {} : { values }) };
          return client.query<Record<string, unknown>>(query);
        },
      },
      migrations,
    ),
  );
  if (outcome.status === "ahead") {
    throw new AppError(
      "UNAVAILABLE",
      `The database is newer than this program: it has ${outcome.unknown.join(", ")}. Start a newer version.`,
    );
  }
  if (outcome.status === "changed") {
    throw new AppError(
      "UNAVAILABLE",
      `Migrations that were applied already have changed since: ${outcome.changed.join(", ")}. Restore the files.`,
    );
  }
  options.log.info({ applied: outcome.applied, present: outcome.present.length }, "database schema is up to date");
  return outcome.applied;
}
