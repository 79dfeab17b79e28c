import { parseArgs } from "node:util";
import { ConfigError } from "#adapters/env/parse.ts";
import { bringUpToDate, refusalWords, statusOf } from "#adapters/postgres/migrate-postgres.ts";
import { openPostgres, type Postgres } from "#adapters/postgres/postgres.ts";
import { cliConfigFromEnv, readEnv } from "./config.ts";
import { type ExitCode, exitCodes, run, silentLog, UsageError } from "./run.ts";

const usage = `Usage: npm run migrate [-- --status | --dry-run]

Brings the database of DATABASE_DIRECT_URL (else DATABASE_URL) up to date: PostGIS and the schema, in order, each migration once,
however many machines run this at the same time.

  --status   Says what is applied and what is pending, and changes nothing.
  --dry-run  Says what would be applied, and changes nothing.

Exit codes: 0 up to date (or, with --dry-run, could be), 1 failed, 2 wrong usage, 3 refused: the database is ahead of this program or
applied files have changed, 4 with --status: migrations are pending.`;

await run(async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: { status: { type: "boolean" }, "dry-run": { type: "boolean" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help) {
    console.log(usage);
    return exitCodes.done;
  }
  if (values.status && values["dry-run"]) throw new UsageError("Either --status or --dry-run, not both.");

  await using postgres = openPostgres({ url: directUrl(), log: silentLog, connectionsMax: 1 });
  if (values.status || values["dry-run"]) return await tell(postgres, values.status ? "status" : "dry-run");
  return await migrate(postgres);
});

function directUrl(): string {
  const { databaseUrl } = cliConfigFromEnv(readEnv()).servers;
  if (databaseUrl !== null) return databaseUrl;
  throw new ConfigError(
    "DATABASE_URL: must be set, or DATABASE_DIRECT_URL. The embedded database brings itself up to date when it starts.",
  );
}

async function migrate(postgres: Postgres): Promise<ExitCode> {
  const outcome = await bringUpToDate(postgres, { onProgress: (text) => console.log(`${text} …`) });
  if (outcome.status !== "migrated") return refuse(refusalWords(outcome));
  const { applied, present } = outcome;
  console.log(
    applied.length === 0
      ? `The database is up to date; nothing to do (${present.length} applied before).`
      : `The database is up to date: applied ${applied.join(", ")} (${present.length} applied before).`,
  );
  return exitCodes.done;
}

async function tell(postgres: Postgres, what: "status" | "dry-run"): Promise<ExitCode> {
  const status = await statusOf(postgres);
  if (status.status !== "ready") return refuse(refusalWords(status));
  const { present, missing } = status;
  if (what === "dry-run") {
    console.log(missing.length === 0 ? "Nothing to do." : `Would apply ${missing.join(", ")}.`);
    return exitCodes.done;
  }
  for (const { name, appliedAt } of present) console.log(`${name}  applied ${appliedAt.toISOString()}`);
  for (const name of missing) console.log(`${name}  pending`);
  console.log(missing.length === 0 ? "The database is up to date." : `${missing.length} pending. Run: npm run migrate`);
  return missing.length === 0 ? exitCodes.done : exitCodes.pending;
}

function refuse(words: string): ExitCode {
  console.error(words);
  return exitCodes.refused;
}
