import { neonConfig } from "@neondatabase/serverless";
import { WebSocket } from "ws";

/**
 * What the driver takes for its socket, with settings of its own instead of the driver's global ones. The class it is made of is exported as
 * `neonConfig` because its static side is the configuration.
 */
export class Tunnel extends neonConfig {
  #socket: WebSocket | null = null;

  /** `wsProxy`: a relay of our own, `ws://127.0.0.1:5488`; null: Neon's, at the database's own host. */
  constructor(wsProxy: string | null) {
    super();
    // Node's own WebSocket cannot be cut: closing waits for the other side to agree, and one that hangs never does.
    const keep = (socket: WebSocket): void => void (this.#socket = socket);
    this.webSocketConstructor = class extends WebSocket {
      constructor(url: string) {
        super(url, { perMessageDeflate: false });
        keep(this);
      }
    };
    if (wsProxy === null) return;
    const { protocol, host, pathname } = new URL(wsProxy);
    this.wsProxy = () => `${host}${pathname}`;
    this.useSecureWebSocket = protocol === "wss:";
    // Needs a server that asks for a password in clear, as only Neon's proxy does.
    this.pipelineConnect = false;
    // Writes wait for a timer, which costs more than the few small frames that it saves.
    this.coalesceWrites = false;
  }

  /** The driver passes the WebSocket's own event on, which is no Error and would be taken for a bug of ours. */
  override emit(event: string, ...args: unknown[]): boolean {
    return super.emit(event, ...(event === "error" ? [lost(args[0] as object)] : args));
  }

  override destroy(): this {
    this.destroyed = true;
    this.#socket?.terminate();
    return this;
  }
}

function lost(event: { readonly error?: unknown }): Error {
  return Object.assign(new Error("the WebSocket to the database failed", { cause: event.error ?? event }), {
    code: "ECONNRESET",
  });
}
