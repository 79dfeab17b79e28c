import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { randomUUID } from "node:crypto";

/** Of a file that others on this machine may read nothing is believed. */
const others = 0o077;

/** null where there is none, or it is not only its owner's. */
export async function readOwn(path: string): Promise<string | null> {
  try {
    const { mode } = await stat(path);
    return (mode & others) === 0 ? await readFile(path, "utf8") : null;
  } catch {
    return null;
  }
}

/** Whole or not at all, readable by its owner alone from the first moment on. */
export async function writeOwn(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const fresh = `${path}.${randomUUID()}`;
  try {
    await writeFile(fresh, text, { mode: 0o600, flag: "wx" });
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}
