import { join } from "node:path";
import { readOwn, writeOwn } from "./kept-files.ts";

export const historyMax = 500;

const pathIn = (stateDir: string): string => join(stateDir, "history");

/** Newest first, as readline has them. */
export async function keptHistory(stateDir: string): Promise<string[]> {
  const text = (await readOwn(pathIn(stateDir))) ?? "";
  return text
    .split("\n")
    .filter((line) => line !== "")
    .slice(-historyMax)
    .toReversed();
}

/** What cannot be kept is not worth an error: the game is over by then. */
export async function keepHistory(stateDir: string, newestFirst: readonly string[]): Promise<void> {
  const lines = newestFirst.slice(0, historyMax).toReversed();
  await writeOwn(pathIn(stateDir), lines.map((line) => `${line}\n`).join("")).catch(() => undefined);
}
