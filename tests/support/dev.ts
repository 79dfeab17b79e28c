import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Env } from "#adapters/env/parse.ts";
import { pinoLog } from "#adapters/log.ts";
import { freePort } from "#dev/servers/server-process.ts";
import type { Site } from "#dev/gateway/http.ts";
import { type Dev, startDev } from "#dev/start.ts";
import { webSite } from "#dev/web/web-site.ts";
import { type Config, configFromEnv } from "#functions/config.ts";
import { type Ended, type Program, runProgram, within } from "./program.ts";
import { captureLog } from "./run-logs.ts";
import { removeServices } from "./services.ts";

/** A start from nothing takes three seconds on an idle machine, and much longer on one that is not. */
const startMsMax = 50_000;
const stopMsMax = 20_000;

/** The whole backend, wherever it runs. */
export type Backend = AsyncDisposable & {
  readonly url: string;
  /** What it stands on, as it calls it where it tells how they are. */
  readonly servers: readonly string[];
  /** Everything that it has logged or printed so far. */
  output(): string;
};

const starts = { "one process": startInThisProcess, services: startServicesApart };
let kind: keyof typeof starts = "one process";

/** From here on the suites of this file are run on such a backend. */
export function testOn(backend: keyof typeof starts): void {
  kind = backend;
}

export function backendKind(): keyof typeof starts {
  return kind;
}

/** On a free port, with a directory of its own that ends with it. */
export function startTestBackend(env: Env = {}): Promise<Backend> {
  return starts[kind](env);
}

/** What operators have in their hands beside: what they do to it on the command line. */
export type TestSite = Backend & Pick<Dev, "ctx">;

/** With the browser client at "/". */
export function startTestSite(env: Env = {}): Promise<TestSite> {
  return startInThisProcess(env, (config) => webSite(config, () => {}));
}

/** Every service in a process of its own, on servers of their own. */
async function startServicesApart(env: Env): Promise<Backend> {
  await using starting = new AsyncDisposableStack();
  const dataDir = starting.use(await temporaryDirectory());
  starting.defer(() => removeServices(dataDir.path));
  const backend = await startBackendProcess({ dataDir: dataDir.path, env, program: "dev/services/main.ts" });
  starting.defer(() => backend.stop());
  const running = starting.move();
  return { ...backend, servers: ["database", "redis", "nats"], [Symbol.asyncDispose]: () => running.disposeAsync() };
}

async function startInThisProcess(env: Env, siteOf?: (config: Config) => Promise<Site>): Promise<TestSite> {
  await using starting = new AsyncDisposableStack();
  const dataDir = starting.use(await temporaryDirectory());
  const config = configFromEnv({
    LOG_LEVEL: "debug",
    ...env,
    DATA_DIR: dataDir.path,
    PORT: env["PORT"] ?? String(await freePort()),
  });
  const lines: string[] = [];
  const write = (line: string): void => {
    lines.push(line);
    captureLog(line);
  };
  const log = pinoLog({ level: config.logLevel, destination: { write } });
  const dev = starting.use(await startDev({ config, log, ...(siteOf && { site: siteOf(config) }) }));
  const running = starting.move();
  return {
    url: dev.url,
    ctx: dev.ctx,
    servers: ["database"],
    output: () => lines.join(""),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** `npm start`, or another program, as its own process. */
export type BackendProcess = Omit<Backend, "servers"> & {
  readonly pid: number;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly ended: Promise<Ended>;
  /** As a crash would, in the middle of whatever it does. */
  kill(): Promise<void>;
  /** As Ctrl-C would; throws unless it ends in time and well. */
  stop(): Promise<void>;
};

type Options = {
  readonly dataDir: string;
  readonly port?: number;
  readonly env?: Env;
  readonly program?: Program;
  readonly args?: readonly string[];
};

/** Resolves once it says that it is ready; throws with what it said where it does not. */
export async function startBackendProcess(options: Options): Promise<BackendProcess> {
  const { dataDir, env = {}, program = "dev/main.ts", args = [] } = options;
  const port = options.port ?? (await freePort());
  const started = runProgram(program, args, { LOG_LEVEL: "debug", ...env, DATA_DIR: dataDir, PORT: String(port) });
  const isReady = () => started.stdout().includes("Thousand Worlds is ready");
  if (!(await started.until(isReady, startMsMax))) {
    await started.giveUp();
    throw new Error(`the backend did not start:\n${started.stdout()}${started.stderr()}`);
  }
  return {
    url: `http://localhost:${port}`,
    pid: started.pid,
    stdout: started.stdout,
    stderr: started.stderr,
    output: () => started.stdout() + started.stderr(),
    ended: started.ended,
    async kill() {
      await started.end("SIGKILL");
    },
    async stop() {
      const ended = await within(stopMsMax, started.end("SIGTERM"));
      if (ended?.code !== 0) throw new Error(`it did not stop well: ${JSON.stringify(ended)}\n${started.stderr()}`);
    },
    async [Symbol.asyncDispose]() {
      await started.end("SIGKILL");
    },
  };
}

/** A start that is expected to fail: what it said and how it ended. */
export async function failedStart(
  env: Env,
  program: Program = "dev/main.ts",
  args: readonly string[] = [],
): Promise<Ended & { readonly stdout: string; readonly stderr: string }> {
  const started = runProgram(program, args, env);
  const ended = await within(startMsMax, started.ended);
  if (ended === null) {
    await started.giveUp();
    throw new Error(`it went on instead of ending:\n${started.stdout()}${started.stderr()}`);
  }
  return { ...ended, stdout: started.stdout(), stderr: started.stderr() };
}

export { freePort };

export async function temporaryDirectory(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), "thousand-worlds-e2e-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
