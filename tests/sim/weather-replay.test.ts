import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { afterAll, expect, test } from "vitest";

// TypeScript is stripped by WebAssembly, which --jitless has not: the program is bundled first.

const home = mkdtempSync(join(tmpdir(), "thousand-worlds-replay-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const program = join(home, "weather-hash.mjs");
buildSync({
  entryPoints: [join(import.meta.dirname, "../support/weather-hash.ts")],
  outfile: program,
  bundle: true,
  platform: "node",
  format: "esm",
});

test.each([["--jitless"], ["--no-opt"], ["--always-sparkplug"], ["--no-turbo-inlining"]])(
  "%s and the optimising compiler come to the same weather, bit for bit",
  { timeout: 120_000 },
  (flag) => {
    const run = (...flags: string[]) =>
      execFileSync(process.execPath, [...flags, program], { encoding: "utf8" }).trim();
    const hash = run();
    expect(hash).toMatch(/^[0-9a-f]{16}$/);
    expect(run(flag)).toBe(hash);
  },
);
