import { type ChildProcess, execFileSync, spawn, spawnSync, type SpawnOptions } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { delimiter, join } from "node:path";
import { systemClock } from "#adapters/system-clock.ts";
import { readEnv } from "#functions/config.ts";

/** A server program of Debian's, run as a child for as long as it is needed. */
export type ServerProcess = AsyncDisposable & {
  /** On the data that is there. Resolves when it takes connections. */
  start(): Promise<void>;
  /** As the server itself would like to be stopped. */
  stop(): Promise<void>;
  /** Every process of it by kill −9. */
  kill(): Promise<void>;
  /** Every process of it lives, holds its connections, and does nothing. */
  freeze(): void;
  thaw(): void;
};

export type ServerOptions = {
  /** Ends by the terminal's Ctrl-C itself. Otherwise that is for us alone, and the server stops when nobody needs it any more. */
  readonly sharesTerminal?: boolean;
};

export type Recipe = {
  readonly program: string;
  readonly args: readonly string[];
  /** What of its command line, as it shows while it runs, no other process has. */
  readonly title: string;
  readonly options: Pick<SpawnOptions, "uid" | "gid" | "env"> & ServerOptions & { readonly cwd: string };
  /** What it prints when it takes connections. */
  readonly readyText: string;
  readonly stopSignal: NodeJS.Signals;
};

const startMsMax = 30_000;
const stopMsMax = 15_000;
const pollMs = 50;
const outputKept = 10_000;

export function serverProcess(recipe: Recipe): ServerProcess {
  let server: ChildProcess | null = null;

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const child = server;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    if (signal === "SIGKILL") killFamily(child.pid!);
    else {
      sendToFamily(child.pid!, "SIGCONT");
      sendTo(child.pid!, signal);
    }
    const timer = setTimeout(() => child.kill("SIGKILL"), stopMsMax);
    await exited;
    clearTimeout(timer);
  };
  const stop = (): Promise<void> => end(recipe.stopSignal);
  return {
    async start() {
      await endLeftOver(recipe);
      const { sharesTerminal = false, ...options } = recipe.options;
      server = spawn(recipe.program, recipe.args, {
        ...options,
        detached: !sharesTerminal,
        stdio: ["ignore", "pipe", "pipe"],
      });
      writeFileSync(pidFile(recipe), `${server.pid} ${recipe.title}`);
      try {
        await ready(server, recipe);
      } catch (error) {
        await end("SIGKILL");
        throw error;
      }
    },
    stop,
    kill: () => end("SIGKILL"),
    freeze: () => {
      if (server?.pid !== undefined) freezeFamily(server.pid);
    },
    thaw: () => {
      if (server?.pid !== undefined) sendToFamily(server.pid, "SIGCONT");
    },
    [Symbol.asyncDispose]: stop,
  };
}

const pidFile = ({ options }: Recipe): string => join(options.cwd, "launcher.pid");

/** A server whose launcher was killed still holds its data. */
async function endLeftOver(recipe: Recipe): Promise<void> {
  const file = pidFile(recipe);
  if (!existsSync(file)) return;
  const [, digits, title = ""] = /^(\d+) (.+)$/u.exec(readFileSync(file, "utf8")) ?? [];
  const pid = Number(digits);
  // After a restart of the machine the number may be anybody's: another server of the same program, too.
  const isLeftOver = (): boolean => pid > 0 && [recipe.program, title].every((part) => commandOf(pid).includes(part));
  if (!isLeftOver()) return;
  killFamily(pid);
  // Postgres takes one that nobody has buried yet for alive.
  const isThere = (): boolean => isLeftOver() || commandOf(pid).includes("<defunct>");
  for (let waitedMs = 0; isThere() && waitedMs < stopMsMax; waitedMs += pollMs) await systemClock.sleep(pollMs);
}

/** The command line of a process; empty where there is none. */
function commandOf(pid: number): string {
  const { stdout } = spawnSync("ps", ["-ww", "-p", String(pid), "-o", "args="], { encoding: "utf8" });
  return stdout;
}

async function ready(child: ChildProcess, { program, readyText }: Recipe): Promise<void> {
  let output = "";
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const failed = (): void => reject(new Error(`${program} did not start: ${output}`));
  const timer = setTimeout(failed, startMsMax);
  const read = (text: string): void => {
    output = (output + text).slice(-outputKept);
    if (output.includes(readyText)) resolve();
  };
  child.stdout?.setEncoding("utf8").on("data", read);
  child.stderr?.setEncoding("utf8").on("data", read);
  child.once("error", failed).once("exit", failed);
  try {
    await promise;
  } finally {
    clearTimeout(timer);
  }
}

/** Postgres' children outlive a killed server for a moment, and hold what the next one would lock. */
function killFamily(pid: number): void {
  freezeFamily(pid);
  sendToFamily(pid, "SIGKILL");
}

/** The parent first, to have no more children. */
function freezeFamily(pid: number): void {
  sendTo(pid, "SIGSTOP");
  sendToFamily(pid, "SIGSTOP");
}

function sendToFamily(pid: number, signal: NodeJS.Signals): void {
  for (const each of [pid, ...childrenOf(pid)]) sendTo(each, signal);
}

function childrenOf(pid: number): number[] {
  const lines = execFileSync("ps", ["-A", "-o", "ppid=,pid="], { encoding: "utf8" }).split("\n");
  return lines.flatMap((line) => {
    const [parent, child] = line.trim().split(/\s+/u).map(Number);
    return parent === pid && child !== undefined ? [child] : [];
  });
}

function sendTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** The first of these directories, and of those on the path, that has the program. */
export function findProgram(name: string, directories: readonly string[]): string | null {
  const all = [...directories, ...(readEnv()["PATH"] ?? "").split(delimiter)];
  return all.map((directory) => join(directory, name)).find((path) => existsSync(path)) ?? null;
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
