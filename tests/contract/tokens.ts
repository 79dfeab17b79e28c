import { describe, expect, test } from "vitest";
import type { Principal } from "#core/account/model.ts";
import type { SessionId, UserId } from "#core/lib/ids.ts";
import type { Tokens } from "#core/ports/credentials.ts";

export const tokenTimeMs = Date.UTC(2030, 0, 1);
export const ann: Principal = {
  userId: "6f1c2a52-6b0e-4d3f-9f57-0c8d2f1b7a10" as UserId,
  sessionId: "0b9d7f7e-58a4-4c53-8d0b-5a3f5d2f9c11" as SessionId,
  username: "Ann",
  role: "user",
};

export function tokensContract(name: string, make: () => Promise<Tokens>): void {
  describe(`${name} keeps the promises of Tokens`, () => {
    test("a token says again who it was made for, until it expires", async () => {
      const tokens = await make();
      const token = await tokens.sign(ann, tokenTimeMs + 60_000);
      expect(await tokens.verify(token, tokenTimeMs)).toEqual(ann);
      expect(await tokens.verify(token, tokenTimeMs + 59_000)).toEqual(ann);
      expect(await tokens.verify(token, tokenTimeMs + 60_000)).toBe("expired");
      expect(await tokens.verify(token, tokenTimeMs + 90 * 24 * 3_600_000)).toBe("expired");
    });

    test("a refresh token says again what it was made of, and a secret says nothing twice", async () => {
      const tokens = await make();
      const [secret, other] = [tokens.newSecret(), tokens.newSecret()];
      const made = { sessionId: ann.sessionId, generation: 0, secret };
      const variants = [made, { ...made, generation: 12_345 }, { ...made, secret: other }];
      expect(variants.map((each) => tokens.readRefresh(tokens.signRefresh(each)))).toEqual(variants);
      expect(tokens.signRefresh(made)).toBe(tokens.signRefresh(made));
      expect(new Set([secret, other, tokens.hashOf(secret), tokens.hashOf(other)]).size).toBe(4);
      expect(tokens.hashOf(secret)).toBe(tokens.hashOf(secret));
    });

    test("neither kind of token is taken for the other", async () => {
      const tokens = await make();
      const refresh = tokens.signRefresh({ sessionId: ann.sessionId, generation: 0, secret: tokens.newSecret() });
      expect(await tokens.verify(refresh, tokenTimeMs)).toBeNull();
      expect(tokens.readRefresh(await tokens.sign(ann, tokenTimeMs + 60_000))).toBeNull();
    });

    test("two tokens of the same person differ, and each is its own", async () => {
      const tokens = await make();
      const admin = { ...ann, role: "admin" } as const;
      const [first, second, third] = [
        await tokens.sign(ann, tokenTimeMs + 60_000),
        await tokens.sign(ann, tokenTimeMs + 60_000),
        await tokens.sign(admin, tokenTimeMs + 60_000),
      ];
      expect(new Set([first, second, third]).size).toBe(3);
      expect(await tokens.verify(third, tokenTimeMs)).toEqual(admin);
    });

    test.each([
      "",
      ".",
      "..",
      "a.b.c",
      "null",
      "undefined",
      "__proto__",
      "\u0000",
      "🐉.🐉.🐉",
      "\ud800",
      "e30.e30.e30",
      "eyJhbGciOiJub25lIn0.e30.",
      "x".repeat(1_000_000),
      ".".repeat(100_000),
    ])("%.30j is no token, and asking is no failure", async (text) => {
      const tokens = await make();
      expect([await tokens.verify(text, tokenTimeMs), tokens.readRefresh(text)]).toEqual([null, null]);
    });

    test("a token that was cut short is none", async () => {
      const tokens = await make();
      const token = await tokens.sign(ann, tokenTimeMs + 60_000);
      for (const length of [1, token.length / 2, token.length - 1])
        expect(await tokens.verify(token.slice(0, length), tokenTimeMs)).toBeNull();
      const refresh = tokens.signRefresh({ sessionId: ann.sessionId, generation: 0, secret: tokens.newSecret() });
      for (const length of [1, refresh.length / 2, refresh.length - 1])
        expect(tokens.readRefresh(refresh.slice(0, length))).toBeNull();
    });
  });
}
