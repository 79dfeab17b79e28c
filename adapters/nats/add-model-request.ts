import { headers } from "nats.ws";
import * as z from "zod";
import { AppError } from "#core/lib/errors.ts";
import type { ModelRequests } from "#core/ports/models.ts";
import { systemClock } from "../system-clock.ts";
import { currentTrace, traceHeader } from "../tracing/current.ts";
import type { Nats } from "./connect.ts";
import { toAppError } from "./errors.ts";
import { apiError } from "./jetstream.ts";
import type { ModelRequestStream } from "./model-request-stream.ts";
import { untilLost } from "./until-lost.ts";
import { fromWire, toWire } from "./wire.ts";

/** In all; whoever asks has something better to do than to wait. */
export const addTimeoutMs = 3_000;
const attemptTimeoutMs = 1_000;
const retryWaitMs = 100;

const ack = z.union([z.object({ error: apiError }), z.object({ stream: z.string(), seq: z.number() })]);

/** Adds, and tries again: the server takes the same id only once. */
export function modelRequestAdder(nats: Nats, stream: ModelRequestStream): ModelRequests["add"] {
  const onThisConnection = untilLost(nats);

  const attempt = async (subject: string, payload: Uint8Array, id: string, timeout: number): Promise<void> => {
    const out = headers();
    out.set("Nats-Msg-Id", id);
    out.set("Nats-Expected-Stream", stream.name);
    const trace = currentTrace();
    if (trace !== undefined) out.set(traceHeader, trace);
    let answer: z.infer<typeof ack>;
    try {
      const request = nats.connection().request(subject, payload, { timeout, headers: out });
      answer = ack.parse(fromWire((await onThisConnection(request)).data));
    } catch (error) {
      throw toAppError(error, subject);
    }
    if ("error" in answer) throw new RefusedByServer(answer.error.description);
  };

  return async (request) => {
    const subject = stream.subjectOf(request.kind, request.priority);
    const payload = toWire(request);
    const deadlineMs = systemClock.monotonicMs() + addTimeoutMs;
    for (;;) {
      const leftMs = Math.max(1, deadlineMs - systemClock.monotonicMs());
      try {
        await nats.connected(leftMs);
        return await attempt(subject, payload, request.id, Math.min(leftMs, attemptTimeoutMs));
      } catch (error) {
        if (error instanceof RefusedByServer) throw tooMany(error);
        const isPassing = error instanceof AppError && (error.code === "UNAVAILABLE" || error.code === "TIMEOUT");
        if (!isPassing) throw error;
        // Whoever takes requests makes the stream; where nobody has yet, it is made here.
        if (error.code === "UNAVAILABLE") {
          stream.doubt();
          await stream.ensure().catch(() => undefined);
        }
        if (systemClock.monotonicMs() + retryWaitMs >= deadlineMs) throw error;
        await systemClock.sleep(retryWaitMs);
      }
    }
  };
}

class RefusedByServer extends Error {
  override readonly name = "RefusedByServer";
}

const tooMany = (cause: Error) =>
  new AppError("UNAVAILABLE", "Too many requests for models wait.", { retryAfterS: 2, cause });
