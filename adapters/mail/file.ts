import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { AppError } from "#core/lib/errors.ts";
import type { Mail } from "#core/ports/mail.ts";
import type { Clock, Log } from "#core/ports/system.ts";

/** The newest are kept: whoever develops must not run out of disk because of mails. */
export const filesKeptMax = 500;

/** For a machine of one's own: each mail is a text file, in the order of their names, and the log says which. Only its owner may read it. */
export function fileMail(directory: string, { clock, log }: { clock: Clock; log: Log }): Mail {
  const path = resolve(directory);
  return {
    async send({ to, subject, text }, signal) {
      const name = `${new Date(clock.nowMs()).toISOString().replaceAll(/[:.]/g, "-")}-${randomUUID().slice(0, 8)}.txt`;
      const file = join(path, name);
      try {
        signal.throwIfAborted();
        await mkdir(path, { recursive: true, mode: 0o700 });
        await writeFile(`${file}.new`, `To: ${to}\nSubject: ${subject}\n\n${text}`, { mode: 0o600, signal });
        await rename(`${file}.new`, file);
        await forgetOldest(path);
      } catch (cause) {
        throw new AppError("UNAVAILABLE", "The mail could not be written to a file.", { cause });
      }
      log.info({ file }, "a mail was written to a file");
    },
  };
}

async function forgetOldest(path: string): Promise<void> {
  const names = (await readdir(path)).filter((name) => name.endsWith(".txt")).toSorted();
  const old = names.slice(0, Math.max(0, names.length - filesKeptMax));
  await Promise.all(old.map((name) => rm(join(path, name), { force: true })));
}
