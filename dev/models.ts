import type { Redis } from "#adapters/redis/connect.ts";
import { busLlm } from "#core/llm/bus-llm.ts";
import type { Bus } from "#core/ports/bus.ts";
import type { Llm, ModelRequests } from "#core/ports/models.ts";
import type { Clock, Entropy, Log } from "#core/ports/system.ts";
import type { Metrics } from "#core/protocol/metrics.ts";
import type { Config } from "#functions/config.ts";
import { modelPorts } from "#workers/ai-gateway/create-context.ts";
import { startGateway } from "#workers/ai-gateway/service.ts";

type Ctx = {
  readonly bus: Bus;
  readonly modelRequests: ModelRequests;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly metrics: Metrics;
};

/**
 * Models for the one process. Where OLLAMA_HOSTS names any it is a gateway of its own, beside those on the same NATS if there is one; where not,
 * questions go to those, or are degraded at once.
 */
export async function startModels(
  ctx: Ctx,
  { ai, redis }: { readonly ai: Config["ai"]; readonly redis: Redis | null },
): Promise<AsyncDisposable & { readonly llm: Llm }> {
  await using starting = new AsyncDisposableStack();
  const { modelRequests: requests, clock, log } = ctx;
  if (ai.settings.hosts.length > 0) {
    const ports = modelPorts({ redis, clock, log, modelOptions: ai.modelOptions });
    const name = `one-process-${process.pid}`;
    starting.use(await startGateway({ ...ctx, ...ports, requests }, { ...ai, name }));
  }
  // Ended first: what nobody waits for any more does not hold up the gateway.
  const llm = starting.use(busLlm({ ...ctx, requests }));
  const running = starting.move();
  return { llm, [Symbol.asyncDispose]: () => running.disposeAsync() };
}
