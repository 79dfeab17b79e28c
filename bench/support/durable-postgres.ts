import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migratePostgres } from "#adapters/postgres/migrate-postgres.ts";
import { openPostgres, type Postgres } from "#adapters/postgres/postgres.ts";
import type { Log } from "#core/ports/system.ts";
import { findPostgres, postgresServer } from "#dev/servers/postgres.ts";

/** Only of what went wrong. */
export const benchLog: Log = { debug() {}, info() {}, warn: console.warn, error: console.error };

/** A Postgres of the bench's own that syncs before it answers, with today's schema; gone with `stack`. */
export async function durablePostgres(stack: AsyncDisposableStack): Promise<{ url: string; postgres: Postgres }> {
  const bin = findPostgres();
  if (bin === null) throw new Error("PostgreSQL with PostGIS is not on this machine");
  const home = await mkdtemp(join(tmpdir(), "thousand-worlds-bench-"));
  stack.defer(() => rm(home, { recursive: true, force: true }));
  const server = stack.use(await postgresServer(bin, home, { isDurable: true }));
  await server.start();
  const postgres = stack.use(openPostgres({ url: server.url, log: benchLog }));
  await migratePostgres(postgres, { log: benchLog });
  return { url: server.url, postgres };
}
