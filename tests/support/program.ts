import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Env } from "#adapters/env/parse.ts";
import { captureLog } from "./run-logs.ts";

const root = join(import.meta.dirname, "../..");
/** A launcher that is told to stop ends what it has started. */
const stopMsMax = 20_000;

export type Program =
  | "dev/main.ts"
  | "dev/services/main.ts"
  | "dev/containers/upstash-rest.ts"
  | "workers/ai-gateway/main.ts";
export type Ended = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** A program of ours as its own process, and what it says. */
export type Running = {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Whether it came to be so, in time and before it ended. */
  until(isSo: () => boolean, msMax: number): Promise<boolean>;
  end(signal: NodeJS.Signals): Promise<Ended>;
  /** In good order if it can. */
  giveUp(): Promise<void>;
};

/** The command itself, without anything of this process' environment that it reads. */
export function runProgram(program: Program, args: readonly string[], env: Env): Running {
  const { PATH, HOME } = process.env;
  const child: ChildProcess = spawn(join(root, "node_modules/.bin/node"), [program, ...args], {
    cwd: root,
    // A test that ends without a word must not leave it running.
    env: { PATH, HOME, STOP_WITH_STDIN: "true", ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const said = { stdout: "", stderr: "" };
  let news = Promise.withResolvers<void>();
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      said[name] += text;
      captureLog(text);
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
  const end = async (signal: NodeJS.Signals): Promise<Ended> => {
    child.kill(signal);
    return ended;
  };
  return {
    pid: child.pid!,
    ended,
    until,
    end,
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    async giveUp() {
      if ((await within(stopMsMax, end("SIGTERM"))) === null) await end("SIGKILL");
    },
  };
}

/** null where it takes longer. */
export async function within<T>(msMax: number, work: Promise<T>): Promise<T | null> {
  const late = once(AbortSignal.timeout(msMax), "abort").then(() => null);
  return Promise.race([work, late]);
}
