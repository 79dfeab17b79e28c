import { expect, test } from "vitest";
import { loginRequest, registerRequest } from "./account.ts";

const valid = { email: "ann@example.org", username: "Ann", password: "correct horse" };
const accepts = (change: Partial<typeof valid>) => registerRequest.safeParse({ ...valid, ...change }).success;

test("an e-mail address is trimmed and lower-cased before it is checked", () => {
  expect(registerRequest.parse({ ...valid, email: "  Ann@Example.ORG " }).email).toBe("ann@example.org");
  expect(loginRequest.parse({ email: " Ann@Example.ORG", password: "x" }).email).toBe("ann@example.org");
});

test.each(["ann", "ann@", "@example.org", "a b@example.org", "ann@example.org\u0000", `${"a".repeat(250)}@b.org`, ""])(
  "%j is not an e-mail address",
  (email) => expect(accepts({ email })).toBe(false),
);

test.each([
  ["abc", true],
  ["ab", false],
  ["a".repeat(20), true],
  ["a".repeat(21), false],
  ["Ann_the-3rd", true],
  ["ann!", false],
  ["änn", false],
  ["ann\n", false],
])("the username %j is accepted: %s", (username, isAccepted) => expect(accepts({ username })).toBe(isAccepted));

test.each([
  ["seven77", false],
  ["eight888x", true],
  ["x".repeat(128), true],
  ["x".repeat(129), false],
  ["🐉".repeat(8), true],
  ["🐉".repeat(7), false],
  ["🐉".repeat(128), true],
  ["Password123", false],
  ["QWERTYUIOP", false],
])("the password %j is accepted: %s", (password, isAccepted) => expect(accepts({ password })).toBe(isAccepted));

test("one password, typed composed or decomposed, is the same", () => {
  const parse = (password: string) => registerRequest.parse({ ...valid, password }).password;
  expect(parse("caf\u00e9 au lait")).toBe(parse("cafe\u0301 au lait"));
});
