import type { ModelDelivery } from "#core/ports/models.ts";
import { aiCancelAny } from "#core/protocol/llm.ts";
import type { GatewaySettings, GatewayStatus } from "#core/protocol/llm-status.ts";
import { admit } from "./admit.ts";
import { cancelWaiter, loseWaiter } from "./cancel.ts";
import type { GatewayContext, GatewayOptions } from "./context.ts";
import { watchDeadlines } from "./deadlines.ts";
import { type Gateway, newGateway } from "./gateway.ts";
import { watchRequesters } from "./requesters.ts";
import { pump } from "./run-job.ts";
import { shareStatus, statusOf } from "./status.ts";

/** What runs when it is told to stop may end until then; the rest is for the other gateways, at once. */
export const drainMsMax = 10_000;
const firstLookMsMax = 2_000;
const drainStepMs = 20;

export type RunningGateway = AsyncDisposable & { status(): GatewayStatus; apply(settings: GatewaySettings): void };

/** Takes requests for models from the shared queue, until it is disposed of. */
export async function startGateway(ctx: GatewayContext, options: GatewayOptions): Promise<RunningGateway> {
  const gateway = newGateway(ctx, options);
  const stopped = new AbortController();
  gateway.pump = () => pump(gateway);
  const apply = (settings: GatewaySettings) => {
    gateway.settings = settings;
    const { waitingMax, waitingPerUserMax } = settings.limits;
    Object.assign(gateway.bounds, { waitingMax, waitingPerUserMax });
    gateway.hosts.apply(settings.hosts);
  };
  apply(options.settings);
  // A first request should not be told that there is no host only because nobody has looked yet.
  await Promise.race([gateway.hosts.seen(), ctx.clock.sleep(firstLookMsMax, stopped.signal)]);

  const unsubscribe = ctx.bus.subscribe(aiCancelAny, ({ id }) => {
    const waiter = gateway.jobs.waiterOf(id);
    if (waiter !== undefined) cancelWaiter(gateway, waiter);
  });
  const sharing = shareStatus(gateway, apply);
  const taker = ctx.requests.take({
    deliver: (delivery) => void take(gateway, delivery),
    lost(delivery) {
      const waiter = gateway.jobs.waiterOf(delivery.request.id);
      if (waiter?.delivery === delivery) loseWaiter(gateway, waiter);
    },
  });
  const watching = [watchDeadlines(gateway, stopped.signal), watchRequesters(gateway, stopped.signal)];
  ctx.log.info({ name: options.name, hosts: options.settings.hosts.map(({ id }) => id) }, "ai gateway takes requests");

  return {
    status: () => statusOf(gateway),
    apply,
    async [Symbol.asyncDispose]() {
      taker.pause();
      sharing[Symbol.dispose]();
      await drain(gateway);
      stopped.abort();
      await taker.stop();
      for (const job of gateway.jobs.all()) job.stop.abort();
      unsubscribe();
      gateway.hosts[Symbol.dispose]();
      await Promise.all(watching);
    },
  };
}

async function take(gateway: Gateway, delivery: ModelDelivery): Promise<void> {
  try {
    await admit(gateway, delivery);
  } catch (error) {
    gateway.ctx.log.error({ error, kind: delivery.request.kind }, "a request for a model could not be taken in");
    delivery.giveBack();
  }
}

async function drain(gateway: Gateway): Promise<void> {
  const { ctx, jobs, scheduler } = gateway;
  for (const waiter of jobs.waiters()) {
    if (waiter.job.state === "running") continue;
    loseWaiter(gateway, waiter);
    waiter.delivery.giveBack();
  }
  const endMs = ctx.clock.monotonicMs() + drainMsMax;
  while (scheduler.running > 0 && ctx.clock.monotonicMs() < endMs) await ctx.clock.sleep(drainStepMs);
}
