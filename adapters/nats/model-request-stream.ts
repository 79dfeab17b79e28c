import { type Priority, priorities } from "#core/protocol/llm.ts";
import { modelRequestLeaseMs } from "#core/ports.ts";
import { type JetStream, refusals } from "./jetstream.ts";
import { modelStreamName } from "./names.ts";

export type ModelRequestOptions = {
  readonly stream?: string;
  readonly subjects?: string;
  readonly replicas?: number;
  readonly keptMax?: number;
  readonly leaseMs?: number;
};

/** All that waits and runs, on disk. One more is refused. */
export const requestsKeptMax = 50_000;
const requestBytesMax = 256 * 1024;
const streamBytesMax = 1024 ** 3;
/** No deadline is farther away. */
const requestAgeMs = 3_600_000;
const dedupeWindowMs = 120_000;
const nanosPerMs = 1e6;

/** The stream of requests, `<subjects>.<kind>.<priority>`, and one consumer for each priority, shared by all gateways. */
export function modelRequestStream(jetstream: JetStream, options: ModelRequestOptions) {
  const name = options.stream ?? modelStreamName;
  const prefix = options.subjects ?? "ai.request";
  const keptMax = options.keptMax ?? requestsKeptMax;
  const stream = {
    name,
    subjects: [`${prefix}.*.*`],
    storage: "file",
    num_replicas: options.replicas ?? 1,
    retention: "workqueue",
    discard: "new",
    max_msgs: keptMax,
    max_bytes: streamBytesMax,
    max_age: requestAgeMs * nanosPerMs,
    max_msg_size: requestBytesMax,
    duplicate_window: dedupeWindowMs * nanosPerMs,
  };
  const consumer = (priority: Priority) => ({
    durable_name: priority,
    filter_subject: `${prefix}.*.${priority}`,
    deliver_policy: "all",
    ack_policy: "explicit",
    ack_wait: (options.leaseMs ?? modelRequestLeaseMs) * nanosPerMs,
    max_deliver: -1,
    max_ack_pending: keptMax,
    replay_policy: "instant",
  });
  let ensured: Promise<void> | null = null;

  const make = async () => {
    const refused = await jetstream.insist(`STREAM.CREATE.${name}`, stream, [refusals.streamNameInUse]);
    if (refused !== null) await jetstream.insist(`STREAM.UPDATE.${name}`, stream);
    for (const priority of priorities)
      await jetstream.insist(`CONSUMER.DURABLE.CREATE.${name}.${priority}`, {
        stream_name: name,
        config: consumer(priority),
      });
  };

  return {
    name,
    subjectOf: (kind: string, priority: Priority) => `${prefix}.${kind}.${priority}`,
    pullSubjectOf: (priority: Priority) => `$JS.API.CONSUMER.MSG.NEXT.${name}.${priority}`,
    /** Makes what is not there. Asks the server once, until `doubt`. */
    ensure(): Promise<void> {
      ensured ??= make().catch((error: unknown) => {
        ensured = null;
        throw error;
      });
      return ensured;
    },
    doubt: () => void (ensured = null),
  };
}

export type ModelRequestStream = ReturnType<typeof modelRequestStream>;
