import { headers, type Msg } from "nats.ws";
import { AppError } from "#core/lib/errors.ts";
import type { Bus, RequestOptions } from "#core/ports/bus.ts";
import type { Log } from "#core/ports/system.ts";
import { fromRpcFailure, rpcFailure, toRpcFailure } from "#core/protocol/rpc-failure.ts";
import type { Rpc } from "#core/protocol/subjects.ts";
import type { NatsBusOptions } from "./bus.ts";
import type { Nats } from "./connect.ts";
import { toAppError, tooLate } from "./errors.ts";
import { currentTrace, traceHeader } from "../tracing/current.ts";
import { untilLost } from "./until-lost.ts";
import { fromWire, invalidInput, toWire } from "./wire.ts";

/** Requests of this process that wait for an answer. One more is refused. */
export const requestsInFlightMax = 10_000;
/**
 * How long the one who asks will wait, in milliseconds. A duration and no time of day: then a clock that is wrong on either side
 * does no harm.
 */
export const timeLeftHeader = "Time-Left-Ms";
/** Set, with the failure's code, where the body is a failure; as the service protocol has it. */
export const failureHeader = "Nats-Service-Error";
/** Longer, and Node's timers fire at once. */
const timeoutMsMax = 2 ** 31 - 1;

export function requester(nats: Nats, bounds: NatsBusOptions): Bus["request"] {
  const inFlightMax = bounds.requestsInFlightMax ?? requestsInFlightMax;
  const onThisConnection = untilLost(nats);
  let inFlight = 0;

  return async (rpc, input, { timeoutMs, signal }) => {
    if (timeoutMs <= 0 || signal?.aborted === true) throw tooLate(rpc.subject);
    const fitting = rpc.input.safeParse(input);
    if (!fitting.success) throw invalidInput(fitting.error);
    const connection = nats.connection();
    if (inFlight >= inFlightMax)
      throw new AppError("UNAVAILABLE", "Too many requests are waiting for an answer.", { retryAfterS: 1 });
    const timeout = Math.min(Math.max(1, Math.ceil(timeoutMs)), timeoutMsMax);
    inFlight += 1;
    // One that is given up still takes its place until nats.ws has forgotten it.
    const answering = connection
      .request(rpc.subject, toWire(fitting.data), { timeout, headers: requestHeaders(timeout) })
      .finally(() => (inFlight -= 1));
    return readAnswer(nats.log, rpc, await untilGivenUp(rpc.subject, onThisConnection(answering), signal));
  };
}

function requestHeaders(timeoutMs: number) {
  const out = headers();
  out.set(timeLeftHeader, String(timeoutMs));
  const trace = currentTrace();
  if (trace !== undefined) out.set(traceHeader, trace);
  return out;
}

async function untilGivenUp(subject: string, answering: Promise<Msg>, signal: RequestOptions["signal"]): Promise<Msg> {
  const givenUp = Promise.withResolvers<never>();
  const giveUp = () => givenUp.reject(tooLate(subject));
  signal?.addEventListener("abort", giveUp, { once: true });
  try {
    return await Promise.race([answering, givenUp.promise]);
  } catch (error) {
    throw toAppError(error, subject);
  } finally {
    signal?.removeEventListener("abort", giveUp);
  }
}

function readAnswer<Input, Output>(log: Log, rpc: Rpc<Input, Output>, message: Msg): Output {
  try {
    const body = fromWire(message.data);
    if (message.headers?.has(failureHeader) !== true) return rpc.output.parse(body);
    throw fromRpcFailure(rpcFailure.parse(body));
  } catch (error) {
    if (error instanceof AppError) throw error;
    log.error({ subject: rpc.subject, error }, "an answer does not fit its schema");
    throw fromRpcFailure(toRpcFailure(error));
  }
}
