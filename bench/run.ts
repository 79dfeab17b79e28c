import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { join } from "node:path";

// `npm run bench [-- name…] [--smoke]`: each bench in a process of its own, one after the other.

const args = process.argv.slice(2);
const flags = args.filter((arg) => arg.startsWith("--"));
const names = args.filter((arg) => !arg.startsWith("--"));
const all = (await readdir(import.meta.dirname)).filter((file) => file.endsWith(".bench.ts")).toSorted();
const chosen = all.filter((file) => names.length === 0 || names.some((name) => file.startsWith(name)));
if (chosen.length === 0) {
  console.error(
    `There is no bench called ${names.join(", ")}. There are: ${all.map((file) => file.replace(".bench.ts", "")).join(", ")}.`,
  );
  process.exitCode = 1;
}
for (const file of chosen) {
  const child = spawn(process.execPath, [join(import.meta.dirname, file), ...flags], { stdio: "inherit" });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) process.exitCode = 1;
}
