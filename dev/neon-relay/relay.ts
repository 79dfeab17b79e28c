import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createWebSocketStream, type WebSocket, WebSocketServer } from "ws";
import type { Log } from "#core/ports/system.ts";

export type NeonRelayOptions = {
  /** Where the Postgres is. */
  readonly target: { readonly host: string; readonly port: number };
  readonly host?: string;
  /** 0 takes a free one. */
  readonly port?: number;
  readonly connectionsMax?: number;
  readonly log: Log;
};

export type NeonRelay = AsyncDisposable & {
  /** What `openNeon` takes as its `wsProxy`. */
  readonly url: string;
  /** Cuts every connection and gives the port back. */
  close(): Promise<void>;
};

const connectionsMax = 500;
const connectTimeoutMs = 5_000;
const handshakeTimeoutMs = 5_000;
const messageBytesMax = 64 * 1024 * 1024;
const chunkBytes = 64 * 1024;

/**
 * What Neon's own proxy is in the cloud, for a Postgres on this machine: the bytes of a WebSocket to a TCP connection and back. It goes to one
 * target only, whatever the client asks for, or anyone who reaches it could reach everything.
 */
export async function startNeonRelay(options: NeonRelayOptions): Promise<NeonRelay> {
  const open = new Set<Duplex>();
  const max = options.connectionsMax ?? connectionsMax;
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: messageBytesMax,
  });
  const server = createServer((_request, response) => void response.writeHead(426).end());
  server.headersTimeout = handshakeTimeoutMs;
  server.on("connection", (socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", ignore);
    const refusal = refusalOf(request, open.size > max);
    if (refusal !== null) return void socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\n\r\n`);
    sockets.handleUpgrade(request, socket, head, (ws) => {
      relay(ws, connectTo(options.target)).catch((error: unknown) =>
        options.log.debug({ error: String(error) }, "a relayed connection broke"),
      );
    });
  });

  await listen(server, options.port ?? 0, options.host ?? "127.0.0.1");
  const { address, port } = server.address() as AddressInfo;
  const close = async () => {
    const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
    for (const socket of open) socket.destroy();
    await closed;
  };
  return {
    url: `ws://${address.includes(":") ? `[${address}]` : address}:${port}`,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Any page of a browser may open a WebSocket to this machine, and the database often trusts what is local: only browsers name an origin. */
function refusalOf(request: IncomingMessage, isFull: boolean): string | null {
  if (request.headers.origin !== undefined) return "403 Forbidden";
  return isFull ? "503 Service Unavailable" : null;
}

/** Neither side runs ahead of the other by more than a few chunks; the end of one is the end of both. */
async function relay(ws: WebSocket, tcp: Socket): Promise<void> {
  const stream = createWebSocketStream(ws, { readableHighWaterMark: chunkBytes, writableHighWaterMark: chunkBytes });
  try {
    await Promise.race([pipeline(stream, tcp), pipeline(tcp, stream)]);
  } finally {
    tcp.destroy();
    ws.close();
    stream.destroy();
  }
}

function connectTo(target: NeonRelayOptions["target"]): Socket {
  const tcp = connect({ ...target, noDelay: true });
  const timer = setTimeout(() => tcp.destroy(new Error("the database does not answer")), connectTimeoutMs);
  return tcp.once("connect", () => clearTimeout(timer)).once("close", () => clearTimeout(timer));
}

function listen(server: ReturnType<typeof createServer>, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject).listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function ignore(): void {}
