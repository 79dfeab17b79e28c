import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { deadReferences } from "../../scripts/dead-references.ts";

const script = join(import.meta.dirname, "../../scripts/check-docs.ts");

const sources: Record<string, string> = {
  "README.md": "",
  "package.json": `{ "scripts": { "bench": "true" } }`,
  ".env.example": "",
  ".gitignore": "node_modules/\n.data/\n*.log\n",
  "core/ports/bus.ts": "",
  "core/world/model.ts": "",
  "tests/contract/bus.test.ts": "",
  "docs/architecture.md": "# Layers\n\n## What, where & why?\n\n## Flows\n\n## Flows\n\n```sh\n# not a heading\n```\n",
};

/** What is dead in a document of this text, as `cited: why`. */
function deadIn(text: string, document = "docs/page.md"): string[] {
  const files = { ...sources, [document]: text };
  const tree = {
    files: Object.keys(files),
    ignored: ["node_modules", ".data"],
    scripts: ["bench"],
    read: (file: string) => files[file] ?? "",
  };
  return deadReferences(document, tree).map(({ cited, why }) => `${cited}: ${why}`);
}

test.each([
  ["a file of the tree", "See `core/ports/bus.ts` and `core/world/model.ts:12`."],
  ["a folder, with and without its slash", "In `core/` and `tests/contract`."],
  ["an alias", "From `#core/ports/bus.ts`."],
  ["a name alone, wherever it is", "Its `model.ts`, and `.env.example`."],
  ["an ending alone", "Imports carry `.ts`."],
  ["a glob that matches", "All `tests/**/*.test.ts`."],
  ["a path within a command", "Run `node core/ports/bus.ts --fast`."],
  ["what is made at run time", "It is in `.data/secret.json` and `node_modules/pg/package.json`."],
  ["a placeholder", "One `core/<domain>/decide.ts` each, `tests/contract/….ts`."],
  [
    "what only looks like a path",
    "GET `/api/game/ws`, `hono/cors`, `world.tick.<id>`, `and/or`, `https://x.org/core/none.ts`.",
  ],
  [
    "links",
    "[a](architecture.md), [b](../core/ports/bus.ts), [c](./architecture.md#flows-1), [d](#here), [e](https://x.org/y.md)\n\n# Here",
  ],
  ["a heading with marks in it", "[a](architecture.md#what-where--why)"],
  ["an npm script", "`npm run bench`"],
  ["commands in a block", "```sh\nnode core/ports/bus.ts && curl http://localhost/core/none.ts\n```"],
])("alive: %s", (_, text) => {
  expect(deadIn(text)).toEqual([]);
});

test.each([
  ["a file that is gone", "See `core/gone.ts`.", "core/gone.ts: no such path"],
  ["a folder that is gone", "In `core/gone/`.", "core/gone/: no such path"],
  ["a path outside every folder", "In `server/main.ts`.", "server/main.ts: no such path"],
  ["an alias of nothing", "From `#core/gone.ts`.", "#core/gone.ts: no such path"],
  ["a name that is nowhere", "Its `gone.ts`.", "gone.ts: no such path"],
  ["a glob that matches nothing", "All `core/**/*.sql`.", "core/**/*.sql: matches nothing"],
  ["a link to nothing", "[a](gone.md)", "gone.md: no such file"],
  ["a link that climbs out", "[a](../../core/ports/bus.ts)", "../../core/ports/bus.ts: no such file"],
  ["an anchor that is gone", "[a](architecture.md#flow)", "architecture.md#flow: no such heading"],
  [
    "an anchor in a block of code",
    "[a](architecture.md#not-a-heading)",
    "architecture.md#not-a-heading: no such heading",
  ],
  ["an anchor of its own that is gone", "[a](#there)\n\n# Here", "#there: no such heading"],
  ["a link by reference", "[a]: gone.md", "gone.md: no such file"],
  ["a picture", `<img src="gone.png">`, "gone.png: no such file"],
  ["an npm script that is gone", "`npm run gone`", "npm run gone: package.json has no such script"],
  ["a path in a block", "```sh\nnode core/gone.ts\n```", "core/gone.ts: no such path"],
  ["a path after a block", "```sh\nls\n```\n\n`core/gone.ts`", "core/gone.ts: no such path"],
])("dead: %s", (_, text, dead) => {
  expect(deadIn(text)).toEqual([dead]);
});

test("the script says where, counts, and fails; once mended it passes; CHANGELOG.md may speak of what is gone", async () => {
  const root = await mkdtemp(join(tmpdir(), "docs-"));
  const run = promisify(execFile);
  const write = async (file: string, text: string) => {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  };
  try {
    for (const [file, text] of Object.entries(sources)) await write(file, text);
    await run("git", ["init", "--quiet", root]);
    await write("README.md", "# Here\n\nSee `core/gone.ts`.\n");
    await write("CHANGELOG.md", "Removed `core/gone.ts`.\n");
    await expect(run(process.execPath, [script, root])).rejects.toMatchObject({
      code: 1,
      stdout: "2 documents, 1 dead references\n",
      stderr: "README.md:3: core/gone.ts: no such path\n",
    });
    await write("README.md", "# Here\n\nSee `core/ports/bus.ts`.\n");
    expect((await run(process.execPath, [script, root])).stdout).toBe("2 documents, 0 dead references\n");
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});
