import { AppError } from "#core/lib/errors.ts";
import type { WorldId } from "#core/lib/ids.ts";
import type { Bus } from "#core/ports/bus.ts";
import type { Delivery, InputStreams } from "#core/ports/input-streams.ts";
import type { WorldInput } from "#core/protocol/world-input.ts";
import type { Rng } from "#core/sim/rng.ts";
import { type Network, remote } from "./network.ts";
import type { SimProcess } from "./process.ts";
import type { Scheduler } from "./scheduler.ts";

const dedupeWindowMs = 120_000;
/** What is not acknowledged for so long is sent again. */
const redeliverMs = 1500;
/** A consumer that was put out of the way asks politely so often, and insists after this long. */
const politeMs = 5000;

type Message = { readonly sequence: number; readonly text: string };
type Parcel = { hasArrived: boolean; readonly hand: () => void };
type Consumer = {
  readonly process: SimProcess;
  readonly deliver: (delivery: Delivery) => void;
  readonly delivered: Set<number>;
  readonly acknowledged: Set<number>;
  /** What is on its way to it. */
  wire: Parcel[];
  evictedAtMs: number | null;
  isStopped: boolean;
};
type Stream = {
  readonly pending: Map<number, Message>;
  readonly seen: Map<string, number>;
  last: number;
  active: Consumer | null;
  readonly consumers: Set<Consumer>;
};

export type Broker = {
  /** The streams as this process sees them. */
  inputs(process: SimProcess): InputStreams;
  bus(process: SimProcess): Bus;
  /** What is in the streams and was not applied by whoever reads them now. */
  unread(): string[];
  /** Consumers and subscriptions of this process. */
  listening(process: SimProcess): number;
  /** Somebody who can answers this subject. */
  isServed(subject: string): boolean;
  /** Of each delivery: the same comes once more, though nobody else has taken over. */
  duplicateShare: number;
};

type Ctx = { readonly scheduler: Scheduler; readonly network: Network; readonly random: Rng };
type Options = {
  /** What an input is once it is in its stream. */
  readonly onTaken: (worldId: WorldId, input: WorldInput) => void;
};

/**
 * The broker, between processes: what the contract promises of the streams and no more. An append that fails may be in. One consumer a world,
 * the last who asked; an ack counts only while it is that one's. News may be lost.
 */
export function createBroker(ctx: Ctx, options: Options): Broker {
  const { scheduler, network, random } = ctx;
  const streams = new Map<WorldId, Stream>();
  const subscribers = new Set<{ process: SimProcess; subject: string; handle: (message: never) => void }>();
  const servers = new Set<{ readonly process: SimProcess; readonly subject: string }>();
  const broker = { duplicateShare: 0 };

  const streamOf = (id: WorldId): Stream => {
    let stream = streams.get(id);
    if (!stream) {
      stream = { pending: new Map(), seen: new Map(), last: 0, active: null, consumers: new Set() };
      streams.set(id, stream);
    }
    return stream;
  };

  const acknowledge = (stream: Stream, consumer: Consumer, sequence: number): void => {
    consumer.acknowledged.add(sequence);
    network.send(consumer.process, "broker", () => {
      if (stream.active === consumer) stream.pending.delete(sequence);
    });
  };

  /** In the order of the stream, as over one connection: what is lost holds up what comes after it, until all of that is sent again. */
  const deliver = (consumer: Consumer, stream: Stream, { sequence, text }: Message): void => {
    const { wire } = consumer;
    const hand = () => {
      if (consumer.isStopped) return;
      consumer.delivered.add(sequence);
      const input = JSON.parse(text) as WorldInput;
      consumer.deliver({ input, ack: () => acknowledge(stream, consumer, sequence) });
    };
    const parcel = { hasArrived: false, hand };
    wire.push(parcel);
    network.notify(consumer.process, "broker", () => {
      parcel.hasArrived = true;
      while (consumer.wire === wire && wire[0]?.hasArrived === true) wire.shift()?.hand();
    });
    if (broker.duplicateShare > 0 && random.float() < broker.duplicateShare)
      scheduler.after(random.float() * 200, () => {
        if (consumer.delivered.has(sequence)) network.notify(consumer.process, "broker", hand);
      });
  };

  /** Sends what the consumer has not had, and hears again of what it has acknowledged. */
  const pump = (stream: Stream, consumer: Consumer): void => {
    consumer.wire = [];
    for (const message of stream.pending.values()) {
      if (consumer.acknowledged.has(message.sequence)) acknowledge(stream, consumer, message.sequence);
      else if (!consumer.delivered.has(message.sequence)) deliver(consumer, stream, message);
    }
  };

  const attach = (stream: Stream, consumer: Consumer): void => {
    if (consumer.isStopped || !consumer.process.isAlive) return;
    if (stream.active !== null && stream.active !== consumer) stream.active.evictedAtMs = scheduler.nowMs();
    stream.active = consumer;
    consumer.evictedAtMs = null;
    pump(stream, consumer);
  };

  /** The client library's own care: it looks after its consumer until it is stopped. */
  const tend = (stream: Stream, consumer: Consumer): void => {
    scheduler.after(redeliverMs, () => {
      if (consumer.isStopped || !consumer.process.isAlive) return void stream.consumers.delete(consumer);
      consumer.process.enter(() => {
        const { evictedAtMs } = consumer;
        const other = stream.active !== consumer && stream.active;
        const isFree = !other || other.isStopped || !other.process.isAlive;
        const insists = evictedAtMs !== null && scheduler.nowMs() - evictedAtMs >= politeMs;
        network.send(consumer.process, "broker", () => {
          if (stream.active === consumer) pump(stream, consumer);
          else if (isFree || insists || evictedAtMs === null) attach(stream, consumer);
        });
      });
      tend(stream, consumer);
    });
  };

  const taken = async (worldId: WorldId, input: WorldInput): Promise<void> => {
    const stream = streamOf(worldId);
    const knownUntilMs = stream.seen.get(input.id) ?? 0;
    if (knownUntilMs > scheduler.nowMs()) return;
    stream.seen.set(input.id, scheduler.nowMs() + dedupeWindowMs);
    const message = { sequence: ++stream.last, text: JSON.stringify(input) };
    stream.pending.set(message.sequence, message);
    options.onTaken(worldId, input);
    if (stream.active) deliver(stream.active, stream, message);
  };

  const waiting = async (): Promise<WorldId[]> =>
    [...streams].flatMap(([id, { pending }]) => (pending.size > 0 ? [id] : []));

  return Object.assign(broker, {
    inputs: (process: SimProcess): InputStreams => ({
      ...remote(network, process, "broker", { append: taken, waiting }),
      consume(worldId, receive) {
        const stream = streamOf(worldId);
        const consumer: Consumer = {
          process,
          deliver: receive,
          delivered: new Set(),
          acknowledged: new Set(),
          wire: [],
          evictedAtMs: null,
          isStopped: false,
        };
        stream.consumers.add(consumer);
        network.send(process, "broker", () => attach(stream, consumer));
        tend(stream, consumer);
        return {
          async stop() {
            consumer.isStopped = true;
            stream.consumers.delete(consumer);
          },
        };
      },
    }),

    bus: (process: SimProcess): Bus => ({
      async request() {
        throw new AppError("UNAVAILABLE", "Nobody asks here.");
      },
      serve({ subject }) {
        const server = { process, subject };
        servers.add(server);
        return async () => void servers.delete(server);
      },
      publish({ subject }, message) {
        for (const subscriber of subscribers) {
          if (subscriber.subject !== subject) continue;
          network.send(process, "broker", () =>
            network.notify(subscriber.process, "broker", () => {
              if (subscribers.has(subscriber)) subscriber.handle(message as never);
            }),
          );
        }
      },
      subscribe({ subject }, handle) {
        const subscriber = { process, subject, handle: handle as (message: never) => void };
        subscribers.add(subscriber);
        return () => void subscribers.delete(subscriber);
      },
    }),

    isServed: (subject: string) =>
      [...servers].some(({ process, subject: served }) => served === subject && process.isAlive && !process.isPaused),

    unread: () =>
      [...streams].flatMap(([worldId, { pending, active }]) =>
        [...pending.values()].flatMap(({ sequence, text }) =>
          active?.acknowledged.has(sequence) === true ? [] : [`${worldId}: ${text}`],
        ),
      ),

    listening: (process: SimProcess) =>
      [...streams.values()].reduce(
        (sum, { consumers }) => sum + [...consumers].filter((consumer) => consumer.process === process).length,
        0,
      ) +
      [...subscribers].filter((subscriber) => subscriber.process === process).length +
      [...servers].filter((server) => server.process === process).length,
  });
}
