import { beforeEach, describe, expect, test } from "vitest";
import { lobbyWorldId } from "#core/lib/ids.ts";
import type { Accounts } from "#core/ports/accounts.ts";
import type { Setup, Storage } from "#tests/support/database.ts";
import { newAccount, startMs, userId, worldRecord } from "#tests/support/records.ts";

const racesRun = 20;

export function accountsContract(name: string, setup: Setup): void {
  describe(`accounts, ${name}`, () => {
    let storage: Storage;
    let accounts: Accounts;
    beforeEach(async () => {
      storage = await setup();
      accounts = storage.accounts;
    });

    test("what was created is found by id and, with its hash, by e-mail", async () => {
      expect(await accounts.create(newAccount(1, { email: "ana@example.org", username: "Ana" }))).toBe("created");

      const account = {
        id: userId(1),
        email: "ana@example.org",
        username: "Ana",
        role: "user",
        createdAtMs: startMs + 1,
        lastLoginAtMs: null,
        emailVerifiedAtMs: null,
        lastWorldId: null,
      };
      expect(await accounts.byId(userId(1))).toEqual(account);
      expect(await accounts.byEmail("ana@example.org")).toEqual({ account, passwordHash: "hash of 1" });
    });

    test("nobody is found where nobody is", async () => {
      expect(await accounts.byId(userId(1))).toBeNull();
      expect(await accounts.byEmail("ana@example.org")).toBeNull();
    });

    test.each([
      ["an e-mail", { email: "player1@example.org" }, "email-taken"],
      ["an e-mail in other letters", { email: "PLAYER1@example.org" }, "email-taken"],
      ["a username", { username: "Player1" }, "username-taken"],
      ["a username in other letters", { username: "pLAYER1" }, "username-taken"],
      ["both", { email: "player1@example.org", username: "Player1" }, "email-taken"],
    ] as const)("%s is given out once", async (_, changes, answer) => {
      await accounts.create(newAccount(1));
      expect(await accounts.create(newAccount(2, changes))).toBe(answer);
      expect(await accounts.byId(userId(2))).toBeNull();
      expect((await accounts.byEmail("player1@example.org"))?.account.id).toBe(userId(1));
    });

    test("of several racing for one e-mail exactly one wins", async () => {
      for (let round = 0; round < racesRun; round++) {
        const racers = [0, 1, 2, 3].map((each) =>
          accounts.create(newAccount(round * 10 + each, { email: `round${round}@example.org` })),
        );
        expect((await Promise.all(racers)).toSorted()).toEqual([
          "created",
          "email-taken",
          "email-taken",
          "email-taken",
        ]);
      }
    });

    test("of several racing for one username exactly one wins", async () => {
      for (let round = 0; round < racesRun; round++) {
        const names = ["Round", "round", "ROUND", "rOUND"].map((each) => `${each}${round}`);
        const racers = names.map((username, each) => accounts.create(newAccount(round * 10 + each, { username })));
        const answers = await Promise.all(racers);
        expect(answers.toSorted()).toEqual(["created", "username-taken", "username-taken", "username-taken"]);
      }
    });

    test("a login and the last world are kept, and nobody else's change", async () => {
      await storage.worlds.createIfAbsent(worldRecord(1, { id: lobbyWorldId }));
      await accounts.create(newAccount(1));
      await accounts.create(newAccount(2));
      const other = await accounts.byId(userId(2));

      await accounts.recordLogin(userId(1), startMs + 77_001);
      await accounts.setLastWorld(userId(1), lobbyWorldId);

      expect(await accounts.byId(userId(1))).toMatchObject({
        lastLoginAtMs: startMs + 77_001,
        lastWorldId: lobbyWorldId,
      });
      expect(await accounts.byId(userId(2))).toEqual(other);
    });

    test("a login of nobody is no error", async () => {
      await accounts.recordLogin(userId(9), startMs);
      expect(await accounts.byId(userId(9))).toBeNull();
    });

    test("hostile text is only text", async () => {
      const email = `'); drop table accounts; --@example.org`;
      expect(await accounts.create(newAccount(1, { email }))).toBe("created");
      expect((await accounts.byEmail(email))?.account.id).toBe(userId(1));
    });

    test("what was given out is the caller's own", async () => {
      await accounts.create(newAccount(1));
      Object.assign((await accounts.byId(userId(1))) as object, { role: "admin" });
      expect(await accounts.byId(userId(1))).toMatchObject({ role: "user" });
    });

    test("a ban and a role are kept, of one account only, and can be taken back", async () => {
      await accounts.create(newAccount(1));
      await accounts.create(newAccount(2));
      expect(await accounts.isBanned(userId(1))).toBe(false);
      expect(await accounts.setBanned(userId(1), startMs + 5)).toBe(true);
      expect(await accounts.setRole(userId(1), "admin")).toBe(true);
      expect([await accounts.isBanned(userId(1)), await accounts.isBanned(userId(2))]).toEqual([true, false]);
      expect([(await accounts.byId(userId(1)))?.role, (await accounts.byId(userId(2)))?.role]).toEqual([
        "admin",
        "user",
      ]);
      expect(await accounts.setBanned(userId(1), null)).toBe(true);
      expect(await accounts.isBanned(userId(1))).toBe(false);
    });

    test("a hash is replaced only while it is the one that was meant, and of one account only", async () => {
      await accounts.create(newAccount(1));
      await accounts.create(newAccount(2));
      const replace = (number: number, from: string, to: string) =>
        accounts.replacePasswordHash(userId(number), { from, to });
      expect(await replace(1, "hash of 1", "new")).toBe(true);
      expect(await replace(1, "hash of 1", "newer")).toBe(false);
      expect(await replace(9, "hash of 1", "new")).toBe(false);
      expect((await accounts.byEmail("player1@example.org"))?.passwordHash).toBe("new");
      expect((await accounts.byEmail("player2@example.org"))?.passwordHash).toBe("hash of 2");
      const racers = ["a", "b", "c", "d"].map((to) => replace(1, "new", to));
      expect((await Promise.all(racers)).filter((hasWon) => hasWon)).toHaveLength(1);
    });

    test("another password is set only while the hash is the one that was meant, and ends what was mailed to this account", async () => {
      await accounts.create(newAccount(1));
      await accounts.create(newAccount(2));
      for (const number of [1, 2]) {
        await storage.mailTokens.issue({
          userId: userId(number),
          purpose: "reset",
          hash: `token ${number}`,
          email: `player${number}@example.org`,
          expiresAtMs: startMs + 1_000,
        });
      }
      const change = (from: string, to: string) => accounts.changePasswordHash(userId(1), { from, to });
      expect(await change("another", "new")).toBe(false);
      expect(await storage.mailTokens.find("reset", "token 1", startMs)).toBe(userId(1));
      const racers = ["a", "b", "c", "d"].map((to) => change("hash of 1", to));
      expect((await Promise.all(racers)).filter((hasWon) => hasWon)).toHaveLength(1);
      expect(await storage.mailTokens.find("reset", "token 1", startMs)).toBeNull();
      expect(await storage.mailTokens.find("reset", "token 2", startMs)).toBe(userId(2));
    });

    test("an account on its way out is found by nobody, changed by nobody, and its names stay taken", async () => {
      await accounts.create(newAccount(1));
      await accounts.create(newAccount(2));
      expect(await accounts.beginDeletion(userId(1), { from: "another hash", atMs: startMs + 2 })).toBe(false);
      expect(await accounts.deletionsBegun(10)).toEqual([]);
      const begin = () => accounts.beginDeletion(userId(1), { from: "hash of 1", atMs: startMs + 2 });
      expect((await Promise.all([begin(), begin(), begin()])).filter((hasBegun) => hasBegun)).toHaveLength(1);
      expect(await accounts.beginDeletion(userId(1), { from: null, atMs: startMs + 3 })).toBe(false);
      expect(await accounts.beginDeletion(userId(9), { from: null, atMs: startMs + 3 })).toBe(false);
      expect(await accounts.byId(userId(1))).toBeNull();
      expect(await accounts.byEmail("player1@example.org")).toBeNull();
      expect(await accounts.isBanned(userId(1))).toBe(false);
      expect(await accounts.setBanned(userId(1), startMs)).toBe(false);
      expect(await accounts.setRole(userId(1), "admin")).toBe(false);
      expect(await accounts.replacePasswordHash(userId(1), { from: "hash of 1", to: "new" })).toBe(false);
      expect(await accounts.changePasswordHash(userId(1), { from: "hash of 1", to: "new" })).toBe(false);
      expect(await accounts.create(newAccount(3, { email: "player1@example.org" }))).toBe("email-taken");
      expect(await accounts.beginDeletion(userId(2), { from: null, atMs: startMs + 1 })).toBe(true);
      const leaving = [2, 1].map((number) => ({ id: userId(number), email: `player${number}@example.org` }));
      expect(await accounts.deletionsBegun(10)).toEqual(leaving);
      expect(await accounts.deletionsBegun(1)).toEqual(leaving.slice(0, 1));
    });

    test("an account that is not there is not banned, and cannot be", async () => {
      expect(await accounts.isBanned(userId(9))).toBe(false);
      expect(await accounts.setBanned(userId(9), startMs)).toBe(false);
      expect(await accounts.setRole(userId(9), "admin")).toBe(false);
    });
  });
}
