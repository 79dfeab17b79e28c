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

/**
 * nats.ws closes a stale connection only once everything it had to send is gone; but a stale connection is one that takes nothing
 * any more, so it would wait for ever and never connect anew. As far as it can see, nothing ever waits.
 */
class UnhurriedSocket extends WebSocket {
  get waitingBytes(): number {
    return super.bufferedAmount;
  }

  override get bufferedAmount(): number {
    return 0;
  }
}
