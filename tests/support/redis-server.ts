import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/**
 * A real Redis of the test's own, on a free port of the loopback. It writes every command to its log before it answers and syncs the log
 * every second: kill −9 loses nothing that was answered, a power cut may lose the last two seconds.
 */
export type RedisServer = AsyncDisposable & {
  readonly host: string;
  readonly port: number;
  start(): Promise<void>;
  /** kill −9. */
  kill(): Promise<void>;
  /** It keeps its connections and answers nothing. */
  freeze(): void;
  thaw(): void;
};

const startTimeoutMs = 30_000;
const host = "127.0.0.1";

export function findRedisServer(): string | null {
  const directories = ["/usr/bin", "/usr/local/bin", ...(process.env["PATH"] ?? "").split(delimiter)];
  return directories.map((directory) => join(directory, "redis-server")).find((path) => existsSync(path)) ?? null;
}

export async function startRedisServer(program: string): Promise<RedisServer> {
  const home = mkdtempSync(join(tmpdir(), "thousand-worlds-redis-"));
  const port = await freePort();
  const settings = {
    port,
    bind: host,
    dir: home,
    appendonly: "yes",
    appendfsync: "everysec",
    save: "",
    daemonize: "no",
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  let server: ChildProcess | null = null;

  const start = async () => {
    const child = spawn(program, flags, { cwd: home, stdio: ["ignore", "pipe", "ignore"] });
    server = child;
    await new Promise<void>((resolve, reject) => {
      let output = "";
      const failed = () => reject(new Error(`redis-server did not start: ${output}`));
      const timer = setTimeout(failed, startTimeoutMs);
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        output = (output + text).slice(-10_000);
        if (!output.includes("Ready to accept connections")) return;
        clearTimeout(timer);
        resolve();
      });
      child.once("error", failed).once("exit", failed);
    });
  };

  const kill = async () => {
    if (server === null || server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, "exit");
    server.kill("SIGKILL");
    await exited;
  };

  await start();
  return {
    host,
    port,
    start,
    kill,
    freeze: () => void server?.kill("SIGSTOP"),
    thaw: () => void server?.kill("SIGCONT"),
    async [Symbol.asyncDispose]() {
      await kill();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, host);
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
