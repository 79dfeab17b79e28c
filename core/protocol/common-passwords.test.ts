import { expect, test } from "vitest";
import { commonPasswords } from "./common-passwords.ts";

test("there are several hundred, each long enough to be refused only by the list", () => {
  expect(commonPasswords.size).toBeGreaterThan(500);
  for (const password of commonPasswords) {
    expect(password.length, password).toBeGreaterThanOrEqual(8);
    expect(password, "the list is in lower case").toBe(password.toLowerCase());
  }
});
