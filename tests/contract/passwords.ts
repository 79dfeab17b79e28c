import { beforeAll, describe, expect, test } from "vitest";
import type { Passwords } from "#core/ports/credentials.ts";

export function passwordsContract(name: string, make: () => Promise<Passwords>): void {
  describe(`${name} keeps the promises of Passwords`, () => {
    let passwords: Passwords;
    beforeAll(async () => {
      passwords = await make();
    });

    test("a hash verifies the password it was made of and no other", async () => {
      const hash = await passwords.hash("correct horse");
      expect(await passwords.verify(hash, "correct horse")).toBe(true);
      for (const wrong of ["correct hors", "Correct horse", "correct horse ", "", hash])
        expect(await passwords.verify(hash, wrong), wrong).toBe(false);
    });

    test("the same password hashed twice gives two hashes, and both verify", async () => {
      const [first, second] = await Promise.all([passwords.hash("correct horse"), passwords.hash("correct horse")]);
      expect(first).not.toBe(second);
      expect(await passwords.verify(second, "correct horse")).toBe(true);
    });

    test("a hash of its own is not outdated", async () => {
      expect(passwords.isOutdated(await passwords.hash("correct horse"))).toBe(false);
    });

    test("without a hash it answers false to everything", async () => {
      for (const guess of ["correct horse", "", "a password that nobody has"])
        expect(await passwords.verify(null, guess)).toBe(false);
    });

    test("every character of a long password counts, outside ASCII too", async () => {
      const long = `${"🐉é漢".repeat(40)}x`;
      const hash = await passwords.hash(long);
      expect(await passwords.verify(hash, long)).toBe(true);
      expect(await passwords.verify(hash, `${long.slice(0, -1)}y`)).toBe(false);
    });
  });
}
