import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { type StoredPorts, portsOver } from "#adapters/ports-over.ts";
import { type Administration, postgresAdministration } from "#adapters/postgres/administration.ts";
import { refusalWords, statusOf } from "#adapters/postgres/migrate-postgres.ts";
import type { Postgres } from "#adapters/postgres/postgres.ts";
import { openServers } from "#adapters/servers.ts";
import { systemClock } from "#adapters/system-clock.ts";
import { AppError } from "#core/lib/errors.ts";
import type { WorldId } from "#core/lib/ids.ts";
import type { Clock } from "#core/ports/system.ts";
import { readyMadeWorlds } from "#core/world/seeds.ts";
import type { WorldVerbs } from "#core/world/service.ts";
import { openDataDir } from "#dev/data-dir.ts";
import { openEmbeddedPostgres } from "#dev/embedded-postgres/open-embedded-postgres.ts";
import type { CliConfig } from "../config.ts";
import { silentLog } from "../run.ts";
import { worldVerbsOf } from "./world-verbs.ts";

export type AdminContext = AsyncDisposable &
  StoredPorts & {
    readonly administration: Administration;
    readonly clock: Clock;
    readonly systemWorlds: readonly WorldId[];
    readonly worldVerbs: WorldVerbs;
    /** Workers can be asked. */
    readonly isOnline: boolean;
  };

/** Stands on the same servers as everything else, or on the embedded database, which it then has for itself. */
export async function openAdmin(config: CliConfig): Promise<AdminContext> {
  await using opening = new AsyncDisposableStack();
  const servers = opening.use(
    await openServers({ ...config.servers, webSocket: null }, { clock: systemClock, log: silentLog, name: "admin" }),
  );
  const postgres = servers.postgres ?? opening.use(await openEmbedded(config.dataDir));
  await demandSchema(postgres);
  // What is published before there is a connection would be lost.
  await servers.checks["nats"]?.();
  const ports = portsOver({ ...servers, postgres }, { clock: systemClock, log: silentLog });
  const isOnline = servers.nats !== null;
  const opened = opening.move();
  return {
    ...ports,
    administration: postgresAdministration(postgres),
    clock: systemClock,
    systemWorlds: readyMadeWorlds.map(({ id }) => id),
    worldVerbs: worldVerbsOf({ ...ports, clock: systemClock }, { isOnline }),
    isOnline,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

async function openEmbedded(directory: string): Promise<Postgres> {
  const path = join(resolve(directory), "postgres");
  if (!existsSync(path)) {
    throw new AppError("NOT_FOUND", `There is no database in ${resolve(directory)}. Set DATA_DIR or DATABASE_URL.`);
  }
  await using opening = new AsyncDisposableStack();
  opening.use(await openDataDir(directory));
  const cacheDir = join(import.meta.dirname, "../../node_modules/.cache/thousand-worlds");
  const postgres = opening.use(await openEmbeddedPostgres({ dataDir: path, cacheDir, log: silentLog }));
  const opened = opening.move();
  const close = () => opened.disposeAsync();
  return { ...postgres, close, [Symbol.asyncDispose]: close };
}

async function demandSchema(postgres: Postgres): Promise<void> {
  const status = await statusOf(postgres);
  if (status.status !== "ready") throw new AppError("CONFLICT", refusalWords(status));
  if (status.missing.length > 0) {
    throw new AppError("CONFLICT", "The database's schema is not up to date. Run: npm run migrate");
  }
}
