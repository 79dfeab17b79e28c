import { type PostgresServer, postgresServer } from "#dev/servers/postgres.ts";
import { startInOwnHome } from "./server-home.ts";

export { findPostgres as findPostgresServer, type PostgresServer } from "#dev/servers/postgres.ts";

/** A real PostgreSQL of the test's own, on a free port of the loopback. */
export function startPostgresServer(bin: string): Promise<PostgresServer> {
  return startInOwnHome("postgres", (home) => postgresServer(bin, home, { isDurable: false, sharesTerminal: true }));
}
