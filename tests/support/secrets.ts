import { expect } from "vitest";
import { captureSecret } from "./run-logs.ts";

// Passwords, tokens, addresses and private words of this test file, for the check that no log of it has any of them, and no log of the run.
const secrets = new Set<string>();

export function keepSecret(text: string): string {
  secrets.add(text);
  captureSecret(text);
  return text;
}

/** Also of a part: the signature alone of a token opens nothing, but its payload names a user. */
export function expectNoSecretsIn(output: string): void {
  expect(secrets.size).toBeGreaterThan(0);
  const parts = [...secrets].flatMap((secret) => [secret, ...secret.split(".").filter((part) => part.length >= 20)]);
  expect(parts.filter((part) => output.includes(part))).toEqual([]);
  expect(output).not.toContain("@e2e.example");
}
