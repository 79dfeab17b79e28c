import { assert } from "#core/lib/assert.ts";
import type { WorldId } from "#core/lib/ids.ts";
import { type Ensured, ensured } from "./ensured.ts";
import { type JetStream, refusals } from "./jetstream.ts";
import { inputStreamName, inputSubjects } from "./names.ts";

/** The bounds are there to be made small in tests; the names, so that several deployments can share a server. */
export type InputStreamOptions = {
  readonly stream?: string;
  readonly subjects?: string;
  readonly replicas?: number;
  readonly bytesMax?: number;
  readonly inputsPendingMax?: number;
  readonly deliveriesInFlightMax?: number;
  /** Whoever reads the stream makes it; this process has no right to. Until it is there an append is UNAVAILABLE. */
  readonly isMadeElsewhere?: boolean;
};

/** Inputs of one world that are not acknowledged. One more is refused. */
export const inputsPendingMax = 10_000;
/** All worlds together, on disk. Beyond it everything is refused. */
export const streamBytesMax = 1024 ** 3;
/** The inputs of a world that nobody could run for so long are given up. */
const inputAgeDaysMax = 7;
const inputBytesMax = 128 * 1024;
export const dedupeWindowMs = 120_000;
const nanosPerMs = 1e6;

/** The stream that holds the inputs of all worlds, each on a subject of its own. */
export type InputStream = Ensured & {
  readonly name: string;
  subjectOf(worldId: WorldId): string;
};

export function inputStream(jetstream: JetStream, options: InputStreamOptions): InputStream {
  const name = options.stream ?? inputStreamName;
  const prefix = options.subjects ?? inputSubjects;
  const config = {
    name,
    subjects: [`${prefix}.*`],
    storage: "file",
    num_replicas: options.replicas ?? 1,
    // What is acknowledged is deleted, so what is there is what is pending, and the server itself keeps the bounds.
    retention: "workqueue",
    discard: "new",
    discard_new_per_subject: true,
    max_msgs_per_subject: options.inputsPendingMax ?? inputsPendingMax,
    max_bytes: options.bytesMax ?? streamBytesMax,
    max_age: inputAgeDaysMax * 86_400_000 * nanosPerMs,
    max_msg_size: inputBytesMax,
    duplicate_window: dedupeWindowMs * nanosPerMs,
  };

  const make = async () => {
    const refused = await jetstream.insist(`STREAM.CREATE.${name}`, config, [refusals.streamNameInUse]);
    if (refused !== null) await jetstream.insist(`STREAM.UPDATE.${name}`, config);
  };

  return {
    name,
    subjectOf(worldId) {
      assert(/^[\w-]+$/.test(worldId), `${worldId} cannot be part of a subject`);
      return `${prefix}.${worldId}`;
    },
    ...ensured(make, options),
  };
}
