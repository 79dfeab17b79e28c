import { type Scheduler, scheduler } from "#core/llm/scheduler/scheduler.ts";
import { schedulerDefaults, type SchedulerOptions } from "#core/llm/scheduler/model.ts";
import { tracedHost } from "#adapters/tracing/traced-ports.ts";
import type { GatewaySettings } from "#core/protocol/llm-status.ts";
import { type Answers, answers } from "./answer.ts";
import type { GatewayContext, GatewayOptions } from "./context.ts";
import { type Hosts, hosts } from "./hosts.ts";
import { type Jobs, jobs } from "./jobs.ts";
import { type Meters, meters } from "./meters.ts";
import { countedIn, measuredHost } from "./metrics.ts";

/** What the parts of a gateway share. */
export type Gateway = {
  readonly ctx: GatewayContext;
  readonly options: GatewayOptions;
  readonly jobs: Jobs;
  readonly scheduler: Scheduler;
  readonly hosts: Hosts;
  readonly answers: Answers;
  readonly meters: Meters;
  settings: GatewaySettings;
  readonly bounds: Mutable<SchedulerOptions>;
  /** Starts what can start; set by whoever runs jobs. */
  pump: () => void;
  /** Says how this gateway is, now; set by whoever says so every two seconds. */
  tellStatus: () => void;
};
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export function newGateway(given: GatewayContext, options: GatewayOptions): Gateway {
  const { clock, metrics, tracing } = given;
  const openHost = (url: string) => {
    const host = measuredHost(given.openHost(url), metrics, clock);
    return tracing ? tracedHost(host, tracing) : host;
  };
  const ctx = { ...given, openHost };
  const nowMs = clock.monotonicMs();
  const bounds = { ...schedulerDefaults };
  const own = { jobs: jobs(), scheduler: scheduler(bounds, nowMs), meters: countedIn(metrics, meters(nowMs)) };
  const gateway: Gateway = {
    ctx,
    options,
    ...own,
    answers: answers(ctx, own.jobs, own.meters),
    hosts: hosts(ctx, {
      name: options.name,
      scheduler: own.scheduler,
      changed: () => gateway.pump(),
      turned: () => gateway.tellStatus(),
    }),
    settings: options.settings,
    bounds,
    pump: () => {},
    tellStatus: () => {},
  };
  return gateway;
}
