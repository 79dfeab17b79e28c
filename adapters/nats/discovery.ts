import { type Msg, nuid } from "nats.ws";
import type { Clock } from "#core/ports/system.ts";
import type { Nats, NatsSubscription } from "./connect.ts";
import { queueGroup } from "./names.ts";

// The NATS service protocol (ADR-32): `nats micro list | info | stats` finds what this process serves. nats.ws has it, too, but its
// services cannot let go of one endpoint, and count a request as done when its handler returns a promise.

const version = "1.0.0";
const nanosPerMs = 1e6;

export type Endpoint = {
  /** `failure` is a code that is safe to show. */
  count(durationMs: number, failure?: string): void;
  remove(): void;
};

export type Discovery = { add(subject: string): Endpoint };

type Stats = {
  readonly subject: string;
  requests: number;
  errors: number;
  lastError: string;
  processingMs: number;
};

type Service = { readonly endpoints: Set<Stats>; readonly subscriptions: readonly NatsSubscription[] };

/** `auth.login` is the endpoint `login` of the service `auth`. */
export function discovery(nats: Nats, clock: Clock): Discovery {
  const id = nuid.next();
  const started = new Date(clock.nowMs()).toISOString();
  const services = new Map<string, Service>();

  const start = (name: string): Service => {
    const endpoints = new Set<Stats>();
    const identity = { name, id, version, metadata: {} };
    const answers: Readonly<Record<string, () => object>> = {
      PING: () => ({ type: "io.nats.micro.v1.ping_response", ...identity }),
      INFO: () => ({
        type: "io.nats.micro.v1.info_response",
        ...identity,
        description: "",
        endpoints: [...endpoints].map(infoOf),
      }),
      STATS: () => ({
        type: "io.nats.micro.v1.stats_response",
        ...identity,
        started,
        endpoints: [...endpoints].map(statsOf),
      }),
    };
    const subscriptions = Object.entries(answers).flatMap(([verb, answer]) =>
      [`$SRV.${verb}`, `$SRV.${verb}.${name}`, `$SRV.${verb}.${name}.${id}`].map((subject) =>
        nats.subscribe(subject, {}, (message: Msg) => void message.respond(JSON.stringify(answer()))),
      ),
    );
    return { endpoints, subscriptions };
  };

  return {
    add(subject) {
      const [name = ""] = subject.split(".");
      const service = services.get(name) ?? start(name);
      services.set(name, service);
      const stats: Stats = { subject, requests: 0, errors: 0, lastError: "", processingMs: 0 };
      service.endpoints.add(stats);
      return {
        count(durationMs, failure) {
          stats.requests += 1;
          stats.processingMs += durationMs;
          if (failure === undefined) return;
          stats.errors += 1;
          stats.lastError = failure;
        },
        remove() {
          if (!service.endpoints.delete(stats) || service.endpoints.size > 0) return;
          services.delete(name);
          for (const subscription of service.subscriptions) subscription.close();
        },
      };
    },
  };
}

function infoOf({ subject }: Stats) {
  return { name: subject.split(".").slice(1).join("_"), subject, queue_group: queueGroup, metadata: {} };
}

function statsOf(stats: Stats) {
  const processingNs = Math.round(stats.processingMs * nanosPerMs);
  return {
    ...infoOf(stats),
    num_requests: stats.requests,
    num_errors: stats.errors,
    last_error: stats.lastError,
    processing_time: processingNs,
    average_processing_time: stats.requests === 0 ? 0 : Math.round(processingNs / stats.requests),
  };
}
