import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { AppError } from "#core/lib/errors.ts";
import { readEnv } from "#functions/config.ts";

/** One of our own programs, run as a child and started again when it dies, as an orchestrator would. */
export type Child = AsyncDisposable & {
  readonly name: string;
  /** Of the process that runs now. */
  readonly pid: number | undefined;
  /** Resolves when it has said for the first time that it is ready; rejects where it ends several times before that. */
  readonly ready: Promise<void>;
};

export type ChildOptions = {
  readonly name: string;
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
  readonly print: (line: string) => void;
};

const restartMinMs = 500;
const restartMaxMs = 10_000;
const stopMsMax = 35_000;
const startsMax = 3;

export function startChild({ name, program, env, print }: ChildOptions): Child {
  const { promise: ready, resolve: isReady, reject: isHopeless } = Promise.withResolvers<void>();
  ready.catch(() => undefined);
  let child: ChildProcess;
  let isStopping = false;
  let restart: NodeJS.Timeout | undefined;
  let delayMs = restartMinMs;
  let starts = 0;

  const read = (stream: Readable | null): void => {
    if (!stream) return;
    createInterface({ input: stream }).on("line", (line) => {
      if (/"(?:worker|functions) ready"/u.test(line)) {
        delayMs = restartMinMs;
        isReady();
      }
      print(`[${name}] ${line}`);
    });
  };
  const start = (): void => {
    starts += 1;
    // In a group of its own: a Ctrl-C in the terminal is for the launcher, which stops its children in order. Its end of their standard
    // input tells them when it has been killed.
    child = spawn(process.execPath, [program], {
      detached: true,
      env: { ...readEnv(), ...env, STOP_WITH_STDIN: "true" },
      stdio: ["pipe", "pipe", "pipe"],
    });
    read(child.stdout);
    read(child.stderr);
    child.once("exit", (code, signal) => {
      if (isStopping) return;
      if (starts === startsMax)
        isHopeless(new AppError("UNAVAILABLE", `${name} does not start. What it said is above.`));
      print(`[${name}] ended (${signal ?? code}); it is started again in ${delayMs} ms`);
      restart = setTimeout(start, delayMs);
      delayMs = Math.min(restartMaxMs, delayMs * 2);
    });
  };
  start();
  return {
    name,
    get pid() {
      return child.pid;
    },
    ready,
    async [Symbol.asyncDispose]() {
      isStopping = true;
      clearTimeout(restart);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, "exit");
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), stopMsMax);
      await exited;
      clearTimeout(timer);
    },
  };
}
