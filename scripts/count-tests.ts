import { readFileSync } from "node:fs";

// Prints "N passed, N failed" from vitest's JSON report and the exit code of the whole test command. A test file that cannot be loaded
// counts as one failure, and so does a command that failed without a failing test (formatting, lint, types, documents).

const [reportPath = "", exitCode = "1"] = process.argv.slice(2);

type FileResult = { readonly status: string; readonly assertionResults: readonly { readonly status: string }[] };

let passed = 0;
let failed = 0;
const files = fileResults();
for (const { status, assertionResults } of files) {
  const failedHere = assertionResults.filter((test) => test.status === "failed").length;
  passed += assertionResults.filter((test) => test.status === "passed").length;
  failed += status === "failed" ? Math.max(1, failedHere) : failedHere;
}
if ((exitCode !== "0" || files.length === 0) && failed === 0) failed = 1;
console.log(`${passed} passed, ${failed} failed`);

/** None where vitest never came to write its report. */
function fileResults(): readonly FileResult[] {
  try {
    const report = JSON.parse(readFileSync(reportPath, "utf8")) as { readonly testResults?: readonly FileResult[] };
    return report.testResults ?? [];
  } catch (error) {
    console.error(`no report of tests: ${String(error)}`);
    return [];
  }
}
