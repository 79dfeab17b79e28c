import { type Priority, priorities } from "#core/protocol/llm.ts";
import { modelRequestLeaseMs } from "#core/ports/models.ts";
import { ensured } from "./ensured.ts";
import { type JetStream, refusals } from "./jetstream.ts";
import { modelStreamName } from "./names.ts";

export type ModelRequestOptions = {
  readonly stream?: string;
  readonly subjects?: string;
  readonly replicas?: number;
  readonly keptMax?: number;
  readonly leaseMs?: number;
  /** Whoever takes requests makes the stream; this process has no right to. Until it is there adding is UNAVAILABLE. */
  readonly isMadeElsewhere?: boolean;
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
  const { keptMax = requestsKeptMax, replicas = 1 } = options;
  const stream = {
    name,
    subjects: [`${prefix}.*.*`],
    storage: "file",
    num_replicas: replicas,
    // With one replica: a server of its own would write each to the disk by itself, and all wait for the one before. The one who asks holds his
    // question until it is answered, and asks again after a crash: see docs/decisions.md. Servers before 2.12 do not know it, and write at once.
    ...(replicas === 1 && { persist_mode: "async" }),
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

  const update = async () => {
    const result = await jetstream.call(`STREAM.UPDATE.${name}`, stream);
    // How it writes is settled when a stream is made: one from before goes on as it does.
    if ("refused" in result) await jetstream.insist(`STREAM.UPDATE.${name}`, { ...stream, persist_mode: undefined });
  };
  const make = async () => {
    const refused = await jetstream.insist(`STREAM.CREATE.${name}`, stream, [refusals.streamNameInUse]);
    if (refused !== null) await update();
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
    ...ensured(make, options),
  };
}

export type ModelRequestStream = ReturnType<typeof modelRequestStream>;
