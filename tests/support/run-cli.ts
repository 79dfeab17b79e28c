import { spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { captureLog } from "./run-logs.ts";

export type CliResult = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

type Options = {
  readonly env?: Readonly<Record<string, string>>;
  /** What is typed at its prompt. */
  readonly input?: string;
};

/** Runs a tool as an operator would, from a directory without a `.env`. */
export async function runCli(
  tool: "migrate" | "admin" | "planet",
  args: readonly string[],
  options: Options = {},
): Promise<CliResult> {
  const child = spawn(process.execPath, [join(import.meta.dirname, `../../cli/${tool}.ts`), ...args], {
    cwd: tmpdir(),
    env: { PATH: process.env["PATH"], ...options.env },
    stdio: "pipe",
  });
  child.stdin.on("error", () => undefined);
  child.stdin.end(options.input ?? "");
  const exited = once(child, "exit") as Promise<[number | null]>;
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
  // What it answers on stdout is for the operator who asked, and no log.
  captureLog(stderr);
  return { code, stdout, stderr };
}
