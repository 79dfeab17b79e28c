import { argon2Passwords } from "#adapters/argon2.ts";
import { systemEntropy } from "#adapters/entropy.ts";
import { ConfigError } from "#adapters/env/parse.ts";
import { portsOver } from "#adapters/ports-over.ts";
import { noMetrics } from "#adapters/memory/metrics.ts";
import { openServers } from "#adapters/servers.ts";
import { systemClock } from "#adapters/system-clock.ts";
import { tokensOfOrigin } from "#adapters/tokens-of-origin.ts";
import { flushedRoots } from "#adapters/tracing/flushed-roots.ts";
import { openTracing } from "#adapters/tracing/open-tracing.ts";
import { tracedClients, tracedLlm } from "#adapters/tracing/traced-ports.ts";
import { busLlm } from "#core/llm/bus-llm.ts";
import type { Log } from "#core/ports/system.ts";
import type { Config } from "./config.ts";
import type { FunctionsContext } from "./context.ts";
import { inlineServices, remoteServices, withInterviews } from "./services.ts";

/** What the functions stand on when they run on their own: every server must be there. */
export async function createFunctionsContext(
  config: Config,
  log: Log,
): Promise<AsyncDisposable & { readonly ctx: FunctionsContext; readonly renew: () => Promise<void> }> {
  await using opening = new AsyncDisposableStack();
  const clock = systemClock;
  const servers = await openServers(
    { ...config.servers, ...(config.databaseDriver === "neon" && { neon: { wsProxy: config.neonWsProxy } }) },
    { clock, log, name: "functions" },
  );
  const { postgres, redis, nats, clients, checks } = opening.use(servers);
  if (postgres === null) throw missing("DATABASE_URL");
  if (redis === null) throw missing("UPSTASH_REDIS_REST_URL");
  if (nats === null) throw missing("NATS_URL");
  if (clients === null) throw missing("WEBSOCKET_ENDPOINT");
  if (config.tokenSecret === null) throw missing("TOKEN_SECRET");
  const { tokenSecret: secret } = config;
  const opened = opening.use(await openTracing(config.tracing, { role: "functions", log }));
  const tracing = opened && config.isOnLambda ? flushedRoots(opened, clock) : opened;
  const ports = portsOver({ postgres, redis, nats }, { clock, log, readsInputs: false, tracing });
  const llm = opening.use(busLlm({ ...ports, requests: ports.modelRequests, clock, entropy: systemEntropy, log }));
  const base = {
    clock,
    log,
    // Nobody can come and ask a function: what it does is counted from its log.
    metrics: noMetrics,
    entropy: systemEntropy,
    clients: tracing ? tracedClients(clients, tracing) : clients,
    ...(tracing && { tracing }),
    ...ports,
    tokens: tokensOfOrigin(config, secret, clock),
    checks,
    interviewPolicy: config.interviewPolicy,
    llm: tracing ? tracedLlm(llm, tracing) : llm,
  };
  const services =
    config.services === "inline"
      ? inlineServices({
          ...base,
          passwords: await argon2Passwords(config.argon2),
          accountPolicy: config.accounts,
        })
      : remoteServices(ports.bus);
  const open = opening.move();
  return {
    ctx: withInterviews({ ...base, ...services }, config.services ?? "bus"),
    renew: servers.renew,
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

const missing = (name: string): ConfigError => new ConfigError(`${name}: must be set; functions on their own need it`);
