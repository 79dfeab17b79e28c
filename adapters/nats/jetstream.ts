import * as z from "zod";
import { AppError } from "#core/lib/errors.ts";
import type { Nats } from "./connect.ts";
import { toAppError } from "./errors.ts";
import { fromWire, toWire } from "./wire.ts";

const apiTimeoutMs = 3_000;

/** What JetStream's management says no with. https://github.com/nats-io/nats-server/blob/main/server/errors.json */
export const refusals = {
  consumerNotFound: 10_014,
  messageTooLarge: 10_054,
  streamNameInUse: 10_058,
  streamNotFound: 10_059,
  storeFailed: 10_077,
  consumerNotUnique: 10_100,
} as const;

export const apiError = z.object({ code: z.number(), err_code: z.number(), description: z.string() });
export type ApiError = z.infer<typeof apiError>;

const failed = z.object({ error: apiError });
const streamInfo = z.object({
  /** Of subjects, where there are more than one answer holds. */
  total: z.number().optional(),
  state: z.object({ subjects: z.record(z.string(), z.number()).optional() }),
});
const consumerNames = z.object({ total: z.number(), consumers: z.array(z.string()).nullable() });

export type JetStream = {
  /** The answer, or the reason why not. Throws UNAVAILABLE or TIMEOUT when there is none. */
  call(operation: string, body: object): Promise<{ readonly answer: unknown } | { readonly refused: ApiError }>;
  /** The same, but any reason other than `but` is an UNAVAILABLE. Answers with the reason, if there was one. */
  insist(operation: string, body: object, but?: readonly number[]): Promise<ApiError | null>;
  /** How many messages the stream holds on each subject that has any. */
  subjectCounts(stream: string): Promise<ReadonlyMap<string, number>>;
  /** As they are after the call: several callers at once share a listing. */
  consumerNames(stream: string): Promise<readonly string[]>;
};

export function jetStream(nats: Nats): JetStream {
  const call: JetStream["call"] = async (operation, body) => {
    const subject = `$JS.API.${operation}`;
    try {
      const message = await nats.connection().request(subject, toWire(body), { timeout: apiTimeoutMs });
      const answer = fromWire(message.data);
      const refusal = failed.safeParse(answer);
      return refusal.success ? { refused: refusal.data.error } : { answer };
    } catch (error) {
      throw toAppError(error, subject);
    }
  };

  const list = async (stream: string): Promise<string[]> => {
    const names: string[] = [];
    for (;;) {
      const result = await call(`CONSUMER.NAMES.${stream}`, { offset: names.length });
      if ("refused" in result) throw refusedBy(result.refused);
      const page = consumerNames.parse(result.answer);
      names.push(...(page.consumers ?? []));
      if (names.length >= page.total || (page.consumers ?? []).length === 0) return names;
    }
  };

  const subjectCounts = async (stream: string): Promise<Map<string, number>> => {
    const counts = new Map<string, number>();
    for (;;) {
      const result = await call(`STREAM.INFO.${stream}`, { subjects_filter: ">", offset: counts.size });
      if ("refused" in result) {
        if (result.refused.err_code === refusals.streamNotFound) return counts;
        throw refusedBy(result.refused);
      }
      const { state, total = 0 } = streamInfo.parse(result.answer);
      const page = Object.entries(state.subjects ?? {});
      for (const [subject, count] of page) counts.set(subject, count);
      if (counts.size >= total || page.length === 0) return counts;
    }
  };

  return {
    call,
    subjectCounts,
    async insist(operation, body, but = []) {
      const result = await call(operation, body);
      if ("answer" in result) return null;
      if (!but.includes(result.refused.err_code)) throw refusedBy(result.refused);
      return result.refused;
    },
    consumerNames: shared(list),
  };
}

function refusedBy(refused: ApiError): AppError {
  return new AppError("UNAVAILABLE", "The message server refuses this just now.", {
    retryAfterS: 1,
    cause: new Error(`JetStream ${refused.err_code}: ${refused.description}`),
  });
}

/** One runs at a time, and those who come meanwhile share the next: what they get is never older than their call. */
function shared<Result>(work: (key: string) => Promise<Result>): (key: string) => Promise<Result> {
  let running: Promise<unknown> = Promise.resolve();
  const due = new Map<string, Promise<Result>>();
  return (key) => {
    const waiting = due.get(key);
    if (waiting !== undefined) return waiting;
    const next = running.then(() => {
      due.delete(key);
      const result = work(key);
      running = result.catch(() => undefined);
      return result;
    });
    due.set(key, next);
    return next;
  };
}
