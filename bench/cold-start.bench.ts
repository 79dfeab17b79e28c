// How long a function takes from the first line of its bundle until all the code that its start needs has run once, Neon's driver included, in processes that have just started: what
// Lambda does for each new environment, without the connections that follow (they wait for servers, not for code). Beside it the floor: a bundle of an empty handler.
// Budget (targets.md): ≤ 150 ms, and ≤ 1 MB zipped. CPU time beside the clock's, because the machine may be shared.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleText, functionNames, zippedBytes } from "#tests/support/lambda/bundle.ts";
import { summary } from "./support/statistics.ts";

const isSmoke = process.argv.includes("--smoke");
const starts = isSmoke ? 2 : 30;

/** By function, what its file imports (functions/lambda/) beside what opens the servers. */
const handlers = {
  http: "./functions/http/handler.ts",
  connect: "./functions/ws/connect.ts",
  message: "./functions/ws/default.ts",
  disconnect: "./functions/ws/disconnect.ts",
} as const satisfies Record<(typeof functionNames)[number], string>;

const opening = `export { openFunctions } from "./functions/lambda/open-functions.ts"; export { openNeon } from "./adapters/neon/neon.ts";`;

const directory = mkdtempSync(join(tmpdir(), "cold-start-"));
try {
  const rows = [{ name: "an empty handler (floor)", text: "export const handler = () => undefined;" }];
  for (const name of functionNames)
    rows.push({
      name,
      text: `export * from "${handlers[name]}"; ${opening}`,
    });
  const bundles = await Promise.all(
    rows.map(async ({ name, text }, i) => ({
      name,
      file: await bundleText(text, join(directory, String(i))),
      cpuMs: [] as number[],
      clockMs: [] as number[],
    })),
  );
  for (let start = 0; start < starts; start++) {
    for (const { file, cpuMs, clockMs } of bundles) {
      const took = started(file);
      cpuMs.push(took.cpuMs);
      clockMs.push(took.clockMs);
    }
  }
  console.log(`cold start: ${starts} processes of each, interleaved, Node ${process.version}\n`);
  console.log("bundle | zipped, all of it, KiB | CPU ms (min, median) | by the clock, ms (min, median)");
  for (const { name, file, cpuMs, clockMs } of bundles) {
    const [cpu, clock] = [summary(cpuMs), summary(clockMs)];
    console.log(
      [
        name,
        (zippedBytes(file) / 1024).toFixed(0),
        `${cpu.min.toFixed(1)}, ${cpu.median.toFixed(1)}`,
        `${clock.min.toFixed(1)}, ${clock.median.toFixed(1)}`,
      ].join(" | "),
    );
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}

function started(file: string): { cpuMs: number; clockMs: number } {
  const program = `
    const [cpu, from] = [process.cpuUsage(), performance.now()];
    await import(${JSON.stringify(file)});
    const clockMs = performance.now() - from;
    const { user, system } = process.cpuUsage(cpu);
    console.log(JSON.stringify({ cpuMs: (user + system) / 1000, clockMs }));
    process.exit(0);`;
  const said = execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
  return JSON.parse(said) as { cpuMs: number; clockMs: number };
}
