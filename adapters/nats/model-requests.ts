import type { Msg } from "nats.ws";
import {
  type ModelDelivery,
  type ModelRequestHandlers,
  modelRequestLeaseMs,
  type ModelRequests,
  type ModelRequestTaker,
} from "#core/ports/models.ts";
import { llmRequest, priorities } from "#core/protocol/llm.ts";
import { systemClock } from "../system-clock.ts";
import { traceOf } from "../tracing/current.ts";
import { modelRequestAdder } from "./add-model-request.ts";
import { afterBreaks } from "./after-breaks.ts";
import type { Nats } from "./connect.ts";
import { jetStream } from "./jetstream.ts";
import { type ModelRequestOptions, type ModelRequestStream, modelRequestStream } from "./model-request-stream.ts";
import { anyAsker } from "./names.ts";
import { pullFrom } from "./pull.ts";
import { fromWire } from "./wire.ts";

const ensureAgainMs = 500;
const acks = {
  done: new TextEncoder().encode("+ACK"),
  goesOn: new TextEncoder().encode("+WPI"),
  giveBack: new TextEncoder().encode("-NAK"),
  never: new TextEncoder().encode("+TERM"),
};

type Held = { readonly delivery: ModelDelivery; readonly reply: string; untilMs: number };

/** Requests for models in a stream of JetStream. */
export function natsModelRequests(nats: Nats, options: ModelRequestOptions = {}): ModelRequests {
  const stream = modelRequestStream(jetStream(nats), { replicas: nats.replicas, ...options });
  const { leaseMs = modelRequestLeaseMs } = options;
  return {
    asker: nats.user ?? anyAsker,
    add: modelRequestAdder(nats, stream),
    take: (handlers) => take(nats, stream, handlers, leaseMs),
    onDoubt: (handle) => afterBreaks(nats, leaseMs, handle),
  };
}

function take(
  nats: Nats,
  stream: ModelRequestStream,
  handlers: ModelRequestHandlers,
  leaseMs: number,
): ModelRequestTaker {
  const held = new Map<string, Held>();
  const stopping = new AbortController();
  let isPaused = false;

  const receive = receiver(nats, held, handlers, {
    leaseMs,
    isTaking: () => !isPaused && !stopping.signal.aborted,
  });
  let pulls: ReturnType<typeof pullFrom>[] = [];
  const close = async () => {
    const closing = pulls;
    pulls = [];
    await Promise.all(closing.map((pull) => pull.close()));
  };
  const open = () => {
    if (isPaused || stopping.signal.aborted || pulls.length > 0) return;
    pulls = priorities.map((priority) => pullFrom(nats, stream.pullSubjectOf(priority), receive));
  };
  void ensured(stream, stopping.signal).then(open);
  // A server that comes back may have nothing left.
  const unwatch = nats.watch({
    down: stream.doubt,
    up: () => void ensured(stream, stopping.signal),
  });
  const renewing = renew(nats, held, handlers, { leaseMs, stopped: stopping.signal });
  return {
    pause() {
      isPaused = true;
      void close();
    },
    resume() {
      isPaused = false;
      void ensured(stream, stopping.signal).then(open);
    },
    async stop() {
      stopping.abort();
      unwatch();
      await close();
      for (const { delivery } of held.values()) delivery.giveBack();
      await renewing;
    },
  };
}

function receiver(
  nats: Nats,
  held: Map<string, Held>,
  handlers: ModelRequestHandlers,
  { leaseMs, isTaking }: { readonly leaseMs: number; readonly isTaking: () => boolean },
): (message: Msg) => void {
  const say = (reply: string, ack: Uint8Array) => tell(nats, reply, ack);
  return (message: Msg) => {
    const reply = message.reply ?? "";
    const tokens = reply.split(".");
    // $JS.ACK.[<domain>.<account>.]<stream>.<consumer>.<times>…
    const attempt = Number(tokens[tokens.length === 9 ? 4 : 6]);
    const request = llmRequest.safeParse(parsed(message));
    if (!request.success) {
      nats.log.warn({ subject: message.subject }, "a request for a model makes no sense");
      return say(reply, acks.never);
    }
    if (!isTaking()) return say(reply, acks.giveBack);
    const { id } = request.data;
    // What comes again was lost, here too; only in a server that has forgotten what it had is that no new attempt.
    const before = held.get(id);
    if (held.delete(id) && before !== undefined) handlers.lost(before.delivery);
    const leave = (ack: Uint8Array) => {
      if (held.get(id) !== own) return;
      held.delete(id);
      say(reply, ack);
    };
    const own: Held = {
      reply,
      // From when it was sent, which was before now.
      untilMs: systemClock.monotonicMs() + leaseMs * safeShare,
      delivery: {
        request: request.data,
        ...traceOf(message),
        attempt,
        isHeld: () => held.get(id) === own && systemClock.monotonicMs() < own.untilMs,
        done: () => leave(acks.done),
        giveBack: () => leave(acks.giveBack),
      },
    };
    held.set(id, own);
    handlers.deliver(own.delivery);
  };
}

function tell(nats: Nats, reply: string, ack: Uint8Array): void {
  try {
    nats.connection().publish(reply, ack);
  } catch {
    // Not heard: it is given to somebody else when the lease is over, who asks whether it is still wanted.
  }
}

/** Of the lease; the rest is for messages on their way and clocks that run apart. */
const safeShare = 0.8;

/** Says in time that it is still at it. What it could not say is lost: for sure when the lease is over, and by then nothing runs here. */
async function renew(
  nats: Nats,
  held: Map<string, Held>,
  handlers: ModelRequestHandlers,
  { leaseMs, stopped }: { readonly leaseMs: number; readonly stopped: AbortSignal },
): Promise<void> {
  while (!stopped.aborted) {
    await systemClock.sleep(leaseMs / 4, stopped);
    const saidMs = systemClock.monotonicMs();
    const said = [...held.values()];
    if (said.length > 0 && !stopped.aborted && (await isSaid(nats, said)))
      for (const own of said) own.untilMs = saidMs + leaseMs * safeShare;
    const nowMs = systemClock.monotonicMs();
    for (const [id, own] of held) {
      if (nowMs < own.untilMs) continue;
      held.delete(id);
      handlers.lost(own.delivery);
    }
  }
}

/** The server has read everything that was sent before an answered ping. */
async function isSaid(nats: Nats, said: readonly Held[]): Promise<boolean> {
  try {
    const connection = nats.connection();
    for (const { reply } of said) connection.publish(reply, acks.goesOn);
    await nats.ready();
    return nats.connection() === connection;
  } catch {
    return false;
  }
}

/** Resolves when there is a stream to take from, or when told to stop. */
async function ensured(stream: ModelRequestStream, stopped: AbortSignal): Promise<void> {
  while (!stopped.aborted) {
    try {
      return await stream.ensure();
    } catch {
      await systemClock.sleep(ensureAgainMs, stopped);
    }
  }
}

function parsed(message: Msg): unknown {
  try {
    return fromWire(message.data);
  } catch {
    return null;
  }
}
