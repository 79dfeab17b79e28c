import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";

export const root = join(import.meta.dirname, "../..");
const platform = join(root, ".sst/platform");

export const platformIsThere = (): boolean => existsSync(join(platform, "src/components/index.ts"));

/** A resource as the program declares it, with what is known of it before anything exists. */
export type Declared = {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
};

/** What SST was asked to build: a function's bundle, an image, a site. */
export type Asked = { readonly method: string; readonly args: unknown };

export type Graph = { readonly resources: readonly Declared[]; readonly asked: readonly Asked[] };

/**
 * Runs `sst.config.ts` for a stage as `sst deploy` would, with SST's own components, but under Pulumi's mocks: nothing is created, and what
 * would be is the answer. Leans on the insides of the pinned SST. Rejects with what the program said where it fails.
 */
export async function resourceGraph(stage: string, env: Readonly<Record<string, string>>): Promise<Graph> {
  await somePage();
  const directory = await mkdtemp(join(tmpdir(), "resource-graph-"));
  const bundle = join(platform, `graph-${process.pid}-${stage}.mjs`);
  try {
    await bundleProgram(stage, bundle);
    const output = join(directory, "graph.json");
    await promisify(execFile)(process.execPath, [bundle, output], {
      cwd: root,
      env: { ...env, PATH: process.env["PATH"], HOME: directory },
      timeout: 25_000,
      maxBuffer: 64 * 1024 * 1024,
    });
    return JSON.parse(await readFile(output, "utf8")) as Graph;
  } finally {
    await rm(bundle, { force: true });
    await rm(directory, { recursive: true, force: true });
  }
}

/** A site is deployed from what was built of it; here any page will do. */
async function somePage(): Promise<void> {
  const built = join(root, "web/dist");
  await mkdir(built, { recursive: true });
  await writeFile(join(built, "index.html"), "<!doctype html>", { flag: "wx" }).catch(() => undefined);
}

async function bundleProgram(stage: string, outfile: string): Promise<void> {
  const paths = { home: root, root, work: join(root, ".sst"), platform };
  await build({
    entryPoints: [join(import.meta.dirname, "graph-program.mjs")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    target: "node24",
    logLevel: "silent",
    tsconfigRaw: "{}",
    inject: [join(platform, "src/shim/run.js")],
    define: {
      $app: JSON.stringify({
        name: "thousand-worlds",
        stage,
        removal: "remove",
        protect: false,
        providers: { aws: {} },
      }),
      $cli: JSON.stringify({ command: "deploy", rpc: "", paths, home: root, state: { version: {} } }),
      $dev: "false",
    },
    alias: {
      "#config": join(root, "sst.config.ts"),
      "#platform-run": join(platform, "src/auto/run.ts"),
      "#platform-components": join(platform, "src/components/index.ts"),
    },
  });
}
