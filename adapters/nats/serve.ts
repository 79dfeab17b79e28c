import { headers, type Msg } from "nats.ws";
import { AppError } from "#core/lib/errors.ts";
import type { Bus } from "#core/ports/bus.ts";
import { type RpcFailure, toRpcFailure } from "#core/protocol/rpc-failure.ts";
import type { Rpc } from "#core/protocol/subjects.ts";
import type { NatsBusOptions } from "./bus.ts";
import type { Nats } from "./connect.ts";
import type { Discovery, Endpoint } from "./discovery.ts";
import { anyInboxPrefix, queueGroup } from "./names.ts";
import { failureHeader, timeLeftHeader } from "./request.ts";
import { traceHeader, withTrace } from "../tracing/current.ts";
import { fromWire, invalidInput, toWire } from "./wire.ts";

/** Requests of one subject that are handled at once, and that wait for their turn. One more is refused. */
export const handlersMax = 256;
export const requestsWaitingMax = 4_096;

type Ctx = NatsBusOptions & { readonly nats: Nats; readonly discovery: Discovery };
type Waiting = { readonly message: Msg; readonly deadlineMs: number };

export function server(ctx: Ctx): Bus["serve"] {
  const { nats, clock } = ctx;
  return (rpc, handle) => {
    const runningMax = ctx.handlersMax ?? handlersMax;
    const waitingMax = ctx.requestsWaitingMax ?? requestsWaitingMax;
    const endpoint = isPerWorld(rpc.subject) ? null : ctx.discovery.add(rpc.subject);
    const running = new Set<Promise<void>>();
    const waiting: Waiting[] = [];

    const startDue = () => {
      while (running.size < runningMax) {
        const next = waiting.shift();
        if (next === undefined) return;
        if (clock.monotonicMs() >= next.deadlineMs) {
          endpoint?.count(0, "TIMEOUT");
          continue; // whoever asked has long gone
        }
        const work = serveOne(ctx, rpc, handle, next.message, endpoint).finally(() => {
          running.delete(work);
          startDue();
        });
        running.add(work);
      }
    };

    const subscription = nats.subscribe(rpc.subject, { queue: queueGroup }, (message) => {
      if (!isRequest(message)) {
        endpoint?.count(0, "FORBIDDEN");
        return;
      }
      if (waiting.length >= waitingMax) {
        const error = new AppError("UNAVAILABLE", "Too many requests are waiting.", { retryAfterS: 1 });
        endpoint?.count(0, error.code);
        respond(message, { failure: toRpcFailure(error) });
        return;
      }
      waiting.push({ message, deadlineMs: clock.monotonicMs() + timeLeftMs(message) });
      startDue();
    });

    let stopping: Promise<void> | null = null;
    return () =>
      (stopping ??= (async () => {
        await subscription.drain();
        while (running.size > 0) await Promise.all(running);
        endpoint?.remove();
      })());
  };
}

type Reply = { readonly value: Uint8Array } | { readonly failure: RpcFailure };

/** Never rejects. */
async function serveOne<Input, Output>(
  { nats: { log }, clock }: Ctx,
  rpc: Rpc<Input, Output>,
  handle: (input: Input) => Promise<Output>,
  message: Msg,
  endpoint: Endpoint | null,
): Promise<void> {
  const startMs = clock.monotonicMs();
  const reply = await answer(rpc, handle, message).catch((error: unknown): Reply => {
    if (!(error instanceof AppError)) log.error({ subject: rpc.subject, error }, "a request failed");
    return { failure: toRpcFailure(error) };
  });
  endpoint?.count(clock.monotonicMs() - startMs, "failure" in reply ? reply.failure.code : undefined);
  try {
    respond(message, reply);
  } catch (error) {
    log.error({ subject: rpc.subject, error }, "an answer could not be sent");
  }
}

async function answer<Input, Output>(
  rpc: Rpc<Input, Output>,
  handle: (input: Input) => Promise<Output>,
  message: Msg,
): Promise<Reply> {
  const input = rpc.input.safeParse(readJson(message));
  if (!input.success) throw invalidInput(input.error);
  const output = await withTrace(message.headers?.get(traceHeader), () => handle(input.data));
  // Here, and not only where it is read: what the schema does not know never leaves this process.
  return { value: toWire(rpc.output.parse(output)) };
}

function readJson(message: Msg): unknown {
  try {
    return fromWire(message.data);
  } catch {
    throw new AppError("INVALID_INPUT", "The request is not JSON.");
  }
}

function respond(message: Msg, reply: Reply): void {
  if ("value" in reply) {
    message.respond(reply.value);
    return;
  }
  const failed = headers();
  failed.set(failureHeader, reply.failure.code);
  failed.set("Nats-Service-Error-Code", reply.failure.code === "INTERNAL" ? "500" : "400");
  message.respond(toWire(reply.failure), { headers: failed });
}

/** Without a word of it, as long as anyone may want to wait. */
function timeLeftMs(message: Msg): number {
  const ms = Number(message.headers?.get(timeLeftHeader));
  return ms > 0 ? ms : Infinity;
}

/**
 * Whoever may make a consumer of a stream can have the server deliver what it holds to any subject, and whoever may ask can name any subject
 * for the answer: the first has no inbox to answer to, the second no longer leads anywhere else.
 */
function isRequest({ reply }: Msg): boolean {
  return reply !== undefined && reply.startsWith(anyInboxPrefix);
}

/** Such as `world.look.<id>`: too many to be discovered one by one. */
function isPerWorld(subject: string): boolean {
  return subject.split(".").length > 2;
}
