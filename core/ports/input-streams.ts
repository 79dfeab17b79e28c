import type { WorldId } from "../lib/ids.ts";
import type { WorldInput } from "../protocol/world-input.ts";

/** One input as it was taken from a world's stream. */
export type Delivery = {
  readonly input: WorldInput;
  /** The `traceparent` it was appended under, where there was one. */
  readonly trace?: string;
  /** Not delivered again. Called after what it caused is committed. */
  ack(): void;
};

export type InputStreams = {
  /**
   * Resolves when the stream has it. The same `input.id` again within two minutes is taken only once.
   * Throws UNAVAILABLE when the stream is full or cannot be reached: then it may or may not be in, and sending it again is safe.
   */
  append(worldId: WorldId, input: WorldInput): Promise<void>;
  /** Delivers in order, from the first that was not acknowledged; one consumer a world. What was delivered and not acknowledged comes again to the next one. */
  consume(worldId: WorldId, deliver: (delivery: Delivery) => void): { stop(): Promise<void> };
  /** Worlds whose stream holds something that is not acknowledged, in no order; whether somebody reads it or not. */
  waiting(): Promise<WorldId[]>;
};
