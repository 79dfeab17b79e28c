import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

// node scripts/build-web.ts <directory>: makes the client, with its service worker, its headers and every text compressed beforehand.

const web = join(import.meta.dirname, "../web");
const compressible = /\.(?:html|js|css|svg|webmanifest)$/u;

// Whatever this machine is set to: Vite and what it bundles go by it.
process.env["NODE_ENV"] = "production";
const { build } = await import("vite");

await buildWeb(process.argv[2] ?? join(web, "dist"));

async function buildWeb(outDir: string): Promise<void> {
  await mkdir(outDir, { recursive: true });
  await build({ configFile: join(web, "vite.config.ts"), logLevel: "warn", build: { outDir, emptyOutDir: true } });
  await buildServiceWorker(outDir);
  await compress(outDir);
  await cp(join(web, "headers.json"), join(outDir, "headers.json"));
}

/** It keeps the pages that everybody needs; what is only for some is kept by nobody and fetched when it is wanted. */
async function buildServiceWorker(outDir: string): Promise<void> {
  const assets = (await readdir(join(outDir, "assets"))).toSorted().map((name) => `/assets/${name}`);
  const files = ["/", "/icon.svg", "/manifest.webmanifest", ...assets];
  const page = await readFile(join(outDir, "index.html"));
  const version = createHash("sha256").update(page).update(files.join()).digest("hex").slice(0, 12);
  await build({
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    define: { shell: JSON.stringify({ version, files }) },
    build: {
      outDir,
      emptyOutDir: false,
      target: "es2022",
      modulePreload: false,
      rolldownOptions: {
        input: join(web, "service-worker/main.ts"),
        output: { entryFileNames: "service-worker.js", format: "iife" },
      },
    },
  });
}

async function compress(outDir: string): Promise<void> {
  const files = await readdir(outDir, { recursive: true });
  for (const file of files.filter((name) => compressible.test(name))) {
    const path = join(outDir, file);
    const bytes = await readFile(path);
    const options = { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } };
    await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes, options));
    await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }));
  }
}
