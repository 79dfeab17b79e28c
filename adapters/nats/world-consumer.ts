import { type Msg, nuid } from "nats.ws";
import type { WorldId } from "#core/lib/ids.ts";
import type { Delivery } from "#core/ports/input-streams.ts";
import { worldInput } from "#core/protocol/world-input.ts";
import type { Slots } from "../api-gateway/slots.ts";
import { systemClock } from "../system-clock.ts";
import type { Nats } from "./connect.ts";
import type { DeliveryInfo } from "./delivery.ts";
import type { InputStream } from "./input-stream.ts";
import { type JetStream, refusals } from "./jetstream.ts";
import { traceOf } from "../tracing/current.ts";
import { jitterMs } from "./jitter.ts";
import { heartbeatMs, listen } from "./listen.ts";
import { unacknowledged } from "./unacknowledged.ts";
import { fromWire } from "./wire.ts";

// For each owner of a world a consumer at the server, under a name that no other will ever have.
//
// Order. The server sends what is in the stream in its order, and all that is not acknowledged is in the stream. Whenever something
// may be lost on the way (a gap, silence, a new connection) the consumer is made anew and begins again at the first that is not
// acknowledged; what has been delivered already is passed over. Nothing is ever delivered past a gap.
//
// Overlap. The stream allows one consumer a world. A new owner ends the one before, whose acks then name a consumer that is no more
// and do nothing: what the new owner has not acknowledged itself stays. One that finds its consumer gone may have been replaced: it
// asks politely, and insists only after `politeMs`, when whoever is in the way is dead or has lost the world, too.

export type WorldConsumer = {
  /** Nothing is delivered from now on. Acks still count until another consumer takes over. */
  stop(): Promise<void>;
  /** The server has taken every ack so far, and its consumer is gone. */
  leave(): Promise<void>;
  readonly isStopped: boolean;
};

export type ConsumerContext = {
  readonly nats: Nats;
  readonly jetstream: JetStream;
  readonly stream: InputStream;
  readonly inFlightMax: number;
  /** A thousand worlds do not ask the server all at once. */
  readonly attachSlots: Slots;
};

export const politeMs = 5_000;
/** What is not acknowledged for so long the server sends again. Passed over, it does no harm, and shows a loss that nothing else would. */
const ackWaitMs = 60_000;
/** A consumer that nobody listens to is ended by the server. */
export const inactiveMs = 30_000;
const confirmTimeoutMs = 2_000;
const retryWaitMs = { min: 50, max: 500 };
const connectWaitMs = 60_000;
const nanosPerMs = 1e6;
const ackPayload = new TextEncoder().encode("+ACK");

type Options = {
  readonly worldId: WorldId;
  readonly deliver: (delivery: Delivery) => void;
  /** The one of this process that has stopped. */
  readonly before: WorldConsumer | undefined;
};

export function consumeWorld(ctx: ConsumerContext, { worldId, deliver, before }: Options): WorldConsumer {
  const { nats, stream } = ctx;
  const { log } = nats;
  const name = `${worldId}_${nuid.next()}`;
  const stopping = new AbortController();
  const ending = AbortSignal.any([stopping.signal, nats.closing]);
  const taking = taker(nats, worldId, deliver);

  const leave = async () => {
    await taking.confirmAcks();
    await deleteConsumer(ctx, name);
  };
  const attach = attacher(ctx, worldId, name);

  const consumeOnce = async () => {
    const over = new AbortController();
    const inbox = nats.newInbox();
    const take = (info: DeliveryInfo, message: Msg) => {
      if (!ending.aborted) taking.take(info, message);
    };
    using _listening = listen(nats, inbox, { take, lost: () => over.abort() });
    if (await ctx.attachSlots(() => attach(inbox))) await untilAborted(AbortSignal.any([over.signal, ending]));
  };

  const run = async () => {
    let isToldOff = false;
    let hasLeft = before === undefined;
    while (!ending.aborted) {
      try {
        await nats.connected(connectWaitMs, ending);
        if (!hasLeft) await before?.leave();
        hasLeft = true;
        await consumeOnce();
        isToldOff = false;
      } catch (error) {
        stream.doubt();
        if (!isToldOff && !ending.aborted) log.warn({ worldId, error }, "a world's inputs cannot be had; trying on");
        isToldOff = true;
      }
      await systemClock.sleep(jitterMs(retryWaitMs), ending);
    }
  };
  const ended = run();

  return {
    async stop() {
      stopping.abort();
      await ended;
      // With something open it stays a while: an ack may still come, and must count.
      const left = taking.openCount() === 0 ? leave() : taking.confirmAcks();
      await left.catch((error: unknown) => log.debug({ worldId, error }, "a consumer is left to the server to end"));
    },
    leave,
    get isStopped() {
      return stopping.signal.aborted;
    },
  };
}

/** Delivers what comes, once, and sends the acks. */
function taker(nats: Nats, worldId: WorldId, deliver: Options["deliver"]) {
  const open = unacknowledged();
  let lastAckReply: string | null = null;

  const sendAck = (reply: string) => {
    lastAckReply = reply;
    try {
      nats.connection().publish(reply, ackPayload);
    } catch {
      // The server sends the input again, at the latest over the next connection, and then it is acknowledged again.
    }
  };

  return {
    openCount: () => open.size,

    take(info: DeliveryInfo, message: Msg): void {
      const reply = message.reply ?? "";
      const known = open.receive(info, reply);
      if (known === "acknowledged") sendAck(reply);
      if (known !== "new") return;
      const ack = () => {
        const to = open.acknowledge(info);
        if (to !== null) sendAck(to);
      };
      try {
        deliver({ input: worldInput.parse(fromWire(message.data)), ack, ...traceOf(message) });
      } catch (error) {
        nats.log.error({ worldId, sequence: info.sequence, error }, "an input was not taken; it stays unacknowledged");
      }
    },

    /** The server takes the acks of a consumer in order: its answer to the last one, sent again, speaks for all. */
    async confirmAcks(): Promise<void> {
      const reply = lastAckReply;
      if (reply === null) return;
      await nats
        .connection()
        .request(reply, ackPayload, { timeout: confirmTimeoutMs })
        .catch((error: unknown) => nats.log.debug({ worldId, error }, "acks could not be confirmed"));
      if (lastAckReply === reply) lastAckReply = null;
    },
  };
}

/** Answers true when the server delivers to `inbox` from now on. */
function attacher({ jetstream, stream, inFlightMax }: ConsumerContext, worldId: WorldId, name: string) {
  const subject = stream.subjectOf(worldId);
  let mayExist = false;
  let hasBeenAttached = false;
  let inTheWaySinceMs: number | null = null;

  const create = async (inbox: string): Promise<boolean> => {
    mayExist = true;
    const config = {
      name,
      filter_subject: subject,
      deliver_subject: inbox,
      deliver_policy: "all",
      ack_policy: "explicit",
      ack_wait: ackWaitMs * nanosPerMs,
      max_deliver: -1,
      max_ack_pending: inFlightMax,
      idle_heartbeat: heartbeatMs * nanosPerMs,
      inactive_threshold: inactiveMs * nanosPerMs,
      replay_policy: "instant",
      mem_storage: true,
    };
    const operation = `CONSUMER.CREATE.${stream.name}.${name}.${subject}`;
    const body = { stream_name: stream.name, action: "create", config };
    return (await jetstream.insist(operation, body, [refusals.consumerNotUnique])) === null;
  };

  const evictOthers = async () => {
    const names = await jetstream.consumerNames(stream.name);
    for (const other of names)
      if (other !== name && other.startsWith(`${worldId}_`)) await deleteConsumer({ jetstream, stream }, other);
  };

  return async (inbox: string): Promise<boolean> => {
    await stream.ensure();
    if (mayExist) await deleteConsumer({ jetstream, stream }, name);
    let isAttached = await create(inbox);
    if (!isAttached) {
      inTheWaySinceMs ??= systemClock.monotonicMs();
      if (hasBeenAttached && systemClock.monotonicMs() - inTheWaySinceMs < politeMs) return false;
      await evictOthers();
      isAttached = await create(inbox);
    }
    if (isAttached) inTheWaySinceMs = null;
    hasBeenAttached ||= isAttached;
    return isAttached;
  };
}

async function deleteConsumer({ jetstream, stream }: Pick<ConsumerContext, "jetstream" | "stream">, name: string) {
  await jetstream.insist(`CONSUMER.DELETE.${stream.name}.${name}`, {}, [
    refusals.consumerNotFound,
    refusals.streamNotFound,
  ]);
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
