import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { assert } from "#core/lib/assert.ts";
import { AppError } from "#core/lib/errors.ts";

/** A directory that this process has for itself, until it closes it or ends, however it ends. */
export type DataDir = AsyncDisposable & {
  readonly path: string;
  /** Thirty-two random bytes as base64url, made on first need and the same ever after. */
  secret(name: string): Promise<string>;
  close(): Promise<void>;
};

/** Throws an AppError of one clear line when another process has it, or when it cannot be used. */
export async function openDataDir(directory: string): Promise<DataDir> {
  const path = resolve(directory);
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    const release = await lock(path);
    return { path, secret: (name) => secretIn(path, name), close: release, [Symbol.asyncDispose]: release };
  } catch (error) {
    if (error instanceof AppError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new AppError("UNAVAILABLE", `The data directory ${path} cannot be used (${code ?? message}).`, {
      cause: error,
    });
  }
}

const sqliteBusy = 5;

/**
 * The lock is the one that SQLite takes on an open file: the operating system holds it, so it ends with the process, even by kill −9, and is
 * right across containers, where a pid written down means nothing. The pid beside it is for the message only.
 */
async function lock(path: string): Promise<() => Promise<void>> {
  const owner = join(path, "lock.pid");
  const held = new DatabaseSync(join(path, "lock"), { timeout: 0 });
  try {
    held.exec("pragma locking_mode = exclusive; begin exclusive");
  } catch (error) {
    held.close();
    if ((error as { errcode?: number }).errcode !== sqliteBusy) throw error;
    const pid = (await readFile(owner, "utf8").catch(() => "")).trim();
    throw new AppError(
      "CONFLICT",
      `The data directory ${path} is in use by process ${pid === "" ? "(unknown)" : pid}.`,
    );
  }
  await writeWhole(owner, `${process.pid}\n`);
  return async () => {
    if (!held.isOpen) return;
    await rm(owner, { force: true });
    held.close();
  };
}

async function secretIn(path: string, name: string): Promise<string> {
  assert(/^[a-z][a-z0-9-]*$/.test(name), `not a name for a secret: ${name}`);
  const file = join(path, "secrets", name);
  const kept = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (kept !== null) {
    // Making a new one would silently end every session.
    if (!/^[\w-]{43}$/.test(kept.trim())) {
      throw new AppError(
        "UNAVAILABLE",
        `The secret ${file} is damaged. Restore it, or remove it to have a new one made.`,
      );
    }
    return kept.trim();
  }
  await mkdir(join(path, "secrets"), { recursive: true, mode: 0o700 });
  const secret = randomBytes(32).toString("base64url");
  await writeWhole(file, `${secret}\n`);
  return secret;
}

/** All of it or nothing, whenever the process is killed; for this user's eyes only. */
export async function writeWhole(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text, { mode: 0o600, flush: true });
  await rename(`${file}.new`, file);
}
