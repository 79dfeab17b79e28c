import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import type { ServerOptions, WebSocket } from "ws";
import { awsId } from "./aws-id.ts";
import { openConnection } from "./connection.ts";
import type { Connection } from "./connection.ts";
import { refuseUpgrade, upgradeRefusal } from "./handshake.ts";
import type { GatewayLimits } from "./limits.ts";
import { requestFacts } from "./request-facts.ts";
import type { RequestFacts } from "./request-facts.ts";
import { connectEvent } from "./websocket-event.ts";
import { invokeConnect, invokeDisconnect, isSuccess } from "./ws-invocations.ts";
import type { InvocationContext } from "./ws-invocations.ts";

type Context = InvocationContext & { readonly webSocketPath: string };

export type Sockets = {
  /** Never throws. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** null while it is in $connect, and once it has closed. */
  get(id: string): Connection | null;
  readonly openCount: number;
  sweep(): void;
  /** No new ones; those that are there are closed. Resolves when the last $disconnect has ended. */
  stop(): Promise<void>;
  /** Whatever is left of them. */
  destroy(): void;
};

/** What a WebSocket API does: all connections, from their handshake to their $disconnect. */
export function sockets(ctx: Context): Sockets {
  const open = new Map<string, Connection>();
  const lives = new Set<Promise<void>>();
  const streams = new Set<Duplex>();
  const protocolOf = new WeakMap<IncomingMessage, string>();
  let isStopping = false;
  const server = new WebSocketServer(serverOptions(ctx.limits, protocolOf));

  async function live(request: IncomingMessage, socket: Duplex, head: Buffer, facts: RequestFacts): Promise<void> {
    const connectedAtMs = ctx.clock.nowMs();
    const connection = { id: awsId(), connectedAtMs, request: facts };
    const answer = await invokeConnect(ctx, connectEvent(connection, request, facts, connectedAtMs));
    if (!isSuccess(answer.statusCode)) return refuseUpgrade(socket, answer.statusCode, answer);
    const protocol = headerOf(answer.headers, "sec-websocket-protocol");
    if (protocol !== null) protocolOf.set(request, protocol);
    const ws = isStopping ? null : completeUpgrade(server, request, socket, head);
    if (ws === null) {
      refuseUpgrade(socket, 503);
      return invokeDisconnect(ctx, connection, { code: 1006, reason: "Connection closed abnormally" });
    }
    const opened = openConnection(ctx, connection, socket, ws);
    open.set(connection.id, opened);
    void opened.closed.then(() => open.delete(connection.id));
    return opened.ended;
  }

  return {
    upgrade(request, socket, head) {
      // Node takes its own listeners off before it hands over the socket, and an "error" without one ends the process.
      socket.on("error", ignore);
      streams.add(socket);
      socket.once("close", () => streams.delete(socket));
      const facts = requestFacts(request);
      if (facts === null) return refuseUpgrade(socket, 400);
      if (facts.rawPath !== ctx.webSocketPath) return refuseUpgrade(socket, 404);
      const refusal = upgradeRefusal(request);
      if (refusal !== null) return refuseUpgrade(socket, refusal);
      if (isStopping || lives.size >= ctx.limits.connectionsMax) return refuseUpgrade(socket, 503);
      const life = live(request, socket, head, facts)
        .catch((error: unknown) => {
          ctx.log.error({ err: error }, "gateway failed to serve a socket");
          socket.destroy();
        })
        .finally(() => lives.delete(life));
      lives.add(life);
    },
    get: (id) => open.get(id) ?? null,
    get openCount() {
      return open.size;
    },
    sweep() {
      for (const connection of open.values()) connection.sweep();
    },
    async stop() {
      isStopping = true;
      for (const connection of open.values()) connection.close({ code: 1001, reason: "Going away" });
      await Promise.all(lives);
    },
    destroy() {
      for (const stream of streams) stream.destroy();
    },
  };
}

function serverOptions(
  limits: GatewayLimits,
  protocolOf: WeakMap<IncomingMessage, string>,
): ServerOptions & { readonly closeTimeout: number } {
  return {
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: limits.messageBytesMax,
    closeTimeout: limits.closeHandshakeMsMax,
    // Only what the handler chose; left to itself ws would pick the first.
    handleProtocols: (_offered, request) => protocolOf.get(request) ?? false,
  };
}

/** null where the client has gone meanwhile. */
function completeUpgrade(
  server: WebSocketServer,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): WebSocket | null {
  let opened: WebSocket | null = null;
  // Calls back at once or not at all.
  server.handleUpgrade(request, socket, head, (ws) => {
    opened = ws;
  });
  return opened;
}

function headerOf(headers: Readonly<Record<string, unknown>> | undefined, lowerCaseName: string): string | null {
  const entry = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === lowerCaseName);
  return entry === undefined ? null : String(entry[1]);
}

function ignore(): void {}
