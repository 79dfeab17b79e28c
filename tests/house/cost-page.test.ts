import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
/** Without what the formatter is free to do: the widths of tables. */
const words = (text: string) =>
  text
    .replaceAll(/-{3,}/gu, "---")
    .replaceAll(/[ \t]+/gu, " ")
    .trim();

test("docs/cost.md is what the calculator says today", () => {
  const page = execFileSync(process.execPath, [join(root, "cli/cost.ts"), "--page"], { cwd: root, encoding: "utf8" });
  expect(words(readFileSync(join(root, "docs/cost.md"), "utf8"))).toBe(words(page));
});
