import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// What all tests of a run had logged, and what none of it may hold. tests/support/run-logs.setup.ts looks through it in the end.

const directoryVariable = "TEST_RUN_LOGS";
const [logsSuffix, secretsSuffix] = [".log", ".secrets"];
const partLengthMin = 20;

/** Something that a program of ours has printed, or a port of ours has been told to log; with its line end. */
export function captureLog(text: string): void {
  append(logsSuffix, text);
}

/** From now on, and also before, no log may hold it. */
export function captureSecret(secret: string): void {
  append(secretsSuffix, `${JSON.stringify(secret)}\n`);
}

/** A file for each process: nobody waits for another, and no line is torn. */
function append(suffix: string, text: string): void {
  const directory = process.env[directoryVariable];
  if (directory !== undefined) appendFileSync(join(directory, `${process.pid}${suffix}`), text);
}

/** What looks like a secret, whoever it belongs to. */
const shapes: Readonly<Record<string, RegExp>> = {
  "a signed or encrypted token": /eyJ[\w-]{8,}\.[\w-]*\.[\w-]+/u,
  "a hash of a password": /\$argon2(?:id?|d)\$/u,
  "a credential of a header": /\b(?:bearer|basic) [\w+/=.~-]{12,}/iu,
  "a ticket": /\bticket[.=][\w-]{20,}/u,
  "a cookie": /\bauth_token=[\w.-]{8,}/u,
  "a test's e-mail address": /[\w.+-]+@e2e\.example/u,
};

export type RunLogs = {
  readonly directory: string;
  /** One line for each secret that a log holds; empty where all is well. The secret itself is not said again. */
  leaks(): string[];
  remove(): void;
};

/** null where somebody else has begun already. */
export function beginRunLogs(): RunLogs | null {
  if (process.env[directoryVariable] !== undefined) return null;
  const directory = mkdtempSync(join(tmpdir(), "thousand-worlds-run-"));
  process.env[directoryVariable] = directory;
  return {
    directory,
    leaks: () => leaksIn(textsOf(directory, logsSuffix).join("\n"), secretsOf(directory)),
    remove() {
      Reflect.deleteProperty(process.env, directoryVariable);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Of a token in parts also each of them: the signature alone opens nothing, but its payload names a user. */
export function leaksIn(logs: string, secrets: readonly string[]): string[] {
  const parts = new Set(secrets.flatMap((secret) => [secret, ...secret.split(".").filter(isTelling)]));
  const known = [...parts]
    .filter((part) => logs.includes(part))
    .map((part) => `a secret of a test, ${part.slice(0, 4)}…`);
  const shaped = Object.entries(shapes).flatMap(([name, shape]) => {
    const found = shape.exec(logs);
    return found === null ? [] : [`${name}, after: ${logs.slice(Math.max(0, found.index - 120), found.index)}`];
  });
  return [...known, ...shaped];
}

const isTelling = (part: string): boolean => part.length >= partLengthMin;

function secretsOf(directory: string): string[] {
  return textsOf(directory, secretsSuffix).flatMap((text) =>
    text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as string),
  );
}

function textsOf(directory: string, suffix: string): string[] {
  const files = readdirSync(directory).filter((file) => file.endsWith(suffix));
  return files.map((file) => readFileSync(join(directory, file), "utf8"));
}
