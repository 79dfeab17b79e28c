import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import * as z from "zod";

const root = join(import.meta.dirname, "../..");
const run = promisify(execFile);
const read = (file: string) => readFile(join(root, file), "utf8");

const versions = z.record(z.string(), z.string());
const manifest = z.object({ dependencies: versions, devDependencies: versions });
const lockedPackage = z.looseObject({
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  optional: z.boolean().optional(),
  os: z.array(z.string()).optional(),
  cpu: z.array(z.string()).optional(),
  libc: z.array(z.string()).optional(),
  optionalDependencies: versions.optional(),
});
const lock = z.object({ packages: z.record(z.string(), lockedPackage) });

async function lockedPackages() {
  const { packages } = lock.parse(JSON.parse(await read("package-lock.json")));
  return Object.entries(packages).filter(([path]) => path !== "");
}

describe("the repository", () => {
  test("every dependency is pinned to one version", async () => {
    const { dependencies, devDependencies } = manifest.parse(JSON.parse(await read("package.json")));
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
    );
    expect(loose).toEqual([]);
  });

  test("the lock names no registry", async () => {
    const locked = await lockedPackages();
    expect(locked.length).toBeGreaterThan(100);
    expect(locked.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });

  test("the lock knows the contents of every package but those for platforms other than Linux on x64", async () => {
    const unknown = (await lockedPackages()).filter(([, { integrity }]) => integrity?.startsWith("sha512-") !== true);
    const isForeign = ({ optional, os, cpu, libc }: z.infer<typeof lockedPackage>) =>
      optional === true && !(os?.includes("linux") && cpu?.includes("x64") && libc?.includes("musl") !== true);
    expect(unknown.filter(([, locked]) => !isForeign(locked)).map(([path]) => path)).toEqual([]);
  });

  test("the lock has every platform's packages: without them npm ci refuses it where a registry lacks some", async () => {
    const locked = await lockedPackages();
    const names = new Set(locked.map(([path]) => path.split("node_modules/").at(-1)));
    const wanted = locked.flatMap(([, { optionalDependencies = {} }]) => Object.keys(optionalDependencies));
    expect(wanted.length).toBeGreaterThan(50);
    expect(wanted.filter((name) => !names.has(name))).toEqual([]);
  });

  test("every action of a workflow is pinned to a commit, and may only read", async () => {
    const directory = join(root, ".github/workflows");
    for (const file of await readdir(directory)) {
      const workflow = await readFile(join(directory, file), "utf8");
      const uses = [...workflow.matchAll(/\buses:\s*(.+)$/gm)].map(([, action = ""]) => action);
      expect(uses.filter((action) => !/^[\w-]+\/[\w/-]+@[0-9a-f]{40} # v[\d.]+$/.test(action))).toEqual([]);
      expect(workflow).toMatch(/^permissions:\n {2}contents: read\n\n/m);
      expect(workflow).toMatch(/timeout-minutes: \d+/);
    }
  });

  test(".ci/run is a script that bash can read and anyone can run", async () => {
    expect((await stat(join(root, ".ci/run"))).mode & 0o111).toBe(0o111);
    await run("bash", ["-n", join(root, ".ci/run")]);
  });
});

describe("the count of tests", () => {
  const file = (status: string, ...tests: string[]) => ({
    status,
    assertionResults: tests.map((of) => ({ status: of })),
  });

  async function count(report: string | null, exitCode: number): Promise<string> {
    const directory = await mkdtemp(join(tmpdir(), "count-"));
    try {
      const path = join(directory, "report.json");
      if (report !== null) await writeFile(path, report);
      const script = join(root, "scripts/count-tests.ts");
      return (await run(process.execPath, [script, path, String(exitCode)])).stdout;
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }
  const countOf = (exitCode: number, ...testResults: unknown[]) => count(JSON.stringify({ testResults }), exitCode);

  test("all files are summed, without what was skipped", async () => {
    const files = [file("passed", "passed", "passed", "pending"), file("failed", "passed", "failed", "failed", "todo")];
    expect(await countOf(1, ...files)).toBe("3 passed, 2 failed\n");
  });

  test("a file that cannot be loaded is one failure", async () => {
    expect(await countOf(1, file("passed", "passed"), file("failed"))).toBe("1 passed, 1 failed\n");
  });

  test("a command that fails without a failing test is one failure", async () => {
    expect(await countOf(2, file("passed", "passed"))).toBe("1 passed, 1 failed\n");
  });

  test.each([null, "", "{}", "half a repo"])("without a report (%j) nothing has passed", async (report) => {
    expect([await count(report, 1), await count(report, 0)]).toEqual(["0 passed, 1 failed\n", "0 passed, 1 failed\n"]);
  });
});
