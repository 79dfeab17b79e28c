import { argon2Passwords } from "#adapters/argon2.ts";
import { systemEntropy } from "#adapters/entropy.ts";
import { threadPictures } from "#adapters/map-thread.ts";
import { makePlanetInThread } from "#adapters/planet-thread.ts";
import { measuredClients, measuredPostgres } from "#adapters/measured-ports.ts";
import { portsOver } from "#adapters/ports-over.ts";
import { prometheusMetrics } from "#adapters/prometheus.ts";
import type { Postgres } from "#adapters/postgres/postgres.ts";
import type { Servers } from "#adapters/servers.ts";
import { tokensOfOrigin } from "#adapters/tokens-of-origin.ts";
import { openTracing } from "#adapters/tracing/open-tracing.ts";
import { tracedClients, tracedLlm } from "#adapters/tracing/traced-ports.ts";
import { threadWeathers } from "#adapters/weather/thread-weathers.ts";
import type { KeepingContext } from "#core/account/keep-accounts.ts";
import type { Clients } from "#core/ports/clients.ts";
import type { Clock, Log } from "#core/ports/system.ts";
import type { InterviewContext } from "#core/interview/context.ts";
import type { Config } from "#functions/config.ts";
import type { FunctionsContext } from "#functions/context.ts";
import { inlineServices, remoteServices, withInterviews } from "#functions/services.ts";
import type { WorldContext } from "#workers/world/context.ts";
import { startModels } from "./models.ts";

type Given = {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly postgres: Postgres;
  readonly servers: Servers;
  readonly clients: Clients;
  readonly tokenSecret: string;
};

export type OneProcessContext = FunctionsContext &
  InterviewContext &
  Omit<WorldContext, "weathers"> &
  Omit<KeepingContext, "mail"> & { readonly weathers: ReturnType<typeof threadWeathers> };

/** What everything in the one process stands on. */
export async function createContext(given: Given): Promise<AsyncDisposable & { readonly ctx: OneProcessContext }> {
  const { config, clock, log, servers, tokenSecret: secret } = given;
  const { metrics, text: metricsText } = prometheusMetrics();
  const postgres = measuredPostgres(given.postgres, metrics);
  const clients = measuredClients(given.clients, metrics);
  await using opening = new AsyncDisposableStack();
  const tracing = opening.use(await openTracing(config.tracing, { role: "one-process", log }));
  const ports = {
    clock,
    log,
    metrics,
    metricsText,
    entropy: systemEntropy,
    ...(tracing && { tracing }),
    clients: tracing ? tracedClients(clients, tracing) : clients,
    makePlanet: makePlanetInThread,
    mapPicture: threadPictures(),
    weathers: threadWeathers({ clock, log, metrics }),
    ...portsOver(
      { postgres, redis: servers.redis, nats: servers.nats },
      { clock, log, takesModelRequests: true, tracing },
    ),
    passwords: await argon2Passwords(config.argon2),
    tokens: tokensOfOrigin(config, secret, clock),
    checks: { database: () => postgres.ping(), ...servers.checks },
    accountPolicy: config.accounts,
    interviewPolicy: config.interviewPolicy,
  };
  const services = config.services === "bus" ? remoteServices(ports.bus) : inlineServices(ports);
  const models = opening.use(await startModels(ports, { ai: config.ai, redis: servers.redis }));
  const llm = tracing ? tracedLlm(models.llm, tracing) : models.llm;
  const open = opening.move();
  return {
    // The one process has world workers inside.
    ctx: withInterviews({ ...ports, ...services, llm }, "inline"),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}
