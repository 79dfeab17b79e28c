import { describe, expect, test } from "vitest";
import type { Setup } from "#tests/support/database.ts";
import { newAccount, startMs, userId, worldId, worldRecord } from "#tests/support/records.ts";

export function oversightContract(name: string, setup: Setup): void {
  describe(`what operators see, ${name}`, () => {
    test("is every world with its state, and who has it", async () => {
      const { oversight, worlds, leases } = await setup();
      await worlds.createIfAbsent(worldRecord(1));
      await worlds.createIfAbsent(worldRecord(2));
      await leases.acquire("worker-1", [worldId(2)], 60_000);
      const seen = (await oversight.worlds()).filter(({ id }) => [worldId(1), worldId(2)].includes(id));
      expect(
        seen.map(({ id, status, owner, events, characters, fault }) => [id, status, owner, events, characters, fault]),
      ).toEqual([
        [worldId(1), "active", null, 0, 0, null],
        [worldId(2), "active", null, 0, 0, null],
      ]);
      const [lease] = (await oversight.leases()).filter(({ worldId: id }) => id === worldId(2));
      expect(lease).toEqual({
        worldId: worldId(2),
        world: worldRecord(2).name,
        owner: "worker-1",
        fence: 1,
        remainingMs: expect.any(Number),
      });
      expect(lease!.remainingMs).toBeGreaterThan(0);
      expect(lease!.remainingMs).toBeLessThanOrEqual(60_000);
    });

    test("is a user by id, e-mail address or name, without regard to case", async () => {
      const { oversight, accounts } = await setup();
      const account = newAccount(1);
      await accounts.create(account);
      const expected = {
        id: userId(1),
        username: account.username,
        email: account.email,
        role: "user",
        characters: 0,
        createdAt: `${new Date(startMs).toISOString().slice(0, 19)}Z`,
        lastLoginAt: null,
        bannedAt: null,
      };
      for (const text of [userId(1).toUpperCase(), account.email.toUpperCase(), account.username.toLowerCase()])
        expect(await oversight.user(text)).toEqual(expected);
      expect(await oversight.user("nobody-at-all")).toBeNull();
      expect(await oversight.user("%")).toBeNull();
    });
  });
}
