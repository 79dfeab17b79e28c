import type { Bus } from "#core/ports/bus.ts";
import type { Clock } from "#core/ports/system.ts";
import type { Nats } from "./connect.ts";
import { discovery } from "./discovery.ts";
import { newsOver } from "./news.ts";
import { requester } from "./request.ts";
import { server } from "./serve.ts";

/** The limits are there to be made small in tests. */
export type NatsBusOptions = {
  readonly clock: Clock;
  readonly requestsInFlightMax?: number;
  readonly handlersMax?: number;
  readonly requestsWaitingMax?: number;
  readonly newsPendingMax?: number;
};

export type NatsBus = Bus & {
  /** News that was lost here so far: published while disconnected, or come faster than its subscriber took it. */
  newsLost(): number;
};

export function natsBus(nats: Nats, options: NatsBusOptions): NatsBus {
  const news = newsOver(nats, options);
  return {
    request: requester(nats, options),
    serve: server({ ...options, nats, discovery: discovery(nats, options.clock) }),
    publish: news.publish,
    subscribe: news.subscribe,
    newsLost: news.lost,
  };
}
