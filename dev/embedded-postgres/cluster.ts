import { PGlite } from "@electric-sql/pglite";
import { postgis } from "@electric-sql/pglite-postgis";
import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { cp, mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Of the PGlite that package.json pins. */
export const postgresMajor = "18";

/** Why a directory cannot be opened, in words for the person who starts the program. */
export class ClusterRefused extends Error {
  override readonly name = "ClusterRefused";
}

type Options = {
  readonly dataDir: string;
  readonly cacheDir: string;
  readonly onProgress: (text: string) => void;
};

const draftKeptMs = 3_600_000;

/**
 * Opens the cluster in `dataDir`, making it first where there is none. A directory of that name appears by one rename, when everything in it
 * is whole: whatever kills the process before leaves a draft beside it, which the next start throws away.
 */
export async function openCluster(options: Options): Promise<PGlite> {
  const { dataDir, onProgress } = options;
  const found = await majorOf(dataDir);
  if (found === null) await makeCluster(options);
  else if (found !== postgresMajor) {
    throw new ClusterRefused(`${dataDir} was made by PostgreSQL ${found}; this program embeds ${postgresMajor}.`);
  }
  onProgress("opening the database");
  return PGlite.create({ dataDir, extensions: { postgis } });
}

async function makeCluster({ dataDir, cacheDir, onProgress }: Options): Promise<void> {
  if (!(await isFree(dataDir))) throw new ClusterRefused(`${dataDir} is not empty and holds no database.`);
  const draft = `${dataDir}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(dirname(dataDir), { recursive: true });
  const snapshot = await snapshotIn(cacheDir, onProgress);
  if (snapshot === null) await makeFresh(draft);
  else await cp(snapshot, draft, { recursive: true, mode: constants.COPYFILE_FICLONE });
  await rename(draft, dataDir);
}

/** The directory of a fresh cluster with PostGIS, made on first need; null where the cache cannot be written. */
async function snapshotIn(cacheDir: string, onProgress: (text: string) => void): Promise<string | null> {
  const snapshot = join(cacheDir, await snapshotName());
  if ((await majorOf(snapshot)) !== null) return snapshot;
  onProgress("making a database with PostGIS; only the first start ever takes this long");
  const draft = `${snapshot}.${randomUUID()}.draft`;
  try {
    await mkdir(cacheDir, { recursive: true });
  } catch {
    return null;
  }
  await sweepDrafts(cacheDir);
  try {
    await makeFresh(draft);
    await rename(draft, snapshot);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another process was faster: theirs is as good.
    if ((await majorOf(snapshot)) !== null) return snapshot;
    if (isReadOnly(error)) return null;
    throw error;
  }
  return snapshot;
}

async function makeFresh(directory: string): Promise<void> {
  // Segments of 1 MB instead of 16 make a fresh cluster 30 MB instead of 62.
  const fresh = await PGlite.create({
    dataDir: directory,
    extensions: { postgis },
    initDbStartParams: ["--wal-segsize=1"],
  });
  await fresh.exec("create extension if not exists postgis");
  await fresh.exec("checkpoint");
  await fresh.close();
}

/** What a killed process left half made. */
async function sweepDrafts(cacheDir: string): Promise<void> {
  for (const name of await readdir(cacheDir)) {
    const path = join(cacheDir, name);
    if (!name.endsWith(".draft")) continue;
    const entry = await stat(path).catch(() => null);
    if (entry !== null && Date.now() - entry.mtimeMs > draftKeptMs) await rm(path, { recursive: true, force: true });
  }
}

async function isFree(directory: string): Promise<boolean> {
  try {
    return (await readdir(directory)).length === 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return true;
    throw error;
  }
}

async function majorOf(directory: string): Promise<string | null> {
  try {
    return (await readFile(join(directory, "PG_VERSION"), "utf8")).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

async function snapshotName(): Promise<string> {
  const versions = ["@electric-sql/pglite", "@electric-sql/pglite-postgis"].map(async (name) => {
    const manifest = join(dirname(fileURLToPath(import.meta.resolve(name))), "../package.json");
    return (JSON.parse(await readFile(manifest, "utf8")) as { version: string }).version;
  });
  return `cluster-${(await Promise.all(versions)).join("-postgis-")}`;
}

function isReadOnly(error: unknown): boolean {
  return ["EACCES", "EPERM", "EROFS"].includes((error as NodeJS.ErrnoException).code ?? "");
}
