import { join } from "node:path";
import type { NatsRole } from "#adapters/nats/rights.ts";
import { migratePostgres } from "#adapters/postgres/migrate-postgres.ts";
import { openPostgres } from "#adapters/postgres/postgres.ts";
import { systemClock } from "#adapters/system-clock.ts";
import type { Log } from "#core/ports/system.ts";
import type { Config } from "#functions/config.ts";
import { openDataDir } from "../data-dir.ts";
import { type Gateway, startGateway } from "../gateway/gateway.ts";
import type { Site } from "../gateway/http.ts";
import { oneInvocationAtOnce } from "../gateway/limits.ts";
import { remoteFunction } from "../lambda/invoke.ts";
import { freePort } from "../servers/server-process.ts";
import { webSocketPath } from "../web-socket-path.ts";
import { type Arguments, workerRoles } from "./arguments.ts";
import { type Child, startChild } from "./child.ts";
import { leaveAccess } from "./operator-access.ts";
import { type LocalServers, startLocalServers } from "./servers.ts";

export type ServicesOptions = Arguments & {
  readonly config: Config;
  readonly log: Log;
  /** Lines of the children, each with its name before it. */
  readonly print: (line: string) => void;
  readonly onProgress: (text: string) => void;
  /** The browser client, where it is to be served. */
  readonly site?: Promise<Site>;
  /** What was started meanwhile is stopped again. */
  readonly stopped?: AbortSignal;
  /** What serves the functions at FUNCTIONS_PORT; replaced in tests. */
  readonly functionsProgram?: string;
  /** More variables of one child, by its name; `env` are those that it has already. */
  readonly childEnv?: (name: string, env: Readonly<Record<string, string>>) => Readonly<Record<string, string>>;
};

export type Services = AsyncDisposable & {
  readonly url: string;
  readonly gateway: Gateway;
  readonly servers: LocalServers;
  /** By name: functions, world-1, world-2, auth-1 … */
  readonly children: ReadonlyMap<string, Child>;
};

/** Every service in a process of its own, on real servers, behind the local gateway. */
export async function startServices(options: ServicesOptions): Promise<Services> {
  const { config, log, stopped = new AbortController().signal } = options;
  const onProgress = (text: string): void => {
    stopped.throwIfAborted();
    options.onProgress(text);
  };
  // It is waited for at the end; that it failed is known before.
  options.site?.catch(() => {});
  await using starting = new AsyncDisposableStack();
  const dataDir = starting.use(await openDataDir(config.dataDir));
  const home = join(dataDir.path, "services");
  const servers = starting.use(await startLocalServers({ config, home, log, onProgress }));
  onProgress("Bringing the schema up to date");
  await migrateOnce(servers.env["DATABASE_URL"] ?? "", log);
  starting.use(await leaveAccess(dataDir.path, { ...serversOf(servers.env), ...servers.roleEnv("admin") }));

  const functionsPort = await freePort();
  const functionsUrl = `http://127.0.0.1:${functionsPort}`;
  const gateway = starting.use(
    await startGateway({
      host: config.host,
      port: config.port,
      clock: systemClock,
      log,
      webSocketPath,
      ...(options.site && { site: await options.site }),
      limits: oneInvocationAtOnce,
      http: remoteFunction(functionsUrl, "http"),
      ws: {
        connect: remoteFunction(functionsUrl, "connect"),
        default: remoteFunction(functionsUrl, "default"),
        disconnect: remoteFunction(functionsUrl, "disconnect"),
      },
    }),
  );
  const env = {
    ...servers.env,
    FUNCTIONS_PORT: String(functionsPort),
    WEBSOCKET_ENDPOINT: gateway.managementEndpoint,
    TOKEN_SECRET: config.tokenSecret ?? (await dataDir.secret("token-secret")),
    PORT: String(gateway.port),
    PUBLIC_URL: config.publicOrigin,
    MAIL_DIR: join(dataDir.path, "mail"),
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
  };
  onProgress("Starting the functions and the workers");
  const children = startChildren(options, env, { servers, starting });
  await Promise.race([Promise.all([...children.values()].map(({ ready }) => ready)), aborted(stopped)]);
  const running = starting.move();
  return { url: gateway.url, gateway, servers, children, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

/** What an operator's command reads of it. */
function serversOf({ NEON_WS_PROXY: _, ...env }: LocalServers["env"]): Readonly<Record<string, string>> {
  return env;
}

function startChildren(
  { config, workers, print, childEnv, functionsProgram = "dev/lambda/main.ts" }: ServicesOptions,
  env: Readonly<Record<string, string>>,
  { servers, starting }: { servers: LocalServers; starting: AsyncDisposableStack },
): ReadonlyMap<string, Child> {
  const root = join(import.meta.dirname, "../..");
  const children = new Map<string, Child>();
  const add = (name: string, role: NatsRole, program: string): void => {
    const own = { ...env, ...servers.roleEnv(role), WORKER_NAME: name };
    const child = startChild({
      name,
      program: join(root, program),
      env: { ...own, ...childEnv?.(name, own) },
      print,
    });
    children.set(name, starting.use(child));
  };
  for (const role of workerRoles) {
    for (let i = 1; i <= (workers[role] ?? 0); i++) add(`${role}-${i}`, role, `workers/${role}/main.ts`);
  }
  // Stopped first: what they take in must find its workers.
  add("functions", config.services === "inline" ? "functions-inline" : "functions", functionsProgram);
  return children;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("told to stop"))));
}

async function migrateOnce(url: string, log: Log): Promise<void> {
  const postgres = openPostgres({ url, log });
  try {
    await migratePostgres(postgres, { log });
  } finally {
    await postgres.close();
  }
}
