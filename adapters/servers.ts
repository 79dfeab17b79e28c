import type { Clients } from "#core/ports/clients.ts";
import type { Clock, Log } from "#core/ports/system.ts";
import { apiGatewayClients } from "./api-gateway/clients.ts";
import { connectNats, type Nats, type NatsOptions } from "./nats/connect.ts";
import type { NatsRole } from "./nats/rights.ts";
import type { Postgres } from "./postgres/postgres.ts";
import { connectRedis, type Redis } from "./redis/connect.ts";

/** Where the servers are; null for those that are not used. */
export type ServersConfig = {
  readonly databaseUrl: string | null;
  /** Through the serverless driver, over WebSocket: `host:port` of a local relay, or null for Neon itself. Left out: plain Postgres. */
  readonly neon?: { readonly wsProxy: string | null };
  readonly redis: { readonly url: string; readonly token: string } | null;
  readonly natsUrls: readonly string[] | null;
  /** Left out: the NATS server asks for none. */
  readonly natsLogin?: { readonly user: NatsRole; readonly password: string };
  /** Left out: one server keeps each stream. */
  readonly natsReplicas?: number;
  /** Where frames for sockets are posted to: API Gateway's `@connections`, without that last part. */
  readonly webSocket: { readonly endpoint: string; readonly region: string } | null;
};

export type Servers = AsyncDisposable & {
  readonly postgres: Postgres | null;
  readonly redis: Redis | null;
  readonly nats: Nats | null;
  readonly clients: Clients | null;
  /** For a process that was frozen: lets go of the connections that died meanwhile, and waits for new ones. Never throws. */
  renew(): Promise<void>;
  /** What must answer for a process that stands on them to be ready, by name. */
  readonly checks: Readonly<Record<string, () => Promise<void>>>;
};

/** More than a round trip takes to servers that are well; who was frozen pays it once. */
const answerMsMax = 500;

/** Connects in the background: a server that is not there yet makes requests fail with UNAVAILABLE, not the start. */
export async function openServers(
  config: ServersConfig,
  { clock, log, name }: { clock: Clock; log: Log; name: string },
): Promise<Servers> {
  const open = new AsyncDisposableStack();
  const postgres = config.databaseUrl === null ? null : open.use(await openDatabase(config.databaseUrl, config, log));
  const redis = config.redis && open.use(connectRedis({ ...config.redis, log, clock }));
  const nats =
    config.natsUrls && open.use(connectNats({ servers: config.natsUrls, name, log, ...natsOptions(config) }));
  const clients = config.webSocket && open.use(apiGatewayClients({ ...config.webSocket, clock }));
  return {
    postgres,
    redis,
    nats,
    clients,
    async renew() {
      await Promise.all([
        postgres?.renew(answerMsMax),
        nats?.renew(answerMsMax),
        // A connection that died is noticed by whoever uses it first: better one who may ask twice.
        redis?.ping().catch(() => undefined),
      ]);
    },
    checks: {
      ...(postgres && { database: () => postgres.ping() }),
      ...(redis && { redis: () => redis.ping() }),
      ...(nats && { nats: () => nats.ready() }),
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

function natsOptions({ natsLogin, natsReplicas }: ServersConfig): Pick<NatsOptions, "user" | "pass" | "replicas"> {
  return {
    ...(natsLogin !== undefined && { user: natsLogin.user, pass: natsLogin.password }),
    ...(natsReplicas !== undefined && { replicas: natsReplicas }),
  };
}

/** Only the driver that is used is loaded. */
async function openDatabase(url: string, { neon }: ServersConfig, log: Log): Promise<Postgres> {
  if (!neon) return (await import("./postgres/postgres.ts")).openPostgres({ url, log });
  const { openNeon } = await import("./neon/neon.ts");
  return openNeon({ url, log, ...(neon.wsProxy !== null && { wsProxy: neon.wsProxy }) });
}
