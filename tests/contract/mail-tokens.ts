import * as fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import type { MailTokenPurpose, NewMailToken } from "#core/ports/mail.ts";
import type { Setup, Storage } from "#tests/support/database.ts";
import { newAccount, startMs, userId } from "#tests/support/records.ts";

const racesRun = 10;

export function mailTokensContract(name: string, setup: Setup): void {
  describe(`mail tokens, ${name}`, () => {
    let storage: Storage;
    beforeEach(async () => {
      storage = await setup();
      for (const number of [1, 2]) await storage.accounts.create(newAccount(number));
    });

    const token = (number: number, changes: Partial<NewMailToken> = {}): NewMailToken => ({
      userId: userId(number),
      purpose: "reset",
      hash: `hash ${number}`,
      email: `player${number}@example.org`,
      expiresAtMs: startMs + 1_000,
      ...changes,
    });
    const passwordOf = async (number: number) =>
      (await storage.accounts.byEmail(`player${number}@example.org`))?.passwordHash;

    test("a token resets the password of its account, once", async () => {
      const { mailTokens, accounts } = storage;
      await mailTokens.issue(token(1));
      await mailTokens.issue(token(2));
      expect(await mailTokens.find("reset", "hash 1", startMs)).toBe(userId(1));
      expect(await mailTokens.resetPassword("hash 1", "new", startMs + 5)).toBe(userId(1));
      expect(await mailTokens.resetPassword("hash 1", "newer", startMs + 5)).toBeNull();
      expect([await passwordOf(1), await passwordOf(2)]).toEqual(["new", "hash of 2"]);
      expect(await accounts.byId(userId(1))).toMatchObject({ emailVerifiedAtMs: startMs + 5 });
      expect(await mailTokens.find("reset", "hash 2", startMs)).toBe(userId(2));
    });

    test("a token verifies the address that it was mailed to, once, and the first time counts", async () => {
      const { mailTokens, accounts } = storage;
      for (const atMs of [startMs + 5, startMs + 6]) {
        await mailTokens.issue(token(1, { purpose: "verify", hash: `verify ${atMs}` }));
        expect(await mailTokens.verifyEmail(`verify ${atMs}`, atMs)).toBe(userId(1));
        expect(await mailTokens.verifyEmail(`verify ${atMs}`, atMs)).toBeNull();
      }
      expect(await accounts.byId(userId(1))).toMatchObject({ emailVerifiedAtMs: startMs + 5 });
      expect(await accounts.byId(userId(2))).toMatchObject({ emailVerifiedAtMs: null });
    });

    test("one purpose does not stand in for another, and a newer token for an older one ends it", async () => {
      const { mailTokens } = storage;
      await mailTokens.issue(token(1, { purpose: "verify", hash: "verify" }));
      await mailTokens.issue(token(1, { hash: "older" }));
      await mailTokens.issue(token(1, { hash: "newer" }));
      expect(await mailTokens.verifyEmail("newer", startMs)).toBeNull();
      expect(await mailTokens.resetPassword("verify", "new", startMs)).toBeNull();
      expect(await mailTokens.resetPassword("older", "new", startMs)).toBeNull();
      expect(await mailTokens.resetPassword("newer", "new", startMs)).toBe(userId(1));
      expect(await mailTokens.verifyEmail("verify", startMs)).toBeNull();
    });

    test("after its time it is nothing, nor for an address that the account does not have, nor for nobody", async () => {
      const { mailTokens } = storage;
      await mailTokens.issue(token(1));
      expect(await mailTokens.find("reset", "hash 1", startMs + 999)).toBe(userId(1));
      expect(await mailTokens.find("reset", "hash 1", startMs + 1_000)).toBeNull();
      expect(await mailTokens.resetPassword("hash 1", "new", startMs + 1_000)).toBeNull();
      await mailTokens.issue(token(2, { email: "other@example.org" }));
      await mailTokens.issue(token(9));
      expect(await mailTokens.find("reset", "hash 2", startMs)).toBeNull();
      expect(await mailTokens.find("reset", "hash 9", startMs)).toBeNull();
      expect([await passwordOf(1), await passwordOf(2)]).toEqual(["hash of 1", "hash of 2"]);
    });

    test("of an account on its way out nothing is good, and nothing is issued", async () => {
      const { mailTokens, accounts } = storage;
      await mailTokens.issue(token(1));
      await accounts.beginDeletion(userId(1), { from: null, atMs: startMs });
      expect(await mailTokens.find("reset", "hash 1", startMs)).toBeNull();
      expect(await mailTokens.resetPassword("hash 1", "new", startMs)).toBeNull();
      await mailTokens.issue(token(1, { purpose: "verify", hash: "verify" }));
      expect(await mailTokens.verifyEmail("verify", startMs)).toBeNull();
    });

    test("of several resets with one token exactly one wins, and its password is the one", async () => {
      for (let round = 0; round < racesRun; round++) {
        await storage.mailTokens.issue(token(1, { hash: `race ${round}` }));
        const passwords = ["a", "b", "c", "d"].map((letter) => `${letter}${round}`);
        const answers = await Promise.all(
          passwords.map((password) => storage.mailTokens.resetPassword(`race ${round}`, password, startMs)),
        );
        expect(answers.filter((answer) => answer !== null)).toEqual([userId(1)]);
        expect(await passwordOf(1)).toBe(passwords[answers.findIndex((answer) => answer !== null)]);
      }
    });

    test("a reset and a change of the password at once: one of them is undone by neither", async () => {
      for (let round = 0; round < racesRun; round++) {
        const from = (await passwordOf(1))!;
        await storage.mailTokens.issue(token(1, { hash: `race ${round}` }));
        const [reset, changed] = await Promise.all([
          storage.mailTokens.resetPassword(`race ${round}`, `reset ${round}`, startMs),
          storage.accounts.changePasswordHash(userId(1), { from, to: `changed ${round}` }),
        ]);
        expect([reset !== null, changed].filter((hasWon) => hasWon)).toHaveLength(1);
        expect(await passwordOf(1)).toBe(changed ? `changed ${round}` : `reset ${round}`);
      }
    });

    test("whatever is done in whatever order, what is good is what a model of three lines says", async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
          await playAgainstModel(await freshAccount(), steps);
        }),
        { numRuns: 25, seed: 4 },
      );
    });

    async function freshAccount(): Promise<Storage> {
      storage = await setup();
      await storage.accounts.create(newAccount(1));
      return storage;
    }

    async function playAgainstModel({ mailTokens, accounts }: Storage, steps: readonly Step[]): Promise<void> {
      const good = new Map<MailTokenPurpose, { hash: string; expiresAtMs: number }>();
      let nowMs = startMs;
      let issued = 0;
      for (const { kind, purpose, which } of steps) {
        const hash = `${purpose} ${issued - which}`;
        const expected = (of: MailTokenPurpose) => {
          const newest = good.get(of);
          return newest?.hash === hash && newest.expiresAtMs > nowMs ? userId(1) : null;
        };
        if (kind === "wait") nowMs += 400;
        if (kind === "issue") {
          const made = { hash: `${purpose} ${++issued}`, expiresAtMs: nowMs + 1_000 };
          await mailTokens.issue(token(1, { purpose, ...made }));
          good.set(purpose, made);
        }
        if (kind === "verify") {
          expect(await mailTokens.verifyEmail(hash, nowMs)).toBe(expected("verify"));
          if (good.get("verify")?.hash === hash && expected("verify") !== null) good.delete("verify");
        }
        if (kind === "reset") {
          const wins = expected("reset");
          expect(await mailTokens.resetPassword(hash, "new", nowMs)).toBe(wins);
          if (wins !== null) good.clear();
        }
        if (kind === "change") {
          const from = (await accounts.byEmail("player1@example.org"))!.passwordHash;
          expect(await accounts.changePasswordHash(userId(1), { from, to: `changed at ${nowMs}` })).toBe(true);
          good.clear();
        }
      }
    }
  });
}

const step = fc.record({
  kind: fc.constantFrom("issue", "issue", "verify", "reset", "wait", "change"),
  purpose: fc.constantFrom<MailTokenPurpose[]>("verify", "reset"),
  which: fc.integer({ min: 0, max: 1 }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
