import { assert } from "#core/lib/assert.ts";
import type { WorldId } from "#core/lib/ids.ts";
import type { InputStreams } from "#core/ports/input-streams.ts";
import { slots } from "../api-gateway/slots.ts";
import { appender } from "./append-input.ts";
import type { Nats } from "./connect.ts";
import { inputStream, type InputStreamOptions } from "./input-stream.ts";
import { jetStream } from "./jetstream.ts";
import { consumeWorld, inactiveMs, type WorldConsumer } from "./world-consumer.ts";

/** Inputs of one world that are delivered and not acknowledged. The next one waits for an acknowledgement. */
export const deliveriesInFlightMax = 1_000;
const attachingMax = 32;
const worldsMax = 100_000;

/** The inputs of all worlds in one stream of JetStream. */
export function natsInputStreams(nats: Nats, options: InputStreamOptions = {}): InputStreams {
  const jetstream = jetStream(nats);
  const stream = inputStream(jetstream, { replicas: nats.replicas, ...options });
  const consumers = new Map<WorldId, WorldConsumer>();
  const ctx = {
    nats,
    jetstream,
    stream,
    inFlightMax: options.deliveriesInFlightMax ?? deliveriesInFlightMax,
    attachSlots: slots({ runningMax: attachingMax, waitingMax: worldsMax }),
  };

  return {
    append: appender(nats, stream),

    async waiting() {
      // What is acknowledged is deleted, so what is there is what is not.
      const counts = await jetstream.subjectCounts(stream.name);
      return [...counts.keys()].map((subject) => subject.slice(subject.lastIndexOf(".") + 1) as WorldId);
    },

    consume(worldId, deliver) {
      const before = consumers.get(worldId);
      assert(before === undefined || before.isStopped, `a second consumer of the inputs of ${worldId}`);
      const consumer = consumeWorld(ctx, { worldId, deliver, before });
      consumers.set(worldId, consumer);
      const forget = () => {
        if (consumers.get(worldId) === consumer) consumers.delete(worldId);
      };
      return {
        async stop() {
          await consumer.stop();
          // Until then its late acks must be waited for by the next one.
          setTimeout(forget, inactiveMs).unref();
        },
      };
    },
  };
}
