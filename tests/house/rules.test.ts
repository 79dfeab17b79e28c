import { beforeAll, describe, expect, test } from "vitest";
import { lintPlants } from "./lint-plants.ts";

const globals = "eslint(no-restricted-globals)";
const properties = "eslint(no-restricted-properties)";

/** What the linter stops: what it is, where it is planted, the source, the rules that say so. */
const stopped: readonly (readonly [what: string, file: string, source: string, ...rules: string[]])[] = [
  ["core reads the clock", "core/world/a.ts", `export const at = Date.now();`, globals],
  ["core makes a date", "core/world/b.ts", `export const at = new Date();`, globals],
  ["core reads the environment", "core/world/c.ts", `export const env = process.env["PORT"];`, globals],
  ["core fetches", "core/world/d.ts", `export const page = (): unknown => fetch("/");`, globals],
  ["core rolls dice", "core/world/e.ts", `export const roll = Math.random();`, properties],
  ["core takes the dice by their name", "core/lib/f.ts", `export const { random } = Math;`, properties],
  ["core waits", "core/world/g.ts", `export const later = setTimeout(() => {}, 1);`, globals],
  ["core repeats", "core/world/h.ts", `export const often = setInterval(() => {}, 1);`, globals],
  ["core defers", "core/world/i.ts", `setImmediate(() => {});`, globals],
  ["core times out", "core/world/j.ts", `export const signal = AbortSignal.timeout(1);`, properties],
  ["core measures time", "core/protocol/k.ts", `export const at = performance.now();`, globals],
  ["core makes ids", "core/world/l.ts", `export const id = crypto.randomUUID();`, globals],
  ["core prints", "core/world/m.ts", `console.log("hello");`, "eslint(no-console)", globals],
  ["core hides behind globalThis", "core/world/n.ts", `export const at = globalThis.Date.now();`, globals],
  ["core/ports holds code that reads the clock", "core/ports/system.ts", `export const at = Date.now();`, globals],
  ["a kernel reads the clock", "core/sim/o.ts", `export const at = Date.now();`, globals],
  ["a kernel rolls dice", "core/sim/p.ts", `export const roll = Math.random();`, properties],
  [
    "a kernel is async",
    "core/sim/q.ts",
    `export async function f(): Promise<void> {\n  await g;\n}\n\nconst g = (async () => {})();`,
    "oxc(no-async-await)",
  ],
  ["a kernel promises", "core/sim/r.ts", `export const f = (): unknown => Promise.resolve(1);`, globals],
  ["a service prints", "workers/world/a.ts", `console.log("hello");`, "eslint(no-console)"],
  ["a service reads the environment", "workers/world/b.ts", `export const env = process.env;`, properties],
  ["a service ends the process", "functions/http/c.ts", `process.exit(1);`, "unicorn(no-process-exit)"],
  ["a promise floats", "dev/a.ts", `const f = async () => {};\n\nf();`, "typescript(no-floating-promises)"],
  [
    "a promise is a condition",
    "dev/b.ts",
    `const f = async () => true;\n\nif (f()) throw new Error("never");`,
    "typescript(no-misused-promises)",
  ],
  [
    "an async function where nobody awaits it",
    "dev/c.ts",
    `export const f = (list: number[]): void => list.forEach(async () => {});`,
    "typescript(no-misused-promises)",
  ],
  [
    "what is no promise is awaited",
    "dev/d.ts",
    `export const f = async (n: number): Promise<number> => await n;`,
    "typescript(await-thenable)",
  ],
  [
    "a switch forgets a case",
    "dev/e.ts",
    `export function f(x: "a" | "b"): string {\n  switch (x) {\n    case "a":\n      return x;\n  }\n  return "";\n}`,
    "typescript(switch-exhaustiveness-check)",
  ],
  [
    "something other than an error is thrown",
    "dev/f.ts",
    `export function f(): never {\n  throw "words";\n}`,
    "typescript(only-throw-error)",
  ],
  [
    "a type is imported as a value",
    "dev/g.ts",
    `import { Thing } from "./thing.ts";\n\nexport type Other = Thing[];`,
    "typescript(consistent-type-imports)",
  ],
  ["anything goes", "dev/h.ts", `export const f = (x: any): unknown => x;`, "typescript(no-explicit-any)"],
  ["a default export", "dev/i.ts", `const thing = 1;\n\nexport default thing;`, "import(no-default-export)"],
  ["a variable nobody uses", "dev/j.ts", `const thing = 1;`, "eslint(no-unused-vars)"],
  ["a loose comparison", "dev/k.ts", `export const f = (a: number, b: number): boolean => a == b;`, "eslint(eqeqeq)"],
  [
    "a builtin without its protocol",
    "dev/l.ts",
    `export { readFile } from "fs/promises";`,
    "unicorn(prefer-node-protocol)",
  ],
  [
    "an import cycle",
    "dev/m.ts",
    `import { n } from "./n.ts";\n\nexport const m = (): unknown => n;`,
    "import(no-cycle)",
  ],
  [
    "an import cycle, from its other end",
    "dev/n.ts",
    `import { m } from "./m.ts";\n\nexport const n = (): unknown => m;`,
    "import(no-cycle)",
  ],
  ["a file of 401 lines", "dev/o.ts", lines(401), "eslint(max-lines)"],
  ["a function of 71 lines", "dev/p.ts", functionOf(71), "eslint(max-lines-per-function)"],
  [
    "a focused test",
    "dev/q.test.ts",
    `import { expect, test } from "vitest";\n\ntest.only("x", () => expect(1).toBe(1));`,
    "vitest(no-focused-tests)",
  ],
  ["a test of 401 lines", "tests/r.test.ts", lines(401), "eslint(max-lines)"],
];

/** What it lets pass: the clean twins, and the bounds. */
const passed: readonly (readonly [what: string, file: string, source: string])[] = [
  [
    "core takes time from a port",
    "core/world/z.ts",
    `export const f = (clock: { nowMs(): number }): number => clock.nowMs();`,
  ],
  [
    "core awaits its ports",
    "core/world/y.ts",
    `export async function f(port: { get(): Promise<number> }): Promise<number> {\n  return (await port.get()) + 1;\n}`,
  ],
  [
    "core computes",
    "core/sim/z.ts",
    `export const hypotenuse = (a: number, b: number): number => Math.sqrt(a * a + b * b);`,
  ],
  ["config reads the environment", "functions/config.ts", `export const readEnv = (): unknown => process.env;`],
  ["a configuration has a default export", "vitest.config.ts", `const config = {};\n\nexport default config;`],
  ["a shell prints and ends the process", "dev/main.ts", `console.error("no");\nprocess.exit(1);`],
  ["a script prints", "scripts/z.ts", `console.log("hello");`],
  ["a file of 400 lines", "dev/z.ts", lines(400)],
  ["a function of 70 lines", "dev/y.ts", functionOf(70)],
  ["a long test", "tests/z.test.ts", functionOf(120)],
  [
    "a switch with a default",
    "dev/x.ts",
    `export function f(x: "a" | "b"): string {\n  switch (x) {\n    case "a":\n      return x;\n    default:\n      return "";\n  }\n}`,
  ],
  ["a test reads the clock", "core/world/x.test.ts", `export const at = Date.now();`],
];

function lines(count: number): string {
  return Array.from({ length: count }, (_, i) => `export const n${i} = ${i};`).join("\n");
}

function functionOf(lineCount: number): string {
  const body = Array.from({ length: lineCount - 4 }, () => `  n += 1;`).join("\n");
  return `export function f(): number {\n  let n = 0;\n${body}\n  return n;\n}`;
}

describe("the rules of the house", () => {
  let reported: ReadonlyMap<string, string[]>;
  beforeAll(async () => {
    const sources = [...stopped, ...passed].map(([, file, source]) => [file, `${source}\n`] as const);
    expect(new Set(sources.map(([file]) => file)).size).toBe(sources.length);
    reported = await lintPlants(Object.fromEntries(sources));
  });

  test.each(stopped)("stopped: %s", (_, file, __, ...rules) => {
    expect(reported.get(file)).toEqual(rules);
  });

  test.each(passed)("passed: %s", (_, file) => {
    expect(reported.get(file)).toEqual([]);
  });
});
