import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = join(import.meta.dirname, "../../..");

export const functionNames = ["http", "connect", "message", "disconnect"] as const;
export type FunctionName = (typeof functionNames)[number];

/**
 * A function as SST bundles it: minified, with all but what is native; what is only loaded when it is needed stands in files of its own.
 * Answers where its handler is.
 */
export function bundleFunction(name: FunctionName, directory: string): Promise<string> {
  return bundleText(`export * from "./functions/lambda/${name}.ts";`, join(directory, name));
}

/** Where `bundleFunction` puts it. */
export const handlerFile = (name: FunctionName, directory: string): string => join(directory, name, "stdin.mjs");

/** A module of the root of this house, bundled likewise into a directory of its own. */
export async function bundleText(contents: string, outdir: string): Promise<string> {
  await build({
    stdin: { contents, resolveDir: root, loader: "ts" },
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node24",
    minify: true,
    legalComments: "none",
    mainFields: ["module", "main"],
    external: ["argon2"],
    banner: {
      js: 'import { createRequire as topLevelCreateRequire } from "module";\nconst require = topLevelCreateRequire(import.meta.url);',
    },
    logLevel: "silent",
  });
  return join(outdir, "stdin.mjs");
}

/** All files of a bundle as they are uploaded, each compressed as a zip does. */
export function zippedBytes(bundle: string): number {
  const directory = dirname(bundle);
  return readdirSync(directory).reduce((sum, file) => sum + gzipSync(readFileSync(join(directory, file))).length, 0);
}

/** What is read before the handler is there: its file, and those that it imports at once, not what it may load later. */
export function readAtStart(bundle: string): string {
  const texts = new Map<string, string>();
  const visit = (file: string): void => {
    if (texts.has(file)) return;
    const text = readFileSync(join(dirname(bundle), file), "utf8");
    texts.set(file, text);
    for (const [, chunk] of text.matchAll(/(?:from|import)"\.\/([\w-]+\.mjs)"/gu)) visit(chunk!);
  };
  visit(basename(bundle));
  return [...texts.values()].join("\n");
}
