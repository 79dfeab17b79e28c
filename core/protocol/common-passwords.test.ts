import { expect, test } from "vitest";
import { commonPasswords } from "./common-passwords.ts";

test("there are more than three thousand, each long enough to be refused only by the list, and each once", () => {
  expect(commonPasswords.size).toBeGreaterThan(5_000);
  for (const password of commonPasswords) {
    expect(password.length, password).toBeGreaterThanOrEqual(8);
    expect(password, "the list is in lower case").toBe(password.toLowerCase());
  }
});

test("what everybody knows is on it", () => {
  const known = [
    "password",
    "12345678",
    "qwertyuiop",
    "baseball",
    "trustno1",
    "1qaz2wsx",
    "starwars",
    "butthead",
    "test1234",
  ];
  expect(known.filter((each) => !commonPasswords.has(each))).toEqual([]);
});
