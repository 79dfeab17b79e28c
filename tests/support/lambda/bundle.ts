import { join } from "node:path";
import { build } from "esbuild";

const root = join(import.meta.dirname, "../../..");

export const functionNames = ["http", "connect", "message", "disconnect"] as const;
export type FunctionName = (typeof functionNames)[number];

/** A function as SST bundles it: one file, minified, with all but what is native. Answers where it is. */
export async function bundleFunction(name: FunctionName, directory: string): Promise<string> {
  const outfile = join(directory, `${name}.mjs`);
  await build({
    entryPoints: [join(root, `functions/lambda/${name}.ts`)],
    outfile,
    bundle: true,
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
  return outfile;
}
