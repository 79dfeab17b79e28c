import { connect, type ConnectionOptions, DebugEvents, Events, type NatsConnection } from "nats.ws";
import { systemClock } from "../system-clock.ts";
import type { NatsOptions } from "./connect.ts";
import { jitterMs } from "./jitter.ts";
import { inboxPrefixOf } from "./names.ts";
import type { SocketSource } from "./socket.ts";

/** A dead connection is noticed within about three of these. */
export const pingIntervalMs = 2_000;
const pingsOutMax = 2;
const connectTimeoutMs = 3_000;
const reconnectWaitMs = { min: 100, max: 700 };

export type ConnectionEvents = {
  /** A connection that knows nothing of any before it. */
  readonly opened: (connection: NatsConnection) => void;
  readonly up: () => void;
  readonly down: () => void;
};

/** Connects, and goes on doing so until `closing`. */
export function keepConnected(
  options: NatsOptions,
  wsFactory: SocketSource["factory"],
  closing: AbortSignal,
  { opened, up, down }: ConnectionEvents,
): { current(): NatsConnection | null; readonly ended: Promise<void> } {
  const { log, name } = options;
  let current: NatsConnection | null = null;

  const follow = async (connection: NatsConnection) => {
    for await (const { type, data } of connection.status()) {
      if (type === Events.Disconnect) down();
      else if (type === Events.Reconnect) up();
      else if (type === DebugEvents.StaleConnection) log.warn({ name }, "the NATS server no longer answers");
      else if (type === Events.Error) log.warn({ name, reason: data }, "NATS reports an error");
      else if (type === Events.LDM) log.info({ name }, "the NATS server is about to stop");
    }
  };

  const keep = async () => {
    let isToldOff = false;
    while (!closing.aborted) {
      try {
        const connection = await connect(connectionOptions(options, wsFactory));
        isToldOff = false;
        current = connection;
        opened(connection);
        void follow(connection);
        if (closing.aborted) void connection.close();
        else up();
        // nats.ws reconnects by itself; that it gives up altogether is rare, and then the next one is like the first.
        await connection.closed();
        down();
        current = null;
      } catch (error) {
        if (!isToldOff) log.warn({ name, error }, "NATS cannot be reached; trying on");
        isToldOff = true;
        await systemClock.sleep(jitterMs(reconnectWaitMs), closing);
      }
    }
  };
  return { current: () => current, ended: keep() };
}

function connectionOptions(options: NatsOptions, wsFactory: SocketSource["factory"]): ConnectionOptions {
  const { servers, name, token, user, pass } = options;
  const known: ConnectionOptions = {
    servers: [...servers],
    name,
    ...(token === undefined ? {} : { token }),
    ...(user === undefined ? {} : { user }),
    ...(pass === undefined ? {} : { pass }),
    inboxPrefix: inboxPrefixOf(user),
    timeout: connectTimeoutMs,
    pingInterval: pingIntervalMs,
    maxPingOut: pingsOutMax,
    maxReconnectAttempts: -1,
    reconnectDelayHandler: () => jitterMs(reconnectWaitMs),
    // A password may be changed on the server while we run; by default two refusals close the connection for good.
    ignoreAuthErrorAbort: true,
    noAsyncTraces: true,
  };
  // Not in the types of nats.ws 1.30, but in its transport.
  return Object.assign(known, { wsFactory });
}
