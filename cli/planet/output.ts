import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** Files that appear together, whole, or not at all. */
export type Output = AsyncDisposable & {
  write(name: string, content: string | Uint8Array): Promise<void>;
  writeRows(name: string, rows: Iterable<string>, signal: AbortSignal): Promise<void>;
  /** Puts all of them in their places, over what was there. */
  publish(): Promise<void>;
};

/** They are written beside their places, in a directory that is gone afterwards whatever happened. */
export async function openOutput(directory: string): Promise<Output> {
  await mkdir(directory, { recursive: true });
  const draft = await mkdtemp(join(directory, ".planet-"));
  const names: string[] = [];
  const place = (name: string) => {
    names.push(name);
    return join(draft, name);
  };
  return {
    write: (name, content) => writeFile(place(name), content),
    async writeRows(name, rows, signal) {
      await pipeline(Readable.from(chunksOf(rows)), createWriteStream(place(name)), { signal });
    },
    async publish() {
      for (const name of names) await rename(join(draft, name), join(directory, name));
    },
    async [Symbol.asyncDispose]() {
      await rm(draft, { recursive: true, force: true });
    },
  };
}

const rowsPerChunk = 1000;

function* chunksOf(rows: Iterable<string>): Generator<string> {
  let chunk: string[] = [];
  for (const row of rows) {
    chunk.push(row);
    if (chunk.length < rowsPerChunk) continue;
    yield `${chunk.join("\n")}\n`;
    chunk = [];
  }
  if (chunk.length > 0) yield `${chunk.join("\n")}\n`;
}
