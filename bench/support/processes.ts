import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { freePort } from "#dev/servers/server-process.ts";
import { postgresHome } from "#dev/services/servers.ts";

export type Server = AsyncDisposable & { readonly port: number; rssBytes(): Promise<number>; cpuMs(): Promise<number> };

const startMsMax = 60_000;

/** A server in a process of its own, so that the load generator does not share its thread. It is ready when it prints `ready`. */
async function startProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  port: number,
): Promise<Server> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await ready(child);
  return {
    port,
    rssBytes: () => rssOf(child),
    cpuMs: () => cpuOf(child),
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

async function ready(child: ChildProcess): Promise<void> {
  const timeout = setTimeout(() => child.kill("SIGKILL"), startMsMax);
  try {
    if (!child.stdout) throw new Error("no output to read");
    for await (const line of createInterface({ input: child.stdout })) if (/ready/u.test(line)) return;
    throw new Error("a server ended before it was ready");
  } finally {
    clearTimeout(timeout);
    child.stdout?.resume();
  }
}

async function rssOf({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/VmRSS:\s+(\d+)/u.exec(status)?.[1] ?? 0) * 1024;
}

/** Since its start, in the kernel's steps of 10 ms. */
async function cpuOf({ pid }: ChildProcess): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  // The name may contain spaces; after its bracket utime and stime are the 12th and 13th.
  const [userTicks, systemTicks] = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .slice(11, 13);
  return (Number(userTicks) + Number(systemTicks)) * 10;
}

/** The floor: `ws` answers each message with itself. */
export async function startEcho(): Promise<Server> {
  const port = await freePort();
  return startProcess([join(import.meta.dirname, "echo-server.ts")], { PORT: String(port) }, port);
}

/** The floor of a post: a server that takes everything. */
export async function startAccepting(): Promise<Server> {
  const port = await freePort();
  return startProcess([join(import.meta.dirname, "accepting-server.ts")], { PORT: String(port) }, port);
}

/** The stand-in for API Gateway alone; `managementPort` is where `@connections` is. */
export async function startStandIn(): Promise<Server & { readonly managementPort: number }> {
  const [port, managementPort] = [await freePort(), await freePort()];
  const env = { PORT: String(port), MANAGEMENT_PORT: String(managementPort) };
  const server = await startProcess([join(import.meta.dirname, "stand-in-server.ts")], env, port);
  return { ...server, managementPort };
}

/** So many sockets of the stand-in, in a process of their own, reading. */
export async function startDraining(sockets: number, standIn: Server): Promise<Server> {
  const port = await freePort();
  const env = { PORT: String(port), SOCKETS: String(sockets), URL: `ws://127.0.0.1:${standIn.port}/` };
  return startProcess([join(import.meta.dirname, "draining-sockets.ts")], env, port);
}

/** Our whole app over memory. */
export async function startAuth(): Promise<Server> {
  const port = await freePort();
  return startProcess([join(import.meta.dirname, "auth-server.ts")], { PORT: String(port) }, port);
}

/** The auth worker over memory, as the only one of its role on this NATS. */
export async function startAuthWorker(settings: Readonly<Record<string, string>>): Promise<Server> {
  const port = await freePort();
  return startProcess([join(import.meta.dirname, "auth-worker.ts")], { PORT: String(port), ...settings }, port);
}

/** Its peer, likewise. */
export async function startBetterAuth(): Promise<Server> {
  const port = await freePort();
  return startProcess([join(import.meta.dirname, "../peers/better-auth-server.ts")], { PORT: String(port) }, port);
}

/** Every service apart, on real servers that it starts itself, with the limits on commands out of the way. */
export async function startServicesApart(): Promise<Server> {
  const port = await freePort();
  const dataDir = await mkdtemp(join(tmpdir(), "thousand-worlds-bench-"));
  // By their lines the launcher knows when they are ready.
  const env = { PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: "info", ...withoutLimits };
  const server = await startProcess([join(import.meta.dirname, "services-server.ts")], env, port);
  return {
    ...server,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await rm(postgresHome(join(dataDir, "services")), { recursive: true, force: true });
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

const withoutLimits = { COMMANDS_PER_SECOND: "10000", COMMANDS_BURST: "100000" };

/** The whole backend as `npm start` runs it, on a directory of its own, with the limits on commands out of the way. */
export async function startGame(settings: Readonly<Record<string, string>> = {}): Promise<Server> {
  const port = await freePort();
  const dataDir = await mkdtemp(join(tmpdir(), "thousand-worlds-bench-"));
  const server = await startProcess(
    [join(import.meta.dirname, "../../dev/main.ts")],
    {
      PORT: String(port),
      DATA_DIR: dataDir,
      LOG_LEVEL: "error",
      ...withoutLimits,
      ...settings,
    },
    port,
  );
  return {
    ...server,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
