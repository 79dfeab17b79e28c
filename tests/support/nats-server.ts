import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { test } from "vitest";

/** A real nats-server of the test's own, on free ports of the loopback, with JetStream on disk. */
export type NatsServer = AsyncDisposable & {
  /** For nats.ws. The same after a restart. */
  readonly url: string;
  /** On the data that is there. Resolves when it takes connections. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** As a crash would: kill −9. */
  kill(): Promise<void>;
  /** It lives, holds its connections, and does nothing. */
  freeze(): void;
  thaw(): void;
  /** A crash that also loses what JetStream had stored. */
  wipe(): Promise<void>;
};

const startTimeoutMs = 20_000;
const stopTimeoutMs = 10_000;

/** The program, or null. Debian keeps it in /usr/sbin, which is not on everyone's path. */
export function findNatsServer(): string | null {
  const directories = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"];
  const found = directories.find((directory) => existsSync(join(directory, "nats-server")));
  return found === undefined ? null : join(found, "nats-server");
}

/** A test that fails in CI, and says elsewhere that nothing was tested, where there is no server. */
export function testNatsServerIsHere(): void {
  test.runIf(findNatsServer() === null)("nats-server is on this machine", () => {
    const message = "no nats-server here (scripts/install-nats.sh gets it): nothing was tested on a real server";
    if (process.env["CI"] === "true") throw new Error(message);
    console.warn(message);
  });
}

export async function startNatsServer(bin: string, options: { readonly token?: string } = {}): Promise<NatsServer> {
  const home = mkdtempSync(join(tmpdir(), "thousand-worlds-nats-"));
  const port = await freePort();
  const config = join(home, "nats.conf");
  const store = join(home, "store");
  const token = options.token === undefined ? "" : `authorization { token: "${options.token}" }`;
  writeFileSync(
    config,
    // A client that is cut off keeps its share of a queue group until the server misses its pings; by default that takes minutes.
    `listen: "127.0.0.1:${await freePort()}"
ping_interval: 5
ping_max: 2
websocket { listen: "127.0.0.1:${port}", no_tls: true }
jetstream { store_dir: "${store}"${canSyncAlways(bin) ? ", sync_interval: always" : ""} }
${token}
`,
  );
  let server: ChildProcess | null = null;

  const start = () =>
    new Promise<void>((resolve, reject) => {
      const child = spawn(bin, ["-c", config], { cwd: home, stdio: ["ignore", "ignore", "pipe"] });
      server = child;
      let output = "";
      const failed = () => reject(new Error(`nats-server did not start: ${output}`));
      const timer = setTimeout(failed, startTimeoutMs);
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        output = (output + text).slice(-10_000);
        if (!output.includes("Server is ready")) return;
        clearTimeout(timer);
        resolve();
      });
      child.once("error", failed).once("exit", failed);
    });

  const end = (signal: NodeJS.Signals) =>
    new Promise<void>((resolve) => {
      const child = server;
      if (child === null || child.exitCode !== null || child.signalCode !== null) return resolve();
      const insist = setTimeout(() => child.kill("SIGKILL"), stopTimeoutMs);
      child.once("exit", () => {
        clearTimeout(insist);
        resolve();
      });
      child.kill("SIGCONT");
      child.kill(signal);
    });

  await start();
  return {
    url: `ws://127.0.0.1:${port}`,
    start,
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
    freeze: () => void server?.kill("SIGSTOP"),
    thaw: () => void server?.kill("SIGCONT"),
    async wipe() {
      await end("SIGKILL");
      rmSync(store, { recursive: true, force: true });
    },
    async [Symbol.asyncDispose]() {
      await end("SIGKILL");
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** From 2.10 on; an older server refuses the word. */
function canSyncAlways(bin: string): boolean {
  const [, major = 0, minor = 0] = /v(\d+)\.(\d+)/.exec(execFileSync(bin, ["--version"], { encoding: "utf8" })) ?? [];
  return Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 10);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        address !== null && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
