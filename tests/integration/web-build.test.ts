import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { builtWeb } from "#dev/web/build-cache.ts";

const KiB = 1024;
/** Everything there is to fetch, compressed: what is only for some is in it, too. */
const allBytesMax = 150 * KiB;
/** What a first visit fetches before anything can be done. */
const firstBytesMax = 50 * KiB;

let directory: string;
const progress: string[] = [];
beforeAll(async () => {
  directory = await builtWeb((text) => progress.push(text));
});

/** As it is sent to who takes gzip, the worse of the two. */
async function sentBytes(file: string): Promise<number> {
  const compressed = await stat(join(directory, `${file}.gz`)).catch(() => null);
  return (compressed ?? (await stat(join(directory, file)))).size;
}

async function filesSent(): Promise<string[]> {
  const files = await readdir(directory, { recursive: true, withFileTypes: true });
  return files
    .filter((file) => file.isFile() && !/\.(?:gz|br)$|^headers\.json$/u.test(file.name))
    .map(({ parentPath, name }) => join(parentPath, name).slice(directory.length + 1));
}

test("all of the client is at most 150 KiB compressed", async () => {
  const files = await filesSent();
  expect(files.length).toBeGreaterThan(8);
  const sizes = await Promise.all(files.map(async (file) => [file, await sentBytes(file)] as const));
  const sum = sizes.reduce((total, [, size]) => total + size, 0);
  console.log(`the client: ${(sum / KiB).toFixed(1)} KiB compressed in ${files.length} files`);
  expect(sum, JSON.stringify(Object.fromEntries(sizes))).toBeLessThanOrEqual(allBytesMax);
});

test("what a first visit waits for is at most 50 KiB, and none of it comes from elsewhere", async () => {
  const page = await readFile(join(directory, "index.html"), "utf8");
  const named = [...page.matchAll(/(?:src|href)="([^"]+)"/gu)].map(([, url = ""]) => url);
  expect(named.filter((url) => !url.startsWith("/"))).toEqual([]);
  const first = ["index.html", ...named.map((url) => url.slice(1)).filter((file) => file.startsWith("assets/"))];
  expect(first.length).toBeGreaterThan(2);
  const sizes = await Promise.all(first.map(sentBytes));
  expect(sizes.reduce((total, size) => total + size, 0)).toBeLessThanOrEqual(firstBytesMax);
});

test("the service worker keeps every file of this build, and no other", async () => {
  const worker = await readFile(join(directory, "service-worker.js"), "utf8");
  const kept = [...worker.matchAll(/["'`](\/assets\/[^"'`]+)["'`]/gu)].map(([, url = ""]) => url.slice(1));
  const assets = (await filesSent()).filter((file) => file.startsWith("assets/"));
  expect(kept.toSorted()).toEqual(assets.toSorted());
});

test("the same sources are built once", async () => {
  progress.length = 0;
  expect(await builtWeb((text) => progress.push(text))).toBe(directory);
  expect(progress).toEqual([]);
});
