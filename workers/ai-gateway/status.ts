import {
  aiLeft,
  aiLoad,
  aiSettings,
  aiStatus,
  aiStatusAsked,
  gatewayGoneMs,
  type GatewaySettings,
  type GatewayStatus,
  statusEveryMs,
} from "#core/protocol/llm-status.ts";
import type { Gateway } from "./gateway.ts";
import { gauges } from "./metrics.ts";

/** How this gateway is. */
export function statusOf({ options, scheduler, hosts, meters, settings, ctx }: Gateway): GatewayStatus {
  const slots = hosts.slots();
  return {
    name: options.name,
    waiting: scheduler.waiting,
    running: scheduler.running,
    slots,
    pressure: Math.round((scheduler.waiting / Math.max(1, slots)) * 100) / 100,
    ...meters.view(ctx.clock.monotonicMs()),
    hosts: hosts.view(),
    settings,
  };
}

/** Says every two seconds how it is, and hears how the others are: they share the hosts' slots, and the newest settings. */
export function shareStatus(gateway: Gateway, apply: (settings: GatewaySettings) => void): Disposable {
  const { ctx, options, hosts } = gateway;
  const { bus, clock, log } = ctx;
  const others = new Map<string, number>();
  const stopped = new AbortController();

  gateway.tellStatus = () => bus.publish(aiStatus, statusOf(gateway));
  const share = () => {
    const nowMs = clock.monotonicMs();
    for (const [name, atMs] of others) if (nowMs - atMs > gatewayGoneMs) others.delete(name);
    hosts.shareWith(new Set([options.name, ...others.keys()]));
  };
  const adopt = (settings: GatewaySettings) => {
    if (settings.revision > gateway.settings.revision) apply(settings);
  };
  const stops = [
    bus.subscribe(aiStatus, ({ name, settings }) => {
      if (name === options.name) return;
      others.set(name, clock.monotonicMs());
      share();
      adopt(settings);
    }),
    bus.subscribe(aiLeft, ({ name }) => {
      others.delete(name);
      share();
    }),
    bus.subscribe(aiStatusAsked, () => gateway.tellStatus()),
    bus.subscribe(aiSettings, adopt),
  ];
  const stopServing = bus.serve(aiLoad, async () => ({ hostsOpen: hosts.open() }));
  const toGauges = gauges(ctx.metrics);
  const tell = async () => {
    while (!stopped.signal.aborted) {
      share();
      const status = statusOf(gateway);
      const { settings: _, hosts: seen, ...counts } = status;
      bus.publish(aiStatus, status);
      toGauges(status, gateway.jobs);
      log.debug({ ...counts, hosts: seen.map(({ id, state }) => `${id}: ${state}`) }, "gateway");
      await clock.sleep(statusEveryMs, stopped.signal);
    }
  };
  bus.publish(aiStatusAsked, {});
  void tell();
  return {
    [Symbol.dispose]() {
      stopped.abort();
      gateway.tellStatus = () => {};
      for (const stop of stops) stop();
      void stopServing();
      bus.publish(aiLeft, { name: options.name });
    },
  };
}
