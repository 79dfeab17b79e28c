import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");

/** Whatever makes markup or code out of text. What others say is only ever set as text. */
const dangerous =
  /innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|srcdoc|document\.write|DOMParser|createContextualFragment|setHTMLUnsafe|\beval\(|new Function|javascript:/u;

async function sourcesOf(...patterns: string[]): Promise<string[]> {
  const files: string[] = [];
  for await (const file of glob(patterns, { cwd: root })) files.push(file);
  return files;
}

test("the client makes no markup and no code out of text", async () => {
  const files = await sourcesOf("web/src/**/*.{ts,tsx}", "client/**/*.ts");
  expect(files.length).toBeGreaterThan(20);
  const found: string[] = [];
  for (const file of files) if (dangerous.test(await readFile(join(root, file), "utf8"))) found.push(file);
  expect(found).toEqual([]);
});

test("the page has no script, style or handler of its own inline", async () => {
  const page = await readFile(join(root, "web/index.html"), "utf8");
  expect(page).not.toMatch(/<style|style=|\son\w+=|<script(?![^>]*\ssrc=)/u);
});

test("the policy allows nothing inline, and no code from text", async () => {
  const headers = JSON.parse(await readFile(join(root, "web/headers.json"), "utf8")) as {
    every: Record<string, string>;
  };
  const policy = headers.every["content-security-policy"];
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy).not.toMatch(/unsafe|data:|https?:|\*/u);
});
