/** The sockets under nats.ws, where it can be seen how much waits in the current one. */
export type SocketSource = {
  /** What nats.ws makes its sockets with: its option `wsFactory`. */
  readonly factory: (url: string) => Promise<{ readonly socket: WebSocket; readonly encrypted: boolean }>;
  readonly bufferedBytes: () => number;
};

export function socketSource(): SocketSource {
  let current: UnhurriedSocket | null = null;
  return {
    factory: async (url) => {
      current = new UnhurriedSocket(url);
      return { socket: current, encrypted: url.startsWith("wss://") };
    },
    bufferedBytes: () => (current?.readyState === WebSocket.OPEN ? current.waitingBytes : 0),
  };
}

/** Sent together at most; more goes out at once. */
const togetherBytesMax = 64 * 1024;

/**
 * Two things that nats.ws does not do. It writes to its socket after every microtask that had something to say, and a write costs more than all
 * else that a message costs: what is said in one turn of the event loop goes out in one frame; the server reads a stream of bytes, whatever its
 * frames. And it closes a stale connection only once everything it had to send is gone; but a stale connection is one that takes nothing any
 * more, so it would wait for ever and never connect anew: as far as it can see, nothing ever waits.
 */
class UnhurriedSocket extends WebSocket {
  #together: Uint8Array[] = [];
  #togetherBytes = 0;

  get waitingBytes(): number {
    return super.bufferedAmount + this.#togetherBytes;
  }

  override get bufferedAmount(): number {
    return 0;
  }

  override send(data: ArrayBuffer): void {
    if (this.#together.length === 0) setImmediate(() => this.#flush());
    this.#together.push(new Uint8Array(data));
    this.#togetherBytes += data.byteLength;
    if (this.#togetherBytes >= togetherBytesMax) this.#flush();
  }

  override close(code?: number, reason?: string): void {
    this.#flush();
    super.close(code, reason);
  }

  #flush(): void {
    const [only, ...more] = this.#together;
    if (only === undefined) return;
    const frame = more.length === 0 ? only : Buffer.concat(this.#together);
    this.#together = [];
    this.#togetherBytes = 0;
    if (this.readyState === WebSocket.OPEN) super.send(frame);
  }
}
