import { argon2Passwords } from "#adapters/argon2.ts";
import { systemEntropy } from "#adapters/entropy.ts";
import { threadPictures } from "#adapters/map-thread.ts";
import { makePlanetInThread } from "#adapters/planet-thread.ts";
import { measuredClients, measuredPostgres } from "#adapters/measured-ports.ts";
import { portsOver } from "#adapters/ports-over.ts";
import { openServers } from "#adapters/servers.ts";
import { systemClock } from "#adapters/system-clock.ts";
import { tokensOfOrigin } from "#adapters/tokens-of-origin.ts";
import { openTracing } from "#adapters/tracing/open-tracing.ts";
import { tracedClients } from "#adapters/tracing/traced-ports.ts";
import { workerMetrics } from "#adapters/worker-metrics.ts";
import { threadWeathers } from "#adapters/weather/thread-weathers.ts";
import type { Checks } from "#core/health/readiness.ts";
import type { AccountPolicy } from "#core/account/policy.ts";
import { assert } from "#core/lib/assert.ts";
import type { Passwords, Tokens } from "#core/ports/credentials.ts";
import type { Log } from "#core/ports/system.ts";
import type { WorkerConfig } from "./config.ts";
import type { WorldContext } from "./world/context.ts";

/** Everything that any worker stands on; each takes its slice. */
export type WorkerContext = Omit<WorldContext, "llm" | "interviewVerbs"> &
  ReturnType<typeof portsOver> & {
    readonly passwords: Passwords;
    readonly tokens: Tokens;
    readonly accountPolicy: AccountPolicy;
    readonly checks: Checks;
    readonly metricsText: () => Promise<string>;
  };

export async function createWorkerContext(
  config: WorkerConfig,
  { role, log }: { readonly role: string; readonly log: Log },
): Promise<AsyncDisposable & { ctx: WorkerContext }> {
  await using opening = new AsyncDisposableStack();
  const clock = systemClock;
  const { metrics, text: metricsText } = opening.use(workerMetrics(config.emf, { role, clock }));
  const servers = opening.use(await openServers(config.servers, { clock, log, name: config.name }));
  const { redis, nats, checks } = servers;
  assert(servers.postgres !== null && servers.clients !== null, "a worker's configuration names every server");
  const postgres = measuredPostgres(servers.postgres, metrics);
  const clients = measuredClients(servers.clients, metrics);
  const { tokenSecret: secret } = config;
  const tracing = opening.use(await openTracing(config.tracing, { role, name: config.name, log }));
  const weathers = opening.use(threadWeathers({ clock, log, metrics }));
  const ctx: WorkerContext = {
    weathers,
    clock,
    log,
    metrics,
    metricsText,
    entropy: systemEntropy,
    ...(tracing && { tracing }),
    clients: tracing ? tracedClients(clients, tracing) : clients,
    ...portsOver({ postgres, redis, nats }, { clock, log, tracing }),
    makePlanet: makePlanetInThread,
    mapPicture: threadPictures(),
    passwords: await argon2Passwords(config.argon2),
    tokens: tokensOfOrigin(config, secret, clock),
    accountPolicy: config.accounts,
    checks,
  };
  const open = opening.move();
  return { ctx, [Symbol.asyncDispose]: () => open.disposeAsync() };
}
