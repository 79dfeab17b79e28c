import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import * as z from "zod";

const root = join(import.meta.dirname, "../..");
const lintTimeoutMs = 60_000;
const outputBytesMax = 64 * 1024 * 1024;

const report = z.object({ diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })) });
const tsconfig = { compilerOptions: { strict: true, target: "es2024", module: "nodenext", types: [] }, include: ["."] };

/**
 * Lints planted sources under the house's own configuration, in one process; answers the rules reported for each, sorted. There is no
 * node_modules beside them: following every SDK's imports would take minutes.
 */
export async function lintPlants(sources: Readonly<Record<string, string>>): Promise<ReadonlyMap<string, string[]>> {
  const directory = await mkdtemp(join(tmpdir(), "house-"));
  try {
    await cp(join(root, ".oxlintrc.json"), join(directory, ".oxlintrc.json"));
    await writeFile(join(directory, "tsconfig.json"), JSON.stringify(tsconfig));
    for (const [file, source] of Object.entries(sources)) {
      await mkdir(dirname(join(directory, file)), { recursive: true });
      await writeFile(join(directory, file), source);
    }
    const { diagnostics } = report.parse(JSON.parse(await oxlint(directory)));
    const rules = new Map(Object.keys(sources).map((file) => [file, [] as string[]]));
    for (const { code, filename } of diagnostics) {
      const found = rules.get(filename);
      if (found === undefined) throw new Error(`a report on a file that was not planted: ${filename}`);
      if (!found.includes(code)) found.push(code);
    }
    for (const found of rules.values()) found.sort();
    return rules;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function oxlint(cwd: string): Promise<string> {
  const bin = join(root, "node_modules/oxlint/bin/oxlint");
  const env = { ...process.env, OXLINT_TSGOLINT_PATH: join(root, "node_modules/.bin/tsgolint") };
  const args = [bin, "--type-aware", "--deny-warnings", "--format=json"];
  const options = { cwd, env, timeout: lintTimeoutMs, maxBuffer: outputBytesMax };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, options, (error, out, err) => {
      if (out.startsWith("{")) resolve(out);
      else reject(new Error(`oxlint did not report: ${out}${err}`, { cause: error }));
    });
  });
}
