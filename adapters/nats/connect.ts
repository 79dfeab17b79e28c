import { createInbox, type Msg, type NatsConnection, type Subscription } from "nats.ws";
import { AppError } from "#core/lib/errors.ts";
import type { Log } from "#core/ports/system.ts";
import { systemClock } from "../system-clock.ts";
import { keepConnected } from "./keep-connected.ts";
import { inboxPrefixOf } from "./names.ts";
import { socketSource } from "./socket.ts";

export type NatsOptions = {
  /** ws:// or wss:// */
  readonly servers: readonly string[];
  /** Shown by the server to its operators. */
  readonly name: string;
  readonly token?: string;
  /** Answers come to inboxes of its own: the server may keep others away from them. */
  readonly user?: string;
  readonly pass?: string;
  /** How many servers of a cluster keep each stream; one where nothing is said. */
  readonly replicas?: number;
  readonly log: Log;
};

/** One connection of a process, for as long as the process lives: whatever cuts it, it comes back. */
export type Nats = AsyncDisposable & {
  readonly log: Log;
  readonly name: string;
  /** As whom it is known to the server. */
  readonly user: string | undefined;
  /** How many servers keep each stream. */
  readonly replicas: number;
  /** Aborted when the process lets go of the connection. */
  readonly closing: AbortSignal;
  /** The connection as it is now. Throws UNAVAILABLE while there is none, or while too much waits to be sent on it. */
  connection(): NatsConnection;
  /** Resolves when there is a connection: now, or within `timeoutMs`. Else it throws UNAVAILABLE. */
  connected(timeoutMs: number, signal?: AbortSignal): Promise<void>;
  /** Resolves when the server has answered just now; throws UNAVAILABLE. */
  ready(): Promise<void>;
  /** Connects anew where the server does not answer within `answerMsMax`, and waits for that. For a process that was frozen. Never throws. */
  renew(answerMsMax: number): Promise<void>;
  /** A subject that nobody else listens to. */
  newInbox(): string;
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

const readyTimeoutMs = 2_000;
const renewedMsMax = 4_000;
const drainTimeoutMs = 3_000;
/** What may wait in the socket. One that does not drain refuses more. */
export const bufferedBytesMax = 32 * 1024 * 1024;

/** Connects in the background, again and again: a server that is not there yet is UNAVAILABLE, not a failed start. */
export function connectNats(options: NatsOptions): Nats {
  const { log, name } = options;
  const closing = new AbortController();
  const socket = socketSource();
  const presence = watched(options, closing.signal);
  const subscriptions = registry(options);
  const kept = keepConnected(options, socket.factory, closing.signal, {
    opened: subscriptions.attachAll,
    up: presence.up,
    down: presence.down,
  });

  const connection = (): NatsConnection => {
    const current = kept.current();
    if (!presence.isUp() || current === null) throw unreachableServer();
    if (socket.bufferedBytes() > bufferedBytesMax)
      throw new AppError("UNAVAILABLE", "Too much waits to be sent.", { retryAfterS: 1 });
    return current;
  };

  return {
    log,
    name,
    user: options.user,
    replicas: options.replicas ?? 1,
    closing: closing.signal,
    connection,
    watch: presence.watch,
    newInbox: () => createInbox(inboxPrefixOf(options.user)),
    async connected(timeoutMs, signal) {
      if (presence.isUp()) return;
      const waiting = new AbortController();
      const unwatch = presence.watch({ up: () => waiting.abort() });
      const signals = [waiting.signal, closing.signal, ...(signal === undefined ? [] : [signal])];
      await systemClock.sleep(timeoutMs, AbortSignal.any(signals));
      unwatch();
      if (!presence.isUp()) throw unreachableServer();
    },
    async ready() {
      const answered = connection()
        .flush()
        .then(() => true)
        .catch(() => false);
      if (!(await within(readyTimeoutMs, answered))) throw unreachableServer();
    },
    async renew(answerMsMax) {
      const last = kept.current();
      const answered = last?.flush().then(
        () => true,
        () => false,
      );
      if (presence.isUp() && answered !== undefined && (await within(answerMsMax, answered)) === true) return;
      if (presence.isUp()) {
        // It says so itself a little later.
        presence.down();
        await last?.reconnect().catch(() => undefined);
      }
      await this.connected(renewedMsMax).catch(() => undefined);
    },
    subscribe: (subject, { queue }, take) => subscriptions.add(kept.current(), { subject, queue, take }),
    async [Symbol.asyncDispose]() {
      closing.abort();
      const last = kept.current();
      if (last !== null && presence.isUp()) await within(drainTimeoutMs, last.drain());
      await last?.close();
      await kept.ended;
    },
  };
}

function watched({ log, name }: NatsOptions, closing: AbortSignal) {
  const watchers = new Set<Watcher>();
  let isUp = false;
  return {
    isUp: () => isUp,
    up() {
      if (isUp || closing.aborted) return;
      isUp = true;
      log.info({ name }, "connected to NATS");
      for (const watcher of watchers) watcher.up?.();
    },
    down() {
      if (!isUp) return;
      isUp = false;
      if (!closing.aborted) log.warn({ name }, "the connection to NATS is lost");
      for (const watcher of watchers) watcher.down?.();
    },
    watch(watcher: Watcher) {
      watchers.add(watcher);
      if (isUp) watcher.up?.();
      return () => void watchers.delete(watcher);
    },
  };
}

type Wanted = {
  readonly subject: string;
  readonly queue: string | undefined;
  readonly take: (message: Msg) => void;
};

/** What is subscribed to, in whichever connection there is. */
function registry({ log, name }: NatsOptions) {
  const wanted = new Map<Wanted, Subscription | null>();

  const attach = (connection: NatsConnection, want: Wanted) => {
    const { subject, queue, take } = want;
    const callback = (error: Error | null, message: Msg) => {
      if (error === null) take(message);
      else log.error({ name, subject, error }, "a subscription was refused");
    };
    wanted.set(want, connection.subscribe(subject, { callback, ...(queue === undefined ? {} : { queue }) }));
  };
  const remove = (want: Wanted): Subscription | null => {
    const subscription = wanted.get(want) ?? null;
    wanted.delete(want);
    return subscription === null || subscription.isClosed() ? null : subscription;
  };

  return {
    attachAll: (connection: NatsConnection) => [...wanted.keys()].forEach((want) => attach(connection, want)),
    add(connection: NatsConnection | null, want: Wanted): NatsSubscription {
      wanted.set(want, null);
      if (connection !== null && !connection.isClosed()) attach(connection, want);
      return {
        async drain() {
          const draining = remove(want)?.drain();
          if (draining !== undefined)
            await within(
              drainTimeoutMs,
              draining.catch(() => undefined),
            );
        },
        close: () => remove(want)?.unsubscribe(),
      };
    },
  };
}

const unreachableServer = () =>
  new AppError("UNAVAILABLE", "The message server cannot be reached.", { retryAfterS: 1 });

/** undefined when it took longer. */
async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T | undefined> {
  const done = new AbortController();
  try {
    return await Promise.race([work, systemClock.sleep(timeoutMs, done.signal).then(() => undefined)]);
  } finally {
    done.abort();
  }
}
