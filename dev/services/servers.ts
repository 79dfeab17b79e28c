import { createHash, randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError } from "#core/lib/errors.ts";
import type { Log } from "#core/ports.ts";
import type { Config } from "#functions/config.ts";
import { startNeonRelay } from "../neon-relay/relay.ts";
import { findNats, type NatsServer, natsServer } from "../servers/nats.ts";
import { findPostgres, type PostgresServer, postgresServer } from "../servers/postgres.ts";
import { findRedis, type RedisServer, redisServer } from "../servers/redis.ts";
import { startUpstashRest } from "../upstash-rest/upstash-rest.ts";

/** The servers that the services stand on, as environment variables of theirs; and those that were started here. */
export type LocalServers = AsyncDisposable & {
  readonly env: Readonly<Record<string, string>>;
  readonly postgres: PostgresServer | null;
  readonly redis: RedisServer | null;
  readonly nats: NatsServer | null;
};

type Options = {
  readonly config: Config;
  readonly home: string;
  readonly log: Log;
  readonly onProgress: (text: string) => void;
};

/** Uses the servers that the environment names, and starts the others from the programs of this machine. */
export async function startLocalServers(options: Options): Promise<LocalServers> {
  const { servers } = options.config;
  await using starting = new AsyncDisposableStack();
  const postgres = servers.databaseUrl === null ? starting.use(await startPostgres(options)) : null;
  const redis = servers.redis === null ? starting.use(await startRedis(options)) : null;
  const nats = servers.natsUrls === null ? starting.use(await startNats(options)) : null;
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
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

async function startPostgres({ home, onProgress }: Options): Promise<PostgresServer> {
  const bin = findPostgres();
  if (bin === null) {
    throw missing("PostgreSQL with PostGIS", "postgresql-15 postgresql-15-postgis-3", "DATABASE_URL");
  }
  const directory = postgresHome(home);
  onProgress(`Starting PostgreSQL in ${directory}`);
  const server = await postgresServer(bin, directory, { isDurable: true });
  await server.start();
  return server;
}

async function startRedis({ home, onProgress }: Options): Promise<RedisServer> {
  const program = findRedis();
  if (program === null) throw missing("Redis", "redis-server", "UPSTASH_REDIS_REST_URL");
  onProgress("Starting Redis");
  const server = await redisServer(program, join(home, "redis"));
  await server.start();
  return server;
}

async function startNats({ home, onProgress }: Options): Promise<NatsServer> {
  const program = findNats();
  if (program === null) throw missing("NATS", "nats-server", "NATS_URL");
  onProgress("Starting NATS");
  const server = await natsServer(program, join(home, "nats"));
  await server.start();
  return server;
}

/** PostgreSQL refuses to run as root, and another user cannot reach into root's directories. */
function postgresHome(home: string): string {
  if (process.getuid?.() !== 0) return join(home, "postgres");
  const name = createHash("sha256").update(home).digest("hex").slice(0, 16);
  return join(tmpdir(), `thousand-worlds-postgres-${name}`);
}

function missing(what: string, packages: string, variable: string): AppError {
  return new AppError(
    "UNAVAILABLE",
    `${what} is not on this machine: install it (Debian: apt-get install ${packages}), or set ${variable}. \`npm start\` needs neither.`,
  );
}
