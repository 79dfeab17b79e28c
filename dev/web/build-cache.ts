import { execFile } from "node:child_process";
import { createHash, type Hash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import { join, relative } from "node:path";
import { AppError } from "#core/lib/errors.ts";

/** Builds that are kept: of this checkout, and of others that share its node_modules. */
const buildsMax = 6;
const buildMsMax = 120_000;

const root = join(import.meta.dirname, "../..");
/** Everything that can be in a build. */
const sources = ["web", "client", "core", "scripts/build-web.ts", "package-lock.json"];
const isSource = /\.(?:ts|tsx|css|html|json|svg|webmanifest|woff2)$/u;

/** The directory of the client's build, by the content of its sources: made where there is none yet. */
export async function builtWeb(onProgress: (text: string) => void): Promise<string> {
  const builds = join(root, "node_modules/.cache/thousand-worlds/web");
  const built = join(builds, await contentHash());
  if (await isThere(built)) {
    await utimes(built, new Date(), new Date());
    return built;
  }
  onProgress("Building the browser client");
  const unfinished = `${built}.${process.pid}`;
  await mkdir(builds, { recursive: true });
  try {
    await build(unfinished);
    // Another process may have been quicker: then its build is as good.
    await rename(unfinished, built).catch(async (error: unknown) => {
      if (!(await isThere(built))) throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  await forgetOldest(builds);
  return built;
}

/** In a process of its own: the bundler's memory goes with it. */
function build(outDir: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const args = [join(root, "scripts/build-web.ts"), outDir];
    execFile(process.execPath, args, { cwd: root, timeout: buildMsMax }, (error, out, err) => {
      if (error === null) return resolve();
      const why = `${out}${err}`.trim() || error.message;
      return reject(new AppError("UNAVAILABLE", `The browser client could not be built: ${why}`, { cause: error }));
    });
  });
}

async function contentHash(): Promise<string> {
  const hash = createHash("sha256");
  for (const source of sources) await addTo(hash, join(root, source));
  return hash.digest("hex").slice(0, 16);
}

async function addTo(hash: Hash, path: string): Promise<void> {
  if ((await stat(path)).isDirectory()) {
    const names = (await readdir(path)).filter((name) => name !== "dist" && !name.includes(".test."));
    for (const name of names.toSorted()) await addTo(hash, join(path, name));
  } else if (isSource.test(path)) {
    hash.update(relative(root, path)).update("\0");
    hash.update(await readFile(path)).update("\0");
  }
}

async function forgetOldest(builds: string): Promise<void> {
  const paths = (await readdir(builds)).map((name) => join(builds, name));
  const used = await Promise.all(paths.map(async (path) => ({ path, atMs: (await stat(path)).mtimeMs })));
  const old = used.toSorted((a, b) => b.atMs - a.atMs).slice(buildsMax);
  await Promise.all(old.map(({ path }) => rm(path, { recursive: true, force: true })));
}

const isThere = (path: string): Promise<boolean> =>
  stat(join(path, "headers.json")).then(
    () => true,
    () => false,
  );
