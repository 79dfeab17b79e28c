import { createHash, randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type NatsRole, natsRoles } from "#adapters/nats/rights.ts";
import { AppError } from "#core/lib/errors.ts";
import type { Log } from "#core/ports/system.ts";
import type { Config } from "#functions/config.ts";
import { startNeonRelay } from "../neon-relay/relay.ts";
import { findNats, type NatsPasswords, type NatsServer, natsServer } from "../servers/nats.ts";
import { findPostgres, type PostgresServer, postgresServer } from "../servers/postgres.ts";
import { findRedis, type RedisServer, redisServer } from "../servers/redis.ts";
import { startUpstashRest } from "../upstash-rest/upstash-rest.ts";

/** The servers that the services stand on, as environment variables of theirs; and those that were started here. */
export type LocalServers = AsyncDisposable & {
  readonly env: Readonly<Record<string, string>>;
  /** What one process of this role needs beside it. */
  roleEnv(role: NatsRole): Readonly<Record<string, string>>;
  readonly postgres: PostgresServer | null;
  readonly redis: RedisServer | null;
  readonly nats: NatsServer | null;
};

type Options = {
  readonly config: Config;
  readonly home: string;
  readonly log: Log;
  readonly onProgress: (text: string) => void;
  /** Where the programs are; replaced in tests. */
  readonly find?: typeof finders;
};

type Programs = { readonly postgres: string | null; readonly redis: string | null; readonly nats: string | null };
const finders: { readonly [Name in keyof Programs]: () => string | null } = {
  postgres: findPostgres,
  redis: findRedis,
  nats: findNats,
};

/** Uses the servers that the environment names, and starts the others from the programs of this machine. */
export async function startLocalServers(options: Options): Promise<LocalServers> {
  const { servers } = options.config;
  const programs = findPrograms(options);
  const passwords = newPasswords();
  await using starting = new AsyncDisposableStack();
  const postgres = programs.postgres === null ? null : starting.use(await startPostgres(programs.postgres, options));
  const redis = programs.redis === null ? null : starting.use(await startRedis(programs.redis, options));
  const nats = programs.nats === null ? null : starting.use(await startNats(programs.nats, passwords, options));
  const { log } = options;
  const databaseUrl = postgres?.url ?? servers.databaseUrl ?? "";
  const { hostname, port } = new URL(databaseUrl);
  const relay = starting.use(await startNeonRelay({ target: { host: hostname, port: Number(port || 5432) }, log }));
  const token = randomBytes(24).toString("base64url");
  const rest = redis && starting.use(await startUpstashRest({ redis, token, log }));
  const running = starting.move();
  return {
    postgres,
    redis,
    nats,
    env: {
      DATABASE_URL: databaseUrl,
      NEON_WS_PROXY: relay.url,
      UPSTASH_REDIS_REST_URL: rest?.url ?? servers.redis?.url ?? "",
      UPSTASH_REDIS_REST_TOKEN: rest ? token : (servers.redis?.token ?? ""),
      NATS_URL: nats?.url ?? servers.natsUrls?.join(",") ?? "",
    },
    roleEnv: (role) => loginEnv(nats === null ? servers.natsLogin : { user: role, password: passwords[role] }),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** For one start of the server: nothing else keeps them. */
function newPasswords(): NatsPasswords {
  const all = natsRoles.map((role) => [role, randomBytes(24).toString("base64url")] as const);
  return Object.fromEntries(all) as NatsPasswords;
}

function loginEnv(login: Config["servers"]["natsLogin"]): Record<string, string> {
  return login === undefined ? {} : { NATS_USER: login.user, NATS_PASSWORD: login.password };
}

const needs = {
  postgres: {
    name: "PostgreSQL with PostGIS",
    packages: "postgresql-15 postgresql-15-postgis-3",
    variable: "DATABASE_URL",
  },
  redis: { name: "Redis", packages: "redis-server", variable: "UPSTASH_REDIS_REST_URL" },
  nats: { name: "NATS", packages: "nats-server", variable: "NATS_URL" },
} as const;

/** The program of each server that is to be started here, null for the others. Throws for all that are missing, before any is started. */
function findPrograms({ config: { servers }, find = finders }: Options): Programs {
  const isGiven = {
    postgres: servers.databaseUrl !== null,
    redis: servers.redis !== null,
    nats: servers.natsUrls !== null,
  };
  const names = Object.keys(needs) as (keyof Programs)[];
  const found = names.map((name) => [name, isGiven[name] ? null : find[name]()] as const);
  const missing = found.filter(([name, program]) => program === null && !isGiven[name]).map(([name]) => needs[name]);
  if (missing.length === 0) return Object.fromEntries(found) as Programs;
  const all = (key: "name" | "packages" | "variable", separator: string): string =>
    missing.map((need) => need[key]).join(separator);
  throw new AppError(
    "UNAVAILABLE",
    `Not on this machine: ${all("name", ", ")}. Install what is missing (Debian: apt-get install ${all("packages", " ")}), ` +
      `or set ${all("variable", " and ")}. \`npm start\` needs none of it.`,
  );
}

async function startPostgres(bin: string, { home, onProgress }: Options): Promise<PostgresServer> {
  const directory = postgresHome(home);
  onProgress(`Starting PostgreSQL in ${directory}`);
  const server = await postgresServer(bin, directory, { isDurable: true });
  await server.start();
  return server;
}

async function startRedis(program: string, { home, onProgress }: Options): Promise<RedisServer> {
  onProgress("Starting Redis");
  const server = await redisServer(program, join(home, "redis"));
  await server.start();
  return server;
}

async function startNats(
  program: string,
  passwords: NatsPasswords,
  { home, onProgress }: Options,
): Promise<NatsServer> {
  onProgress("Starting NATS");
  const server = await natsServer(program, join(home, "nats"), { passwords });
  await server.start();
  return server;
}

/** PostgreSQL refuses to run as root, and another user cannot reach into root's directories. */
export function postgresHome(home: string): string {
  if (process.getuid?.() !== 0) return join(home, "postgres");
  const name = createHash("sha256").update(home).digest("hex").slice(0, 16);
  return join(tmpdir(), `thousand-worlds-postgres-${name}`);
}
