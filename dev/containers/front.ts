import { existsSync } from "node:fs";
import { join } from "node:path";
import { pinoLog } from "#adapters/log.ts";
import { runProcess } from "#adapters/run-process.ts";
import { systemClock } from "#adapters/system-clock.ts";
import { type Config, configFromEnv, readEnv } from "#functions/config.ts";
import { createFunctionsContext } from "#functions/create-context.ts";
import { createHandler } from "#functions/http/handler.ts";
import { handleConnect } from "#functions/ws/connect.ts";
import { handleMessage } from "#functions/ws/default.ts";
import { handleDisconnect } from "#functions/ws/disconnect.ts";
import { untilReady } from "#core/health/readiness.ts";
import { startGateway } from "../gateway/gateway.ts";
import { oneInvocationAtOnce } from "../gateway/limits.ts";
import type { HttpHandler } from "../gateway/handlers.ts";
import { startNeonRelay } from "../neon-relay/relay.ts";
import { openSite } from "../web/site.ts";
import { webSocketPath } from "../web-socket-path.ts";
import { frontConfigFromEnv } from "./config.ts";

/** Where the image has the browser client, built. */
const siteDirectory = join(import.meta.dirname, "../../site");

// The functions behind the stand-in for API Gateway, on servers in other containers: what AWS runs in the cloud.

await runProcess(async () => {
  const env = readEnv();
  const given = configFromEnv(env);
  const { managementHost, managementPort } = frontConfigFromEnv(env);
  const log = pinoLog({ level: given.logLevel, fd: 1 });
  await using starting = new AsyncDisposableStack();
  const config = { ...given, neonWsProxy: given.neonWsProxy ?? (await relayTo(given, starting)) };
  const { ctx } = starting.use(await createFunctionsContext(config, log));
  const site = existsSync(siteDirectory)
    ? await openSite(siteDirectory, { isHttps: config.publicOrigin.startsWith("https:") })
    : null;
  const gateway = starting.use(
    await startGateway({
      host: config.host,
      port: config.port,
      managementHost,
      managementPort,
      clock: systemClock,
      log,
      webSocketPath,
      ...(site && { site }),
      limits: oneInvocationAtOnce,
      // Hono has types of its own for AWS' events and results.
      http: createHandler(ctx, config) as unknown as HttpHandler,
      ws: {
        connect: (event) => handleConnect(ctx, config, event),
        default: (event) => handleMessage(ctx, config, event),
        disconnect: (event) => handleDisconnect(ctx, event),
      },
    }),
  );
  const stopped = new AbortController();
  starting.defer(() => stopped.abort());
  void untilReady(ctx, stopped.signal).then((isReady) => {
    if (isReady) log.info({ url: gateway.url }, "front ready");
  });
  return starting.move();
});

/** The functions speak to Postgres as to Neon, over a WebSocket. */
async function relayTo({ servers, logLevel }: Config, running: AsyncDisposableStack): Promise<string | null> {
  if (servers.databaseUrl === null) return null;
  const { hostname, port } = new URL(servers.databaseUrl);
  const log = pinoLog({ level: logLevel, fd: 1 });
  const target = { host: hostname, port: Number(port || 5432) };
  return running.use(await startNeonRelay({ target, log })).url;
}
