import { mkdir, readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import * as z from "zod";
import { writeWhole } from "../data-dir.ts";

// What an operator's command needs to reach the servers of a launch: their passwords are of that launch only, and nobody else has them.

type Env = Readonly<Record<string, string | undefined>>;

const left = z.object({ pid: z.int().min(1), env: z.record(z.string(), z.string()) });

const fileIn = (dataDir: string): string => join(resolve(dataDir), "services", "admin.json");

/** For this user's eyes only, and until it is disposed of. */
export async function leaveAccess(dataDir: string, env: Readonly<Record<string, string>>): Promise<AsyncDisposable> {
  const file = fileIn(dataDir);
  await mkdir(join(file, ".."), { recursive: true, mode: 0o700 });
  await writeWhole(file, JSON.stringify({ pid: process.pid, env } satisfies z.input<typeof left>));
  return { [Symbol.asyncDispose]: () => rm(file, { force: true }) };
}

/**
 * The environment with the servers of the launch that runs in this data directory. As it is where none runs, or where it names a server that is
 * not that launch's: whoever works on another system is not to speak to this one by accident.
 */
export async function withAccess(dataDir: string, env: Env): Promise<Env> {
  const access = await accessIn(dataDir);
  if (access === null) return env;
  const { DATABASE_DIRECT_URL: direct } = env;
  const isOfAnother = direct !== undefined && direct !== access["DATABASE_URL"];
  const agrees = Object.entries(access).every(([name, value]) => env[name] === undefined || env[name] === value);
  return agrees && !isOfAnother ? { ...env, ...access } : env;
}

async function accessIn(dataDir: string): Promise<Readonly<Record<string, string>> | null> {
  const text = await readFile(fileIn(dataDir), "utf8").catch(() => null);
  if (text === null) return null;
  const read = left.safeParse(parsed(text));
  // A launch that was killed could not take it away.
  return read.success && isRunning(read.data.pid) ? read.data.env : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
