import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import { frameScanner } from "./frame-scanner.ts";
import { inbox } from "./inbox.ts";
import type { Inbox } from "./inbox.ts";
import { invokeDefault, invokeDisconnect } from "./ws-invocations.ts";
import type { Ending, InvocationContext } from "./ws-invocations.ts";
import type { ConnectionFacts } from "./websocket-event.ts";

export type Connection = {
  readonly facts: ConnectionFacts;
  readonly lastActiveAtMs: number;
  /** "full": as much as allowed is waiting to be sent already; nothing was added. */
  send(frame: string | Uint8Array): "sent" | "gone" | "full";
  /** With a close frame; the peer has a moment to answer it. */
  close(ending: Ending): void;
  /** Closes or cuts what is idle, too old or does not drain. */
  sweep(): void;
  /** Resolves when the socket is closed, with how. */
  readonly closed: Promise<Ending>;
  /** Resolves when all its invocations have ended, of which $disconnect was the last to start. */
  readonly ended: Promise<void>;
};

/** One open socket: its messages in, its frames out, its end. */
export function openConnection(
  ctx: InvocationContext,
  facts: ConnectionFacts,
  socket: Duplex,
  ws: WebSocket,
): Connection {
  const { clock, limits } = ctx;
  const openedAtMs = clock.monotonicMs();
  const active = { lastFrameMs: openedAtMs, lastFrameAtMs: facts.connectedAtMs };
  let fullSinceMs: number | null = null;
  let ending: Ending | null = null;

  const touch = () => {
    active.lastFrameMs = clock.monotonicMs();
    active.lastFrameAtMs = clock.nowMs();
  };
  const send: Connection["send"] = (frame) => {
    if (ws.readyState !== ws.OPEN) return "gone";
    if (ws.bufferedAmount > 0 && ws.bufferedAmount + Buffer.byteLength(frame) > limits.bufferedBytesMax) {
      fullSinceMs ??= clock.monotonicMs();
      return "full";
    }
    fullSinceMs = null;
    touch();
    ws.send(frame, { binary: false }, ignore); // Where it fails, the socket's end is what tells.
    return "sent";
  };
  const close: Connection["close"] = (how) => {
    if (ws.readyState !== ws.OPEN) return;
    ending = how;
    ws.close(how.code, how.reason);
    ws.resume();
  };
  const cut = (how: Ending) => {
    ending ??= how;
    ws.terminate();
  };

  const messages = receive(ctx, facts, socket, ws, { touch, send, close });
  const closed = endOf(ws).then((how) => ending ?? how);
  return {
    facts,
    get lastActiveAtMs() {
      return active.lastFrameAtMs;
    },
    send,
    close,
    sweep() {
      const nowMs = clock.monotonicMs();
      if (ws.bufferedAmount <= limits.bufferedBytesMax / 2) fullSinceMs = null;
      if (fullSinceMs !== null && nowMs - fullSinceMs >= limits.stalledMsMax) cut({ code: 1008, reason: "Stalled" });
      else if (nowMs - openedAtMs >= limits.lifetimeMsMax) close({ code: 1001, reason: "Connection too old" });
      else if (nowMs - active.lastFrameMs >= limits.idleMsMax) close({ code: 1001, reason: "Idle timeout" });
    },
    closed,
    ended: closed.then(async (how) => {
      await messages.allStarted();
      await Promise.all([invokeDisconnect(ctx, facts, how), messages.allEnded()]);
    }),
  };
}

type Own = Pick<Connection, "send" | "close"> & { readonly touch: () => void };

/** From the socket's bytes to invocations. */
function receive(ctx: InvocationContext, facts: ConnectionFacts, socket: Duplex, ws: WebSocket, own: Own): Inbox {
  const messages = inbox({
    underWayMax: ctx.limits.invocationsPerConnectionMax,
    setReading(isReading) {
      // Once it closes it is read on, or the peer's close frame would never be seen.
      if (isReading || ws.readyState !== ws.OPEN) ws.resume();
      else ws.pause();
    },
    async start({ data, isBinary }) {
      const complaint = await invokeDefault(ctx, facts, data, isBinary);
      if (complaint !== null) own.send(complaint);
    },
  });
  readMessages({
    socket,
    ws,
    frameBytesMax: ctx.limits.frameBytesMax,
    onFrame: own.touch,
    onMessage: messages.put,
    onTooLarge: () => own.close({ code: 1009, reason: "Frame too large" }),
  });
  return messages;
}

/** How the socket ended, as far as it can tell. */
function endOf(ws: WebSocket): Promise<Ending> {
  return new Promise((resolve) => {
    let fault: Ending | null = null;
    ws.on("error", (error: Error & { code?: string }) => {
      fault ??= { code: closeCodes.get(error.code ?? "") ?? 1002, reason: error.message };
    });
    ws.on("close", (code, reason) => {
      resolve(fault ?? { code, reason: reason.toString() || (closeWords.get(code) ?? "") });
    });
  });
}

type Reading = {
  readonly socket: Duplex;
  readonly ws: WebSocket;
  readonly frameBytesMax: number;
  readonly onFrame: () => void;
  readonly onMessage: (message: { readonly data: Buffer; readonly isBinary: boolean }) => void;
  readonly onTooLarge: () => void;
};

/** Hands over the messages of which every frame kept to the limit. */
function readMessages({ socket, ws, frameBytesMax, onFrame, onMessage, onTooLarge }: Reading): void {
  const scanner = frameScanner(frameBytesMax);
  let framesBefore = 0;
  let messages = 0;
  // First in line: the scanner has seen a frame before ws hands out its message.
  socket.prependListener("data", (chunk: Buffer) => {
    const verdict = scanner.scan(chunk);
    if (scanner.frames > framesBefore) onFrame();
    framesBefore = scanner.frames;
    // A tick later, since good messages may stand before that frame in the chunk, which ws has yet to read.
    if (verdict === "too-large") process.nextTick(onTooLarge);
  });
  ws.on("message", (data: Buffer, isBinary) => {
    messages += 1;
    if (messages <= scanner.messages && ws.readyState === ws.OPEN) onMessage({ data, isBinary });
  });
}

/** What ws found wrong, and the code it closed with. Everything else broke the protocol: 1002. */
const closeCodes = new Map([
  ["WS_ERR_UNSUPPORTED_MESSAGE_LENGTH", 1009],
  ["WS_ERR_INVALID_UTF8", 1007],
  ["WS_ERR_TOO_MANY_BUFFERED_PARTS", 1008],
]);

/** For a peer that gave no reason of its own. */
const closeWords = new Map([
  [1000, "Connection Closed Normally"],
  [1001, "Going away"],
  [1005, "Client-side close frame status not set"],
  [1006, "Connection closed abnormally"],
]);

function ignore(): void {}
