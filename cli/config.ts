import * as z from "zod";
import { ConfigError, type Env, parseEnv } from "#adapters/env/parse.ts";
import { serversFrom, serverVariables } from "#adapters/env/server-variables.ts";
import type { ServersConfig } from "#adapters/servers.ts";
import { isPooled } from "#adapters/neon/pooled.ts";

export type CliConfig = {
  /** The database by its direct URL where there is one. */
  readonly servers: ServersConfig;
  /** Of the embedded database, which is meant where there is no `databaseUrl`. */
  readonly dataDir: string;
};

/** The only reader of the environment in this tree. */
export function readEnv(): Env {
  return process.env;
}

/** Throws a `ConfigError` of one line for the first variable that is wrong. */
export function cliConfigFromEnv(env: Env): CliConfig {
  const { DATABASE_DIRECT_URL, DATA_DIR, ...vars } = parseEnv(variables, env);
  const servers = serversFrom(vars);
  const databaseUrl = DATABASE_DIRECT_URL ?? servers.databaseUrl;
  if (databaseUrl !== null && isPooled(databaseUrl)) {
    throw new ConfigError(
      "DATABASE_DIRECT_URL: must be set and direct: a lock does not hold through a pool of connections",
    );
  }
  return { servers: { ...servers, databaseUrl }, dataDir: DATA_DIR };
}

const variables = z.object({
  ...serverVariables,
  DATABASE_DIRECT_URL: serverVariables.DATABASE_URL,
  DATA_DIR: z.string().default(".data"),
});
