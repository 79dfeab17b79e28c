import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A link that a test can hurt: TCP from one process to one server. */
export type TcpProxy = AsyncDisposable & {
  /** The same address, through here. */
  before(url: string): string;
  /** Every connection breaks; new ones can be made. */
  cut(): void;
  /** From now on everything takes this long in each direction. */
  delay(ms: number): void;
  /** Calls `act` once: for the first message to the server that has this text, before it goes on. */
  when(text: string, act: () => void): void;
  /** What is sent stays here, both ways, and new connections get no answer. */
  hold(): void;
  /** What was held goes on its way, in order. */
  release(): void;
  /** Nothing comes through the connections of now any more, and neither end is told. New ones are as they should be. */
  lose(): void;
  readonly heldBytes: number;
};

const host = "127.0.0.1";
/** Of one direction of one connection; beyond it the sender is read no more, as with full buffers of a real network. */
const heldBytesMax = 4 * 1024 * 1024;

type Conditions = {
  delayMs: number;
  isHeld: boolean;
  trigger: { readonly text: string; readonly act: () => void } | null;
};

export async function startTcpProxy(): Promise<TcpProxy> {
  const conditions: Conditions = { delayMs: 0, isHeld: false, trigger: null };
  const links = new Set<Link>();
  let target: { host: string; port: number } | null = null;
  const server = createServer({ allowHalfOpen: true }, (near) => {
    if (target === null) return void near.destroy();
    const link = join(near, connect({ ...target, allowHalfOpen: true }), conditions, () => links.delete(link));
    links.add(link);
  }).listen(0, host);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  const cut = (): void => {
    for (const link of links) link.cut();
  };
  return {
    before(url) {
      const through = new URL(url);
      target = { host: through.hostname, port: Number(through.port) };
      through.host = `${host}:${port}`;
      // A server that is named without a path stays without one.
      return url.endsWith("/") ? through.href : through.href.replace(/\/$/u, "");
    },
    cut,
    delay: (ms) => void (conditions.delayMs = ms),
    when: (text, act) => void (conditions.trigger = { text, act }),
    hold: () => void (conditions.isHeld = true),
    release() {
      conditions.isHeld = false;
      for (const link of links) link.flush();
    },
    lose() {
      for (const link of links) link.lose();
    },
    get heldBytes() {
      return [...links].reduce((sum, { heldBytes }) => sum + heldBytes, 0);
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      cut();
      await closed;
    },
  };
}

type Link = { cut(): void; flush(): void; lose(): void; readonly heldBytes: number };

function join(near: Socket, far: Socket, conditions: Conditions, closed: () => void): Link {
  const sockets = [near, far];
  let isLost = false;
  const own: Way = { isHeld: () => isLost || conditions.isHeld, delayMs: () => conditions.delayMs };
  const ways = [way(near, far, own), way(far, near, own)];
  near.prependListener("data", (chunk: Buffer) => {
    const { trigger } = conditions;
    if (trigger === null || !chunk.includes(trigger.text)) return;
    conditions.trigger = null;
    trigger.act();
  });
  const cut = (): void => {
    for (const socket of sockets) socket.resetAndDestroy();
    closed();
  };
  for (const socket of sockets) {
    socket.setNoDelay(true);
    socket.once("error", cut);
  }
  near.once("close", () => far.destroyed && closed());
  far.once("close", () => near.destroyed && closed());
  return {
    cut,
    flush: () => ways.forEach((each) => each.flush()),
    lose: () => void (isLost = true),
    get heldBytes() {
      return ways.reduce((sum, { heldBytes }) => sum + heldBytes, 0);
    },
  };
}

type Way = { readonly isHeld: () => boolean; readonly delayMs: () => number };

/** One direction: what came, when it may go on, and in the end that nothing more comes. */
function way(from: Socket, to: Socket, conditions: Way): { flush(): void; readonly heldBytes: number } {
  const queue: { readonly chunk: Buffer | null; readonly dueMs: number }[] = [];
  let bytes = 0;
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    while (!conditions.isHeld() && queue.length > 0 && queue[0]!.dueMs <= performance.now() && !to.destroyed) {
      const { chunk } = queue.shift()!;
      if (chunk === null) to.end();
      else to.write(chunk);
      bytes -= chunk?.length ?? 0;
    }
    if (bytes < heldBytesMax) from.resume();
    if (queue.length > 0 && !conditions.isHeld() && !to.destroyed)
      timer = setTimeout(flush, Math.max(1, queue[0]!.dueMs - performance.now()));
  };
  const put = (chunk: Buffer | null): void => {
    const latestMs = queue.at(-1)?.dueMs ?? 0;
    queue.push({ chunk, dueMs: Math.max(latestMs, performance.now() + conditions.delayMs()) });
    bytes += chunk?.length ?? 0;
    if (bytes >= heldBytesMax) from.pause();
    flush();
  };
  from.on("data", put).once("end", () => put(null));
  return {
    flush,
    get heldBytes() {
      return bytes;
    },
  };
}
