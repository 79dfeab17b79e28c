import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");

type Machine = {
  /** Debian packages that are there already. */
  readonly installed?: string;
  readonly aptWorks?: boolean;
  readonly npmCiWorks?: boolean;
  /** What the tests report; none where they never came to run. */
  readonly report?: readonly (readonly ["passed" | "failed", number])[];
  readonly npmTestCode: number;
};

/** Runs .ci/run in a directory of its own, where apt, dpkg, npm and sleep are stand-ins that write down how they were called. */
async function runOn(machine: Machine): Promise<{ code: number; lastLine: string; calls: string[] }> {
  const directory = await mkdtemp(join(tmpdir(), "ci-run-"));
  try {
    await mkdir(join(directory, "bin"));
    await cp(join(root, ".ci"), join(directory, ".ci"), { recursive: true });
    await cp(join(root, "scripts"), join(directory, "scripts"), { recursive: true });
    await symlink(join(root, "node_modules"), join(directory, "node_modules"));
    const testResults = (machine.report ?? []).map(([status, count]) => ({
      status,
      assertionResults: Array.from({ length: count }, () => ({ status })),
    }));
    await writeFile(join(directory, "report.json"), JSON.stringify({ testResults }));
    const writesReport = machine.report === undefined ? "true" : `cp report.json "$VITEST_JSON"`;
    const called = `echo "$(basename "$0") $1" >> calls`;
    const standIns = {
      "dpkg-query": `case " ${machine.installed ?? ""} " in *" $4 "*) printf installed;; *) exit 1;; esac`,
      "apt-get": `${called}\n[ $1 = update ] || echo "$@" >> packages\nexit ${machine.aptWorks === false ? 100 : 0}`,
      sudo: `while [ "\${1#-}" != "$1" ]; do shift; done\nexec "$@"`,
      sleep: `true`,
      npm: `${called}\ncase $1 in ci) exit ${machine.npmCiWorks === false ? 1 : 0};; test) ${writesReport}; exit ${machine.npmTestCode};; esac`,
    };
    for (const [name, body] of Object.entries(standIns))
      await writeFile(join(directory, "bin", name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });

    const env = { ...process.env, PATH: `${join(directory, "bin")}:${process.env["PATH"]}` };
    const [code, output] = await new Promise<[number, string]>((resolve) => {
      const child = execFile("bash", [join(directory, ".ci/run")], { env, timeout: 30_000 }, (_, stdout) =>
        resolve([child.exitCode ?? -1, stdout]),
      );
    });
    const calls = await readFile(join(directory, "calls"), "utf8");
    return { code, lastLine: output.trimEnd().split("\n").at(-1) ?? "", calls: calls.trimEnd().split("\n") };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

const everything = "postgresql-15 postgresql-15-postgis-3 redis-server nats-server chromium";

test("on a prepared machine it installs nothing, runs the tests and ends with their count", async () => {
  const machine: Machine = {
    installed: everything,
    npmTestCode: 0,
    report: [
      ["passed", 2],
      ["passed", 3],
    ],
  };
  expect(await runOn(machine)).toEqual({ code: 0, lastLine: "5 passed, 0 failed", calls: ["npm ci", "npm test"] });
});

test("what is missing is installed, after one update", async () => {
  const machine: Machine = { installed: "postgresql-15 chromium", npmTestCode: 0, report: [["passed", 1]] };
  expect(await runOn(machine)).toEqual({
    code: 0,
    lastLine: "1 passed, 0 failed",
    calls: ["apt-get update", "apt-get install", "npm ci", "npm test"],
  });
});

test("what cannot be installed is tried three times, and the tests have the last word", async () => {
  const machine: Machine = { aptWorks: false, npmTestCode: 0, report: [["passed", 1]] };
  const update = "apt-get update";
  expect(await runOn(machine)).toEqual({
    code: 0,
    lastLine: "1 passed, 0 failed",
    calls: [update, update, update, "npm ci", "npm test"],
  });
});

test.each<[string, Omit<Machine, "installed">, string]>([
  [
    "a test fails",
    {
      npmTestCode: 1,
      report: [
        ["passed", 2],
        ["failed", 1],
      ],
    },
    "2 passed, 1 failed",
  ],
  ["formatting, lint or types fail before any test", { npmTestCode: 1 }, "0 passed, 1 failed"],
  ["something fails after all tests passed", { npmTestCode: 1, report: [["passed", 2]] }, "2 passed, 1 failed"],
  [
    "a failing test is reported though npm test says nothing",
    { npmTestCode: 0, report: [["failed", 1]] },
    "0 passed, 1 failed",
  ],
  ["no test ran though npm test is content", { npmTestCode: 0 }, "0 passed, 1 failed"],
])("it fails when %s", async (_, machine, lastLine) => {
  const { code, ...rest } = await runOn({ installed: everything, ...machine });
  expect(rest).toEqual({ lastLine, calls: ["npm ci", "npm test"] });
  expect(code).not.toBe(0);
});

test("when the dependencies cannot be installed it gives up after three attempts", async () => {
  const machine: Machine = { installed: everything, npmCiWorks: false, npmTestCode: 0, report: [["passed", 1]] };
  expect(await runOn(machine)).toEqual({
    code: 1,
    lastLine: "0 passed, 1 failed",
    calls: ["npm ci", "npm ci", "npm ci"],
  });
});
