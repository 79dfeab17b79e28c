import { nearAndFar } from "#adapters/answer-caches.ts";
import { memoryAnswerCache } from "#adapters/memory/answer-cache.ts";
import { memoryTokenBudgets } from "#adapters/memory/token-budgets.ts";
import { natsBus } from "#adapters/nats/bus.ts";
import { connectNats } from "#adapters/nats/connect.ts";
import { natsModelRequests } from "#adapters/nats/model-requests.ts";
import { ollamaHost } from "#adapters/ollama/host.ts";
import { redisAnswerCache } from "#adapters/redis/answer-cache.ts";
import { connectRedis, type Redis } from "#adapters/redis/connect.ts";
import { redisTokenBudgets, withLocalBudgets } from "#adapters/redis/token-budgets.ts";
import { systemClock } from "#adapters/system-clock.ts";
import { openTracing } from "#adapters/tracing/open-tracing.ts";
import { tracedBus, tracedModelRequests } from "#adapters/tracing/traced-ports.ts";
import type { Clock, Log } from "#core/ports/system.ts";
import type { Metrics } from "#core/protocol/metrics.ts";
import type { GatewayConfig } from "./config.ts";
import type { GatewayContext } from "./context.ts";

type ModelPorts = Pick<GatewayContext, "budgets" | "cache" | "openHost">;
type Given = {
  readonly redis: Redis | null;
  readonly clock: Clock;
  readonly log: Log;
  readonly modelOptions: GatewayConfig["modelOptions"];
};

/** With Redis, budgets and answers are those of all gateways. */
export function modelPorts({ redis, clock, log, modelOptions }: Given): ModelPorts {
  const [budgets, cache] = [memoryTokenBudgets(), memoryAnswerCache()];
  return {
    budgets: redis ? withLocalBudgets(redisTokenBudgets(redis), budgets, log) : budgets,
    cache: redis ? nearAndFar(cache, redisAnswerCache(redis, log)) : cache,
    openHost: (url) => ollamaHost({ url, clock, modelOptions }),
  };
}

/** So long a start waits for NATS: what is told before is lost. Then it goes on, and is heard when NATS is there. */
const connectMsMax = 5_000;

type Created = AsyncDisposable & {
  readonly ctx: GatewayContext;
  readonly checks: Readonly<Record<string, () => Promise<void>>>;
};

export async function createGatewayContext(
  config: GatewayConfig,
  { log, metrics }: { readonly log: Log; readonly metrics: Metrics },
): Promise<Created> {
  await using opening = new AsyncDisposableStack();
  const clock = systemClock;
  const { natsLogin, natsReplicas: replicas } = config;
  const login = natsLogin === undefined ? {} : { user: natsLogin.user, pass: natsLogin.password };
  const nats = opening.use(connectNats({ servers: config.natsUrls, name: config.name, replicas, log, ...login }));
  await nats.connected(connectMsMax).catch(() => log.warn({}, "NATS does not answer yet"));
  const redis = config.redis && opening.use(connectRedis({ ...config.redis, log, clock }));
  const tracing = opening.use(await openTracing(config.tracing, { role: "ai-gateway", name: config.name, log }));
  const [bus, requests] = [natsBus(nats, { clock }), natsModelRequests(nats)];
  const open = opening.move();
  return {
    ctx: {
      clock,
      log,
      metrics,
      ...(tracing && { tracing }),
      bus: tracing ? tracedBus(bus, tracing) : bus,
      requests: tracing ? tracedModelRequests(requests, tracing) : requests,
      ...modelPorts({ redis, clock, log, modelOptions: config.modelOptions }),
    },
    checks: { nats: () => nats.ready(), ...(redis && { redis: () => redis.ping() }) },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}
