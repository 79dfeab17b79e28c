import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { AppError } from "#core/lib/errors.ts";
import type { Log } from "#core/ports/system.ts";
import { encodeCommand, type Reply, replyReader } from "./resp.ts";

export type RedisAddress = {
  readonly host: string;
  readonly port: number;
  readonly password?: string;
  /** Over TLS, with a certificate that this machine trusts. */
  readonly isEncrypted?: boolean;
};

export type RedisLink = Disposable & {
  /** Everything in one write, so that nothing of others comes between. Rejects with UNAVAILABLE: then it may or may not have run. */
  send(commands: readonly (readonly string[])[]): Promise<readonly Reply[]>;
};

export type LinkLimits = {
  readonly connectMsMax: number;
  /** From asking to the last reply. A Redis that is slower counts as gone, and everything that waits for it fails. */
  readonly answerMsMax: number;
  /** Commands under way; one more is refused. */
  readonly pendingMax: number;
};

export const defaultLinkLimits: LinkLimits = { connectMsMax: 1000, answerMsMax: 5000, pendingMax: 20_000 };

type Waiting = {
  readonly replies: Reply[];
  readonly count: number;
  readonly timer: NodeJS.Timeout;
  readonly resolve: (replies: readonly Reply[]) => void;
  readonly reject: (error: Error) => void;
};

type Line = { readonly socket: Socket; readonly waiting: Waiting[]; pending: number };

/** One connection to a real Redis, opened when first asked to and again after it broke. */
export function redisLink(address: RedisAddress, log: Log, limits: LinkLimits = defaultLinkLimits): RedisLink {
  let line: Promise<Line> | null = null;
  let isDisposed = false;

  const open = async (onClose: () => void): Promise<Line> => {
    const socket = await connected(address, limits.connectMsMax);
    const opened: Line = { socket, waiting: [], pending: 0 };
    const read = replyReader();
    socket.on("data", (chunk) => {
      try {
        for (const reply of read(chunk)) settle(opened, reply);
      } catch (error) {
        socket.destroy(error as Error);
      }
    });
    socket.on("error", (error) => log.warn({ error }, "the connection to Redis broke"));
    socket.once("close", () => {
      onClose();
      for (const { timer, reject } of opened.waiting.splice(0)) {
        clearTimeout(timer);
        reject(away());
      }
    });
    if (address.password !== undefined) {
      const [greeting] = await ask(opened, [["AUTH", address.password]], limits);
      if (greeting?.kind === "error") {
        socket.destroy();
        throw new AppError("UNAVAILABLE", "Redis refuses the password.");
      }
    }
    return opened;
  };

  /** Whoever comes while it is being opened waits for the same attempt. */
  const reopened = (): Promise<Line> => {
    const forget = () => {
      if (line === opening) line = null;
    };
    const opening = open(forget).catch((error: unknown) => {
      forget();
      throw error instanceof AppError ? error : away(error);
    });
    line = opening;
    return opening;
  };

  return {
    async send(commands) {
      if (isDisposed) throw away();
      const opened = await (line ?? reopened());
      if (isDisposed || opened.socket.destroyed) throw away();
      return ask(opened, commands, limits);
    },
    [Symbol.dispose]() {
      isDisposed = true;
      line?.then(({ socket }) => socket.destroy()).catch(() => undefined);
    },
  };
}

function connected({ host, port, isEncrypted = false }: RedisAddress, msMax: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const target = { host, port, noDelay: true, keepAlive: true };
    const socket = isEncrypted ? connectTls({ ...target, servername: host }) : connect(target);
    const ready = isEncrypted ? "secureConnect" : "connect";
    const timer = setTimeout(() => socket.destroy(new Error("Redis did not accept the connection in time")), msMax);
    socket.once("error", reject).once(ready, () => {
      socket.off("error", reject);
      resolve(socket);
    });
    socket.once(ready, () => clearTimeout(timer)).once("close", () => clearTimeout(timer));
  });
}

function ask(line: Line, commands: readonly (readonly string[])[], limits: LinkLimits): Promise<readonly Reply[]> {
  if (line.pending + commands.length > limits.pendingMax)
    return Promise.reject(new AppError("UNAVAILABLE", "Redis has too much to do just now."));
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => line.socket.destroy(new Error("Redis does not answer")), limits.answerMsMax);
    line.waiting.push({ replies: [], count: commands.length, timer, resolve, reject });
    line.pending += commands.length;
    line.socket.write(commands.map(encodeCommand).join(""));
  });
}

function settle(line: Line, reply: Reply): void {
  const first = line.waiting[0];
  if (first === undefined) throw new Error("a reply that nobody asked for");
  first.replies.push(reply);
  line.pending -= 1;
  if (first.replies.length < first.count) return;
  line.waiting.shift();
  clearTimeout(first.timer);
  first.resolve(first.replies);
}

function away(cause?: unknown): AppError {
  return new AppError("UNAVAILABLE", "Redis cannot be reached just now.", { cause });
}
