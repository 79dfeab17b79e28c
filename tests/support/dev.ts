import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pinoLog } from "#adapters/log.ts";
import { startDev } from "#dev/start.ts";
import type { Env } from "#adapters/env/parse.ts";
import { configFromEnv } from "#functions/config.ts";

const root = join(import.meta.dirname, "../..");
/** A start from nothing takes three seconds on an idle machine, and much longer on one that is not. */
const startMsMax = 50_000;
const stopMsMax = 20_000;

/** The whole backend, wherever it runs. */
export type Backend = AsyncDisposable & {
  readonly url: string;
  /** Everything that it has logged or printed so far. */
  output(): string;
};

/** In this process, on a free port, with a directory of its own that ends with it. */
export async function startTestBackend(env: Env = {}): Promise<Backend> {
  await using starting = new AsyncDisposableStack();
  const dataDir = starting.use(await temporaryDirectory());
  const config = configFromEnv({
    LOG_LEVEL: "debug",
    ...env,
    DATA_DIR: dataDir.path,
    PORT: String(await freePort()),
  });
  const lines: string[] = [];
  const log = pinoLog({ level: config.logLevel, destination: { write: (line) => void lines.push(line) } });
  const dev = starting.use(await startDev({ config, log }));
  const running = starting.move();
  return { url: dev.url, output: () => lines.join(""), [Symbol.asyncDispose]: () => running.disposeAsync() };
}

export type Ended = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** `npm start` as its own process. */
export type BackendProcess = Backend & {
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly ended: Promise<Ended>;
  /** As a crash would, in the middle of whatever it does. */
  kill(): Promise<void>;
  /** As Ctrl-C would; throws unless it ends in time and well. */
  stop(): Promise<void>;
};

type Options = { readonly dataDir: string; readonly port?: number; readonly env?: Env };

/** Resolves once it says that it is ready; throws with what it said where it does not. */
export async function startBackendProcess({ dataDir, port, env = {} }: Options): Promise<BackendProcess> {
  const number = port ?? (await freePort());
  const started = run({ LOG_LEVEL: "debug", ...env, DATA_DIR: dataDir, PORT: String(number) });
  const isReady = () => started.stdout().includes("Thousand Worlds is ready");
  if (!(await started.until(isReady, startMsMax))) {
    started.child.kill("SIGKILL");
    throw new Error(`the backend did not start:\n${started.stdout()}${started.stderr()}`);
  }
  const end = async (signal: NodeJS.Signals) => {
    started.child.kill(signal);
    return started.ended;
  };
  return {
    url: `http://localhost:${number}`,
    stdout: started.stdout,
    stderr: started.stderr,
    output: () => started.stdout() + started.stderr(),
    ended: started.ended,
    async kill() {
      await end("SIGKILL");
    },
    async stop() {
      const ended = await within(stopMsMax, end("SIGTERM"));
      if (ended?.code !== 0) throw new Error(`it did not stop well: ${JSON.stringify(ended)}\n${started.stderr()}`);
    },
    async [Symbol.asyncDispose]() {
      await end("SIGKILL");
    },
  };
}

/** A start that is expected to fail: what it said and how it ended. */
export async function failedStart(env: Env): Promise<Ended & { readonly stdout: string; readonly stderr: string }> {
  const started = run(env);
  try {
    const ended = await within(startMsMax, started.ended);
    if (ended === null) throw new Error(`it went on instead of ending:\n${started.stdout()}${started.stderr()}`);
    return { ...ended, stdout: started.stdout(), stderr: started.stderr() };
  } finally {
    started.child.kill("SIGKILL");
  }
}

/** The command itself, without anything of this process' environment that it reads. */
function run(env: Env) {
  const { PATH, HOME } = process.env;
  const child: ChildProcess = spawn(join(root, "node_modules/.bin/node"), ["dev/main.ts"], {
    cwd: root,
    env: { PATH, HOME, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  // A test that fails where nothing disposes of it must not leave it running.
  process.once("exit", () => child.kill("SIGKILL"));
  const said = { stdout: "", stderr: "" };
  let news = Promise.withResolvers<void>();
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      said[name] += text;
      news.resolve();
      news = Promise.withResolvers();
    });
  }
  const ended = once(child, "close").then(([code, signal]): Ended => {
    news.resolve();
    return { code: code as number | null, signal: signal as NodeJS.Signals | null };
  });
  const until = async (isSo: () => boolean, msMax: number) => {
    const gaveUp = AbortSignal.timeout(msMax);
    const late = once(gaveUp, "abort");
    while (!isSo() && !gaveUp.aborted && child.exitCode === null && child.signalCode === null) {
      await Promise.race([news.promise, late]);
    }
    return isSo();
  };
  return { child, ended, until, stdout: () => said.stdout, stderr: () => said.stderr };
}

/** null where it takes longer. */
async function within<T>(msMax: number, work: Promise<T>): Promise<T | null> {
  const late = once(AbortSignal.timeout(msMax), "abort").then(() => null);
  return Promise.race([work, late]);
}

export async function temporaryDirectory(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), "thousand-worlds-e2e-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Found first and then passed on: the origins that are allowed follow from it. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
