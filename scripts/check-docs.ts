import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { deadReferences } from "./dead-references.ts";

// Fails when a document cites a path, a heading or an npm script that is not there. CHANGELOG.md may speak of what is gone.

const root = process.argv[2] ?? process.cwd();
const read = (file: string) => readFileSync(join(root, file), "utf8");

const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], { cwd: root });
const files = listed
  .toString()
  .split("\0")
  .filter((file) => file !== "" && existsSync(join(root, file)));
const ignored = read(".gitignore")
  .split("\n")
  .map((line) => line.replaceAll("/", "").trim())
  .filter((name) => name !== "");
const { scripts = {} } = JSON.parse(read("package.json")) as { scripts?: Record<string, string> };
const tree = { files, ignored, scripts: Object.keys(scripts), read };

const documents = files.filter((file) => file.endsWith(".md") && file !== "CHANGELOG.md");
let found = 0;
for (const document of documents) {
  for (const { line, cited, why } of deadReferences(document, tree)) {
    console.error(`${document}:${line}: ${cited}: ${why}`);
    found += 1;
  }
}
console.log(`${documents.length} documents, ${found} dead references`);
process.exitCode = found === 0 ? 0 : 1;
