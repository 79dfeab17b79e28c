import {
  connect,
  type ConnectionOptions,
  DebugEvents,
  Events,
  type Msg,
  type NatsConnection,
  type Subscription,
} from "nats.ws";
import { AppError } from "#core/lib/errors.ts";
import type { Log } from "#core/ports.ts";
import { systemClock } from "../system-clock.ts";
import { socketSource } from "./socket.ts";

export type NatsOptions = {
  /** ws:// or wss:// */
  readonly servers: readonly string[];
  /** Shown by the server to its operators. */
  readonly name: string;
  readonly token?: string;
  readonly user?: string;
  readonly pass?: string;
  readonly log: Log;
};

/** One connection of a process, for as long as the process lives: whatever cuts it, it comes back. */
export type Nats = AsyncDisposable & {
  readonly log: Log;
  readonly name: string;
  /** Aborted when the process lets go of the connection. */
  readonly closing: AbortSignal;
  /** The connection as it is now. Throws UNAVAILABLE while there is none, or while too much waits to be sent on it. */
  connection(): NatsConnection;
  /** Resolves when there is a connection: now, or within `timeoutMs`. Else it throws UNAVAILABLE. */
  connected(timeoutMs: number, signal?: AbortSignal): Promise<void>;
  /** Resolves when the server has answered just now; throws UNAVAILABLE. */
  ready(): Promise<void>;
  /** Outlives every connection. While there is none it hears nothing. */
  subscribe(subject: string, options: { readonly queue?: string }, take: (message: Msg) => void): NatsSubscription;
  /** `up` is called in every new connection, and at once if there is one; `down` when it is lost. The returned function ends it. */
  watch(watcher: Watcher): () => void;
};

export type Watcher = { readonly up?: () => void; readonly down?: () => void };

export type NatsSubscription = {
  /** Takes nothing new; resolves when what the server had sent until then has been taken. */
  drain(): Promise<void>;
  /** Hears nothing from now on. */
  close(): void;
};

/** A dead connection is noticed within about three of these. */
export const pingIntervalMs = 2_000;
const pingsOutMax = 2;
const connectTimeoutMs = 3_000;
const reconnectWaitMs = { min: 100, max: 700 };
const readyTimeoutMs = 2_000;
const drainTimeoutMs = 3_000;
/** What may wait in the socket. One that does not drain refuses more. */
export const bufferedBytesMax = 32 * 1024 * 1024;

/** Connects in the background, again and again: a server that is not there yet is UNAVAILABLE, not a failed start. */
export function connectNats(options: NatsOptions): Nats {
  const { log, name } = options;
  const closing = new AbortController();
  const watchers = new Set<Watcher>();
  const subscriptions = new Set<Registered>();
  const socket = socketSource();
  let current: NatsConnection | null = null;
  let isUp = false;

  const up = () => {
    if (isUp || closing.signal.aborted) return;
    isUp = true;
    log.info({ name }, "connected to NATS");
    for (const watcher of watchers) watcher.up?.();
  };
  const down = () => {
    if (!isUp) return;
    isUp = false;
    if (!closing.signal.aborted) log.warn({ name }, "the connection to NATS is lost");
    for (const watcher of watchers) watcher.down?.();
  };

  const follow = async (nc: NatsConnection) => {
    for await (const { type, data } of nc.status()) {
      if (type === Events.Disconnect) down();
      else if (type === Events.Reconnect) up();
      else if (type === DebugEvents.StaleConnection) log.warn({ name }, "the NATS server no longer answers");
      else if (type === Events.Error) log.warn({ name, reason: data }, "NATS reports an error");
      else if (type === Events.LDM) log.info({ name }, "the NATS server is about to stop");
    }
  };

  const stayConnected = async () => {
    let isToldOff = false;
    while (!closing.signal.aborted) {
      try {
        const nc = await connect(connectionOptions(options, socket.factory));
        isToldOff = false;
        current = nc;
        for (const subscription of subscriptions) subscription.attach(nc);
        void follow(nc);
        if (closing.signal.aborted) void nc.close();
        else up();
        // nats.ws reconnects by itself; that it gives up altogether is rare, and then it is a connection like the first.
        await nc.closed();
        down();
        current = null;
      } catch (error) {
        if (!isToldOff) log.warn({ name, error }, "NATS cannot be reached; trying on");
        isToldOff = true;
        await systemClock.sleep(reconnectDelayMs(), closing.signal);
      }
    }
  };
  const ended = stayConnected();

  const connection = (): NatsConnection => {
    if (!isUp || current === null) throw unreachableServer();
    if (socket.bufferedBytes() > bufferedBytesMax)
      throw new AppError("UNAVAILABLE", "Too much waits to be sent.", { retryAfterS: 1 });
    return current;
  };

  const watch = (watcher: Watcher) => {
    watchers.add(watcher);
    if (isUp) watcher.up?.();
    return () => void watchers.delete(watcher);
  };

  return {
    log,
    name,
    closing: closing.signal,
    connection,
    watch,
    async connected(timeoutMs, signal) {
      if (isUp) return;
      const waiting = new AbortController();
      const unwatch = watch({ up: () => waiting.abort() });
      const signals = [waiting.signal, closing.signal, ...(signal === undefined ? [] : [signal])];
      await systemClock.sleep(timeoutMs, AbortSignal.any(signals));
      unwatch();
      if (!isUp) throw unreachableServer();
    },
    async ready() {
      const answered = connection()
        .flush()
        .then(() => true)
        .catch(() => false);
      if (!(await within(readyTimeoutMs, answered))) throw unreachableServer();
    },
    subscribe(subject, { queue }, take) {
      const subscription = registered(subject, queue, (error, message) => {
        if (error === null) take(message);
        else log.error({ name, subject, error }, "a subscription was refused");
      });
      subscriptions.add(subscription);
      if (current !== null && !current.isClosed()) subscription.attach(current);
      return {
        async drain() {
          subscriptions.delete(subscription);
          await within(drainTimeoutMs, subscription.drain());
        },
        close() {
          subscriptions.delete(subscription);
          subscription.close();
        },
      };
    },
    async [Symbol.asyncDispose]() {
      if (closing.signal.aborted) return ended;
      closing.abort();
      const last = current;
      if (last !== null && isUp) await within(drainTimeoutMs, last.drain());
      await last?.close();
      await ended;
    },
  };
}

function connectionOptions(options: NatsOptions, wsFactory: unknown): ConnectionOptions {
  const { servers, name, token, user, pass } = options;
  return {
    servers: [...servers],
    name,
    ...(token === undefined ? {} : { token }),
    ...(user === undefined ? {} : { user }),
    ...(pass === undefined ? {} : { pass }),
    timeout: connectTimeoutMs,
    pingInterval: pingIntervalMs,
    maxPingOut: pingsOutMax,
    maxReconnectAttempts: -1,
    reconnectDelayHandler: reconnectDelayMs,
    // A password may be changed on the server while we run; by default two refusals close the connection for good.
    ignoreAuthErrorAbort: true,
    noAsyncTraces: true,
    // Not in the types of nats.ws 1.30, but in its transport.
    ...{ wsFactory },
  };
}

const reconnectDelayMs = () => reconnectWaitMs.min + Math.random() * (reconnectWaitMs.max - reconnectWaitMs.min);

const unreachableServer = () =>
  new AppError("UNAVAILABLE", "The message server cannot be reached.", { retryAfterS: 1 });

type Registered = { attach(nc: NatsConnection): void; drain(): Promise<void>; close(): void };

function registered(
  subject: string,
  queue: string | undefined,
  callback: (error: Error | null, message: Msg) => void,
): Registered {
  let subscription: Subscription | null = null;
  return {
    attach(nc) {
      subscription = nc.subscribe(subject, { callback, ...(queue === undefined ? {} : { queue }) });
    },
    async drain() {
      if (subscription !== null && !subscription.isClosed()) await subscription.drain().catch(() => undefined);
    },
    close() {
      if (subscription !== null && !subscription.isClosed()) subscription.unsubscribe();
    },
  };
}

/** undefined when it took longer. */
async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T | undefined> {
  const done = new AbortController();
  try {
    return await Promise.race([work, systemClock.sleep(timeoutMs, done.signal).then(() => undefined)]);
  } finally {
    done.abort();
  }
}
