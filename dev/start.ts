import { join } from "node:path";
import { openMail } from "#adapters/mail/open-mail.ts";
import { openPostgres, type Postgres } from "#adapters/postgres/postgres.ts";
import { migratePostgres } from "#adapters/postgres/migrate-postgres.ts";
import { openServers } from "#adapters/servers.ts";
import { systemClock } from "#adapters/system-clock.ts";
import { closeSocketsOfRevoked } from "#core/account/close-sockets.ts";
import { keepAccounts } from "#core/account/keep-accounts.ts";
import { sweepSockets } from "#core/account/sweep-sockets.ts";
import { keepInterviews } from "#core/interview/keep-interviews.ts";
import type { Clients } from "#core/ports/clients.ts";
import type { Clock, Log } from "#core/ports/system.ts";
import { createReadyMade } from "#core/world/create-ready-made.ts";
import type { Config } from "#functions/config.ts";
import { createHandler } from "#functions/http/handler.ts";
import { handleConnect } from "#functions/ws/connect.ts";
import { handleMessage } from "#functions/ws/default.ts";
import { handleDisconnect } from "#functions/ws/disconnect.ts";
import { startWorldService } from "#workers/world/service.ts";
import { createContext, type OneProcessContext } from "./context.ts";
import { type DataDir, openDataDir } from "./data-dir.ts";
import { webSocketPath } from "./web-socket-path.ts";
import { openEmbeddedPostgres } from "./embedded-postgres/open-embedded-postgres.ts";
import { type Gateway, startGateway } from "./gateway/gateway.ts";
import type { Site } from "./gateway/http.ts";
import { oneInvocationAtOnce } from "./gateway/limits.ts";
import type { HttpHandler } from "./gateway/handlers.ts";

const leaseMs = 15_000;

export type DevOptions = {
  readonly config: Config;
  readonly log: Log;
  readonly clock?: Clock;
  /** Told what is going on, in words for the person who waits. */
  readonly onProgress?: (text: string) => void;
  /** The browser client, where it is to be served. */
  readonly site?: Promise<Site>;
};

export type Dev = AsyncDisposable & {
  readonly url: string;
  readonly gateway: Gateway;
  readonly ctx: OneProcessContext;
};

/** The whole backend in this process: functions behind the local gateway, the world worker, and the database. */
export async function startDev(options: DevOptions): Promise<Dev> {
  const { config, log, clock = systemClock, onProgress = () => {} } = options;
  // It is waited for at the end; that it failed is known before.
  options.site?.catch(() => {});
  await using starting = new AsyncDisposableStack();
  const dataDir = starting.use(await openDataDir(config.dataDir));
  const postgres = starting.use(await openDatabase(config, dataDir, log, onProgress));
  // The database is this process' own affair: the embedded one, or a server that it migrates first.
  const servers = starting.use(
    await openServers({ ...config.servers, databaseUrl: null, webSocket: null }, { clock, log, name: "one-process" }),
  );
  const later = clientsLater();
  const created = await createContext({
    config,
    clock,
    log,
    postgres,
    servers,
    clients: later.clients,
    tokenSecret: config.tokenSecret ?? (await dataDir.secret("token-secret")),
  });
  const { ctx } = starting.use(created);

  starting.use(ctx.weathers);

  onProgress("Waking the worlds");
  await createReadyMade(ctx, { isLobbySandbox: config.environment === "development" });
  // The directory's lock makes this process the only one of its name: it takes over at once what it owned before.
  starting.use(await startWorldService(ctx, { owner: ownerName(config), leaseMs }));
  starting.use(keepInterviews(ctx));
  starting.defer(closeSocketsOfRevoked(ctx));
  starting.use(sweepSockets(ctx));
  const mail = await openMail(config.mail, { clock, log, region: config.awsRegion });
  starting.use(keepAccounts({ ...ctx, mail }));
  const gateway = starting.use(
    await startGateway({
      host: config.host,
      port: config.port,
      clock,
      log,
      webSocketPath,
      ...(options.site && { site: await options.site }),
      ...(servers.redis !== null && { limits: oneInvocationAtOnce }),
      // Hono has types of its own for AWS' events and results.
      http: createHandler(ctx, config) as unknown as HttpHandler,
      ws: {
        connect: (event) => handleConnect(ctx, config, event),
        default: (event) => handleMessage(ctx, config, event),
        disconnect: (event) => handleDisconnect(ctx, event),
      },
    }),
  );
  later.use(gateway.clients);
  const running = starting.move();
  return { url: gateway.url, gateway, ctx, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

async function openDatabase(
  config: Config,
  dataDir: DataDir,
  log: Log,
  onProgress: (text: string) => void,
): Promise<Postgres> {
  if (config.servers.databaseUrl === null) {
    const cacheDir = join(import.meta.dirname, "../node_modules/.cache/thousand-worlds");
    return openEmbeddedPostgres({ dataDir: join(dataDir.path, "postgres"), cacheDir, log, onProgress });
  }
  onProgress("Connecting to the database");
  const postgres = openPostgres({ url: config.servers.databaseUrl, log });
  try {
    await migratePostgres(postgres, { log });
    return postgres;
  } catch (error) {
    await postgres.close();
    throw error;
  }
}

/** Two processes on one server are two owners; the embedded database has only ever one. */
function ownerName({ servers }: Config): string {
  return servers.databaseUrl === null ? "one-process" : `one-process-${process.pid}`;
}

/** The functions need the way out to the sockets before the gateway that has it is there. */
function clientsLater(): { clients: Clients; use(clients: Clients): void } {
  const { promise, resolve } = Promise.withResolvers<Clients>();
  return {
    clients: {
      post: async (id, frame) => (await promise).post(id, frame),
      close: async (id) => (await promise).close(id),
    },
    use: resolve,
  };
}
