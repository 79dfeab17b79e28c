import { existsSync } from "node:fs";
import { loadEnvFile } from "node:process";
import { ConfigError } from "#adapters/env/parse.ts";
import { AppError } from "#core/lib/errors.ts";
import type { Log } from "#core/ports/system.ts";

/** What a tool ends with. */
export const exitCodes = { done: 0, failed: 1, usage: 2, refused: 3, pending: 4 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The command line makes no sense. The message is one line. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The shell of every tool: whatever happens ends in words on stderr and an exit code. */
export async function run(main: (args: readonly string[]) => Promise<ExitCode>): Promise<void> {
  try {
    if (existsSync(".env")) loadEnvFile(".env");
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    process.exitCode = report(error);
  }
}

/** A tool speaks for itself. */
export const silentLog: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function report(error: unknown): ExitCode {
  if (error instanceof UsageError || error instanceof ConfigError || isBadArgument(error)) {
    console.error(error.message);
    return exitCodes.usage;
  }
  if (!(error instanceof AppError)) {
    console.error(error);
    return exitCodes.failed;
  }
  console.error(withCause(error));
  return error.code === "CONFLICT" ? exitCodes.refused : exitCodes.failed;
}

/** An operator may see why: it is his database. */
function withCause(error: AppError): string {
  let deepest: unknown = error;
  while (deepest instanceof Error && deepest.cause instanceof Error) deepest = deepest.cause;
  const why = deepest instanceof Error && deepest !== error ? deepest.message : "";
  return why === "" ? error.message : `${error.message} (${why})`;
}

function isBadArgument(error: unknown): error is Error {
  const code = error instanceof Error ? (error as { code?: unknown }).code : null;
  return typeof code === "string" && code.startsWith("ERR_PARSE_ARGS");
}

function ignore(): void {}
