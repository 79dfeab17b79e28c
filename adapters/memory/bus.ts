import { setImmediate as nextTurn } from "node:timers/promises";
import type * as z from "zod";
import { AppError } from "#core/lib/errors.ts";
import type { Bus, RequestOptions } from "#core/ports/bus.ts";
import type { Clock, Log } from "#core/ports/system.ts";
import { fromRpcFailure, toRpcFailure, type RpcFailure } from "#core/protocol/rpc-failure.ts";
import type { News, Rpc } from "#core/protocol/subjects.ts";
import { withoutTrace } from "../tracing/current.ts";

/** Requests that wait for an answer, on the whole bus. One more is refused. */
export const requestsInFlightMax = 10_000;
/** News on its way to one subscriber. One more is lost. */
export const newsPendingMax = 10_000;

type Ctx = { readonly clock: Clock; readonly log: Log };

/** What would be on the wire: nothing but text crosses, so that the two sides never share an object. */
type Wire = string | undefined;
type Reply = { readonly value: Wire } | { readonly failure: RpcFailure };
type Server = (request: Wire) => Promise<Reply>;
type Subscriber = (message: Wire) => void;

export function memoryBus(ctx: Ctx): Bus {
  const servers = new Map<string, Server[]>();
  const subscribers = new Map<string, Set<Subscriber>>();
  let inFlight = 0;

  return {
    async request<Input, Output>(rpc: Rpc<Input, Output>, input: Input, options: RequestOptions) {
      if (options.timeoutMs <= 0 || options.signal?.aborted === true) throw tooLate(rpc.subject);
      const server = nextOf(servers.get(rpc.subject));
      if (server === null) throw unanswered(rpc.subject);
      if (inFlight >= requestsInFlightMax)
        throw new AppError("UNAVAILABLE", "Too many requests are waiting for an answer.", { retryAfterS: 1 });
      inFlight += 1;
      try {
        return readReply(ctx, rpc, await beforeDeadline(ctx.clock, rpc.subject, server(toWire(input)), options));
      } finally {
        inFlight -= 1;
      }
    },

    serve(rpc, handle) {
      const underWay = new Set<Promise<Reply>>();
      const server: Server = (request) => {
        const reply = answer(ctx, rpc, handle, request).finally(() => underWay.delete(reply));
        underWay.add(reply);
        return reply;
      };
      servers.set(rpc.subject, [...(servers.get(rpc.subject) ?? []), server]);
      return async () => {
        const left = (servers.get(rpc.subject) ?? []).filter((other) => other !== server);
        if (left.length === 0) servers.delete(rpc.subject);
        else servers.set(rpc.subject, left);
        await Promise.all(underWay);
      };
    },

    publish(news, message) {
      const listening = listeningTo(subscribers, news.subject);
      if (listening.length === 0) return;
      const wire = tryToWire(ctx, news.subject, message);
      if (wire !== null) for (const subscriber of listening) subscriber(wire.text);
    },

    subscribe(news, handle) {
      const { take, close } = subscription(ctx, news, handle);
      const listening = subscribers.get(news.subject) ?? new Set();
      subscribers.set(news.subject, listening.add(take));
      return () => {
        close();
        listening.delete(take);
        if (listening.size === 0 && subscribers.get(news.subject) === listening) subscribers.delete(news.subject);
      };
    },
  };
}

/** As NATS matches, as far as anybody here subscribes: the subject itself, or `>` or `*` for its end. */
function listeningTo(
  subscribers: ReadonlyMap<string, ReadonlySet<Subscriber>>,
  subject: string,
): readonly Subscriber[] {
  const listening = [...(subscribers.get(subject) ?? [])];
  for (let dot = subject.lastIndexOf("."), isLast = true; dot > 0; dot = subject.lastIndexOf(".", dot - 1)) {
    const stem = subject.slice(0, dot);
    listening.push(...(subscribers.get(`${stem}.>`) ?? []));
    if (isLast) listening.push(...(subscribers.get(`${stem}.*`) ?? []));
    isLast = false;
  }
  return listening;
}

/** Takes turns: whoever was asked goes to the end of the queue. */
function nextOf(group: Server[] | undefined): Server | null {
  const server = group?.shift();
  if (group === undefined || server === undefined) return null;
  group.push(server);
  return server;
}

async function answer<Input, Output>(
  { log }: Ctx,
  rpc: Rpc<Input, Output>,
  handle: (input: Input) => Promise<Output>,
  request: Wire,
): Promise<Reply> {
  await nextTurn(); // never in the stack of the one who asked
  const input = rpc.input.safeParse(fromWire(request));
  if (!input.success) return { failure: toRpcFailure(invalidInput(input.error)) };
  try {
    return { value: toWire(await handle(input.data)) };
  } catch (error) {
    if (!(error instanceof AppError)) log.error({ subject: rpc.subject, err: error }, "a request failed");
    return { failure: toRpcFailure(error) };
  }
}

function readReply<Input, Output>({ log }: Ctx, rpc: Rpc<Input, Output>, reply: Reply): Output {
  if ("failure" in reply) throw fromRpcFailure(reply.failure);
  const output = rpc.output.safeParse(fromWire(reply.value));
  if (output.success) return output.data;
  log.error({ subject: rpc.subject, err: output.error }, "an answer does not fit its schema");
  throw fromRpcFailure(toRpcFailure(output.error));
}

async function beforeDeadline<T>(clock: Clock, subject: string, work: Promise<T>, options: RequestOptions): Promise<T> {
  const waiting = new AbortController();
  const giveUp = () => waiting.abort();
  options.signal?.addEventListener("abort", giveUp, { once: true });
  const late = clock.sleep(options.timeoutMs, waiting.signal).then(() => {
    throw tooLate(subject);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    options.signal?.removeEventListener("abort", giveUp);
    waiting.abort();
  }
}

function subscription<Message>({ log }: Ctx, news: News<Message>, handle: (message: Message) => void) {
  const { subject } = news;
  let pending: Wire[] = [];
  let isOpen = true;

  const drain = () => {
    const batch = pending;
    pending = [];
    for (const wire of batch) {
      if (!isOpen) return;
      const message = news.message.safeParse(fromWire(wire));
      if (!message.success) {
        log.error({ subject, err: message.error }, "news does not fit its schema");
        continue;
      }
      try {
        handle(message.data);
      } catch (error) {
        log.error({ subject, err: error }, "a subscriber failed");
      }
    }
  };

  const take = (wire: Wire) => {
    if (pending.length >= newsPendingMax) {
      log.warn({ subject, newsPendingMax }, "news was lost: too much of it at once");
      return;
    }
    pending.push(wire);
    // As over a wire: whoever hears it is not part of what it was said in.
    if (pending.length === 1) withoutTrace(() => setImmediate(drain));
  };

  return { take, close: () => void (isOpen = false) };
}

function toWire(value: unknown): Wire {
  return JSON.stringify(value);
}

function fromWire(wire: Wire): unknown {
  return wire === undefined ? undefined : (JSON.parse(wire) as unknown);
}

function tryToWire({ log }: Ctx, subject: string, message: unknown): { readonly text: Wire } | null {
  try {
    return { text: toWire(message) };
  } catch (error) {
    log.error({ subject, err: error }, "news could not be written down");
    return null;
  }
}

// The subject is for the log: what callers see says nothing of the inside.
function unanswered(subject: string): AppError {
  const cause = new Error(`nobody answers ${subject}`);
  return new AppError("UNAVAILABLE", "This cannot be answered just now. Try again.", { retryAfterS: 1, cause });
}

function tooLate(subject: string): AppError {
  const cause = new Error(`no answer from ${subject} in time`);
  return new AppError("TIMEOUT", "This took too long. Try again.", { cause });
}

function invalidInput(error: z.ZodError): AppError {
  const details = error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
  return new AppError("INVALID_INPUT", "The request does not fit its schema.", { details });
}
