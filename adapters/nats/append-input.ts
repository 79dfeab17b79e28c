import { headers } from "nats.ws";
import * as z from "zod";
import { AppError } from "#core/lib/errors.ts";
import type { InputStreams } from "#core/ports/input-streams.ts";
import { systemClock } from "../system-clock.ts";
import type { Nats } from "./connect.ts";
import { toAppError } from "./errors.ts";
import type { InputStream } from "./input-stream.ts";
import { jitterMs } from "./jitter.ts";
import { apiError, refusals } from "./jetstream.ts";
import { currentTrace, traceHeader } from "../tracing/current.ts";
import { untilLost } from "./until-lost.ts";
import { fromWire, toWire } from "./wire.ts";

/** In all; a lost connection is usually back within a second. */
export const appendTimeoutMs = 5_000;
const attemptTimeoutMs = 2_000;
const retryWaitMs = { min: 20, max: 200 };
/** Appends of this process that wait for the server. One more is refused. */
export const appendsInFlightMax = 10_000;

const ack = z.union([z.object({ error: apiError }), z.object({ stream: z.string(), seq: z.number() })]);
type Ack = z.infer<typeof ack>;

/** Appends, and tries again: the server takes the same message id only once. */
export function appender(nats: Nats, stream: InputStream): InputStreams["append"] {
  const onThisConnection = untilLost(nats);
  let inFlight = 0;

  const attempt = async (subject: string, payload: Uint8Array, messageId: string, timeout: number): Promise<Ack> => {
    await stream.ensure();
    try {
      const request = nats
        .connection()
        .request(subject, payload, { timeout, headers: inputHeaders(stream, messageId) });
      const message = await onThisConnection(request);
      return ack.parse(fromWire(message.data));
    } catch (error) {
      throw toAppError(error, subject);
    }
  };

  const appendWithin = async (deadlineMs: number, subject: string, payload: Uint8Array, messageId: string) => {
    for (;;) {
      const leftMs = Math.max(1, deadlineMs - systemClock.monotonicMs());
      let failure: unknown;
      try {
        await nats.connected(leftMs);
        const result = await attempt(subject, payload, messageId, Math.min(leftMs, attemptTimeoutMs));
        if (!("error" in result)) return;
        failure = refusedWith(result.error);
        if (isFinal(result.error.err_code)) throw failure;
      } catch (error) {
        if (error === failure || !isWorthRetrying(error)) throw error;
        failure = error;
        stream.doubt();
      }
      if (systemClock.monotonicMs() + retryWaitMs.max >= deadlineMs) throw unavailable(failure);
      await systemClock.sleep(jitterMs(retryWaitMs));
    }
  };

  return async (worldId, input) => {
    const subject = stream.subjectOf(worldId);
    const payload = toWire(input);
    if (inFlight >= appendsInFlightMax)
      throw new AppError("UNAVAILABLE", "Too many inputs are on their way.", { retryAfterS: 1 });
    inFlight += 1;
    try {
      const deadlineMs = systemClock.monotonicMs() + appendTimeoutMs;
      await appendWithin(deadlineMs, subject, payload, `${worldId}:${encodeURIComponent(input.id)}`);
    } finally {
      inFlight -= 1;
    }
  };
}

function inputHeaders(stream: InputStream, messageId: string) {
  const out = headers();
  out.set("Nats-Msg-Id", messageId);
  out.set("Nats-Expected-Stream", stream.name);
  const trace = currentTrace();
  if (trace !== undefined) out.set(traceHeader, trace);
  return out;
}

const isFinal = (code: number) => code === refusals.storeFailed || code === refusals.messageTooLarge;

const isWorthRetrying = (error: unknown) =>
  error instanceof AppError && (error.code === "UNAVAILABLE" || error.code === "TIMEOUT");

function refusedWith({ err_code, description }: z.infer<typeof apiError>): AppError {
  const cause = new Error(`JetStream ${err_code}: ${description}`);
  if (err_code === refusals.messageTooLarge)
    return new AppError("PAYLOAD_TOO_LARGE", "This is more than an input may carry.", { cause });
  return new AppError("UNAVAILABLE", "This world cannot keep up just now.", { retryAfterS: 1, cause });
}

function unavailable(cause: unknown): AppError {
  return new AppError("UNAVAILABLE", "The world cannot be reached just now.", { retryAfterS: 1, cause });
}
