import { assert } from "#core/lib/assert.ts";
import { AppError } from "#core/lib/errors.ts";
import type { WorldId } from "#core/lib/ids.ts";
import type { Delivery, InputStreams } from "#core/ports/input-streams.ts";
import type { Clock, Log } from "#core/ports/system.ts";
import type { WorldInput } from "#core/protocol/world-input.ts";
import { currentTrace, withoutTrace } from "../tracing/current.ts";

/** Inputs of one world that are not acknowledged. One more is refused. */
export const inputsPendingMax = 10_000;
/** Inputs of one world that are delivered and not acknowledged. The next one waits for an acknowledgement. */
export const deliveriesInFlightMax = 1_000;
/** Ids remembered for two minutes, of all worlds. At the bound new inputs are refused: forgetting one early could apply it twice. */
export const inputIdsMax = 1_000_000;
export const dedupeWindowMs = 120_000;

/** The limits are there to be made small in tests. */
export type InputStreamsOptions = {
  readonly clock: Clock;
  readonly log: Log;
  readonly inputsPendingMax?: number;
  readonly deliveriesInFlightMax?: number;
  readonly inputIdsMax?: number;
};

type Consumer = {
  readonly deliver: (delivery: Delivery) => void;
  /** Sequence number of the next input to deliver. */
  next: number;
  readonly inFlight: Set<number>;
  isStopped: boolean;
};

type Pending = { readonly text: string; readonly trace: string | undefined };

type Stream = {
  /** As text, so that nobody shares an object with the one who appended. By sequence number, in order, without what was acknowledged. */
  readonly pending: Map<number, Pending>;
  lastSequence: number;
  consumer: Consumer | null;
  isPumpDue: boolean;
};

export function memoryInputStreams(options: InputStreamsOptions): InputStreams {
  const pendingMax = options.inputsPendingMax ?? inputsPendingMax;
  const inFlightMax = options.deliveriesInFlightMax ?? deliveriesInFlightMax;
  const streams = new Map<WorldId, Stream>();
  const seen = recentIds(options.clock, options.inputIdsMax ?? inputIdsMax);

  const streamOf = (worldId: WorldId): Stream => {
    const stream = streams.get(worldId) ?? { pending: new Map(), lastSequence: 0, consumer: null, isPumpDue: false };
    streams.set(worldId, stream);
    return stream;
  };

  /** Deliveries start on a turn of their own: never in the stack of an append or an ack. */
  const schedulePump = (stream: Stream) => {
    if (stream.isPumpDue || stream.consumer === null) return;
    stream.isPumpDue = true;
    const pumpNow = () => {
      stream.isPumpDue = false;
      pump(stream, inFlightMax, options.log, (sequence) => {
        stream.pending.delete(sequence);
        if (stream.consumer?.inFlight.delete(sequence) === true) schedulePump(stream);
      });
    };
    withoutTrace(() => setImmediate(pumpNow));
  };

  return {
    async append(worldId, input) {
      if (seen.has(worldId, input.id)) return;
      const stream = streamOf(worldId);
      if (stream.pending.size >= pendingMax || seen.isFull())
        throw new AppError("UNAVAILABLE", "This world cannot keep up just now.", { retryAfterS: 1 });
      stream.pending.set(++stream.lastSequence, { text: JSON.stringify(input), trace: currentTrace() });
      seen.add(worldId, input.id);
      schedulePump(stream);
    },

    async waiting() {
      return [...streams].flatMap(([id, { pending }]) => (pending.size > 0 ? [id] : []));
    },

    consume(worldId, deliver) {
      const stream = streamOf(worldId);
      assert(stream.consumer === null, `a second consumer of the inputs of ${worldId}`);
      const [first] = stream.pending.keys();
      const next = first ?? stream.lastSequence + 1;
      const consumer: Consumer = { deliver, next, inFlight: new Set(), isStopped: false };
      stream.consumer = consumer;
      schedulePump(stream);
      return {
        async stop() {
          consumer.isStopped = true;
          if (stream.consumer === consumer) stream.consumer = null;
        },
      };
    },
  };
}

/** Delivers what is due, as far as the bound allows. The consumer may acknowledge or stop in the middle of it. */
function pump(stream: Stream, inFlightMax: number, log: Log, acknowledge: (sequence: number) => void): void {
  const { consumer } = stream;
  if (consumer === null) return;
  while (!consumer.isStopped && consumer.inFlight.size < inFlightMax && consumer.next <= stream.lastSequence) {
    const sequence = consumer.next++;
    const pending = stream.pending.get(sequence);
    if (pending === undefined) continue; // acknowledged to an earlier consumer
    const { text, trace } = pending;
    consumer.inFlight.add(sequence);
    const input = JSON.parse(text) as WorldInput;
    try {
      consumer.deliver({ input, ack: () => acknowledge(sequence), ...(trace !== undefined && { trace }) });
    } catch (error) {
      log.error({ inputId: input.id, err: error }, "a consumer failed; its input stays unacknowledged");
    }
  }
}

/** Insertion order is order of expiry, because the clock never goes back: pruning looks at nothing but the front. */
function recentIds(clock: Clock, max: number) {
  const expiry = new Map<string, number>();
  const keyOf = (worldId: WorldId, id: string) => `${worldId} ${id}`;
  const prune = () => {
    const nowMs = clock.monotonicMs();
    for (const [id, expiresAtMs] of expiry) {
      if (expiresAtMs > nowMs) return;
      expiry.delete(id);
    }
  };
  return {
    has(worldId: WorldId, id: string): boolean {
      prune();
      return expiry.has(keyOf(worldId, id));
    },
    add: (worldId: WorldId, id: string) => void expiry.set(keyOf(worldId, id), clock.monotonicMs() + dedupeWindowMs),
    isFull: () => expiry.size >= max,
  };
}
