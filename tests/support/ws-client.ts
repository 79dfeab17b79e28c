import { once } from "node:events";
import type { ClientRequest, IncomingMessage } from "node:http";
import { WebSocket } from "ws";
import type { ClientOptions } from "ws";

export type WsClient = Disposable & {
  readonly ws: WebSocket;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  send(frame: string | Uint8Array): void;
  /** The next frame that nobody has taken yet. Rejects when the socket closes before one comes. */
  next(): Promise<string>;
  take(count: number): Promise<string[]>;
};

export class HandshakeRefused extends Error {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;

  constructor(response: IncomingMessage, body: string) {
    super(`handshake refused with ${response.statusCode}`);
    this.status = response.statusCode ?? 0;
    this.headers = response.headers;
    this.body = body;
  }
}

/** ws hands the signal on to the request. */
type Options = ClientOptions & { readonly protocols?: string[]; readonly signal?: AbortSignal };

/** An open socket, or a `HandshakeRefused`. */
export async function wsClient(url: string, { protocols, ...options }: Options = {}): Promise<WsClient> {
  const ws = new WebSocket(url.replace(/^http/, "ws"), protocols ?? [], { perMessageDeflate: false, ...options });
  const client = wrap(ws);
  await opened(ws);
  return client;
}

function wrap(ws: WebSocket): WsClient {
  const frames: string[] = [];
  const takers: { resolve: (frame: string) => void; reject: (error: Error) => void }[] = [];
  const closed = Promise.withResolvers<{ code: number; reason: string }>();
  ws.on("message", (data: Buffer) => {
    const taker = takers.shift();
    if (taker === undefined) frames.push(data.toString());
    else taker.resolve(data.toString());
  });
  ws.on("error", () => undefined); // "close" follows.
  ws.on("close", (code, reason) => {
    closed.resolve({ code, reason: reason.toString() });
    for (const taker of takers.splice(0)) taker.reject(new Error(`closed with ${code} while a frame was awaited`));
  });

  const next = () => {
    const frame = frames.shift();
    if (frame !== undefined) return Promise.resolve(frame);
    if (ws.readyState === ws.CLOSED) return Promise.reject(new Error("closed, and no frame is left"));
    return new Promise<string>((resolve, reject) => takers.push({ resolve, reject }));
  };
  return {
    ws,
    closed: closed.promise,
    send: (frame) => ws.send(frame),
    next,
    take: (count) => Promise.all(Array.from({ length: count }, next)),
    [Symbol.dispose]: () => ws.terminate(),
  };
}

function opened(ws: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    ws.on("open", resolve);
    ws.on("error", reject);
    ws.on("unexpected-response", (_request: ClientRequest, response: IncomingMessage) => {
      let body = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
      void once(response, "end").then(() => reject(new HandshakeRefused(response, body)), reject);
    });
  });
}
