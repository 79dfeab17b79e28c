import { beforeEach, describe, expect, test } from "vitest";
import type { AuditEvent } from "#core/account/audit.ts";
import type { NewLetter } from "#core/account/letter.ts";
import type { NewEvent } from "#core/ports/world-log.ts";
import type { Setup, Storage } from "#tests/support/database.ts";
import {
  characterId,
  characterRecord,
  newAccount,
  sessionId,
  startMs,
  userId,
  worldId,
  worldRecord,
} from "#tests/support/records.ts";

export function personalDataContract(name: string, setup: Setup): void {
  describe(`personal data, ${name}`, () => {
    let storage: Storage;
    beforeEach(async () => {
      storage = await setup();
      for (const number of [1, 2]) await storage.accounts.create(newAccount(number));
      for (const number of [1, 2, 3]) {
        await storage.worlds.createIfAbsent(worldRecord(number, { ownerId: userId(number === 2 ? 2 : 1) }));
      }
      for (const number of [1, 2]) await storage.characters.create(characterRecord(number));
    });

    const event: AuditEvent = {
      type: "account-deleted",
      atMs: startMs + 100,
      userId: userId(1),
      sessionId: null,
      address: null,
    };
    const letter: NewLetter = {
      id: sessionId(9),
      kind: "account-deleted",
      to: "player1@example.org",
      userId: null,
      atMs: startMs + 100,
    };

    test("worlds are those of one owner, oldest first", async () => {
      expect(await storage.personalData.worldsOf(userId(1))).toEqual(
        [1, 3].map((number) => ({ id: worldId(number), name: `World ${number}`, createdAtMs: startMs + number })),
      );
      expect(await storage.personalData.worldsOf(userId(9))).toEqual([]);
    });

    test("events are those that one's own characters brought about, page by page, in order and none twice", async () => {
      const { leases, worldLog, personalData } = storage;
      await leases.acquire("owner", [worldId(1)], 60_000);
      const one = (type: string, payload: object, actorId?: string): NewEvent => ({
        type,
        schemaVersion: 1,
        payload,
        metadata: actorId === undefined ? { atMs: 1 } : { atMs: 1, actorId },
      });
      const [own, other] = [characterId(1), characterId(2)];
      const events = [
        one("began", { clock: {} }),
        one("entered", { body: { id: own, name: "Ana" } }),
        one("entered", { body: { id: other } }),
        one("spoke", { characterId: other, text: "theirs", toCharacterId: own }, other),
        one("spoke", { characterId: own, text: "mine" }, own),
        one("heard", { toCharacterId: own, text: "theirs" }, own),
        one("messageSent", { messageId: "x" }, own),
        one("left", { characterId: own }),
      ];
      await worldLog.commit({ worldId: worldId(1), fence: 1, expectedVersion: 0, events, characters: [] });
      const read = async (limit: number) => {
        const versions: number[] = [];
        let after: number | null = 0;
        for (let pages = 0; after !== null; pages++) {
          expect(pages).toBeLessThan(20);
          const page = await personalData.eventsOf([own], after, limit);
          expect(page.events.length).toBeLessThanOrEqual(limit);
          versions.push(...page.events.map(({ version }) => version));
          after = page.next;
        }
        return versions;
      };
      for (const limit of [1, 2, 3, 4, 100]) expect(await read(limit)).toEqual([2, 5, 7, 8]);
      const { events: found } = await personalData.eventsOf([own], 0, 100);
      expect(found[1]).toMatchObject({ worldId: worldId(1), type: "spoke", payload: { text: "mine" } });
      expect(found[1]!.recordedAtMs).toBeTypeOf("number");
      expect((await personalData.eventsOf([], 0, 100)).events).toEqual([]);
    });

    test("an account whose deletion has not begun, or that is not there, is not erased", async () => {
      expect(await storage.personalData.erase(userId(1), { event, letter })).toBe(false);
      expect(await storage.personalData.erase(userId(9), { event, letter: null })).toBe(false);
      expect(await storage.accounts.byId(userId(1))).not.toBeNull();
      expect(await storage.letters.take(startMs + 1_000, 10)).toEqual([]);
      expect(await storage.audit.list({ userId: null, limit: 10 })).toEqual([]);
    });

    test("what is erased is gone everywhere, once, and nobody else's is touched", async () => {
      const { accounts, audit, characters, letters, mailTokens, personalData, sessions, worlds } = storage;
      for (const number of [1, 2]) {
        const times = { createdAtMs: startMs, expiresAtMs: startMs + 10_000 };
        await sessions.create({ id: sessionId(number), userId: userId(number), ...times });
        const email = `player${number}@example.org`;
        const expiresAtMs = startMs + 10_000;
        const hash = `hash ${number}`;
        await mailTokens.issue({ userId: userId(number), purpose: "reset", hash, email, expiresAtMs });
        await letters.put({
          id: sessionId(10 + number),
          kind: "reset-password",
          to: email,
          userId: null,
          atMs: startMs,
        });
        await audit.record({
          type: "logged-in",
          atMs: startMs,
          userId: userId(number),
          sessionId: sessionId(number),
          address: "198.51.100.1",
        });
      }
      await accounts.beginDeletion(userId(1), { from: null, atMs: startMs });
      const erasing = [1, 2, 3].map(() => personalData.erase(userId(1), { event, letter }));
      expect((await Promise.all(erasing)).filter((isErased) => isErased)).toHaveLength(1);

      expect(await accounts.deletionsBegun(10)).toEqual([]);
      expect(await characters.ofUser(userId(1))).toEqual([]);
      expect(await sessions.get(sessionId(1), startMs)).toBeNull();
      expect((await worlds.get(worldId(1)))?.ownerId).toBeNull();
      const own = await audit.list({ userId: userId(1), limit: 10 });
      expect(own.map(({ number: _, ...rest }) => rest)).toEqual([
        event,
        { type: "logged-in", atMs: startMs, userId: userId(1), sessionId: null, address: null },
      ]);
      const due = await letters.take(startMs + 1_000, 10);
      expect(due.map(({ id }) => id).toSorted()).toEqual([sessionId(12), sessionId(9)].toSorted());
      expect(due.find(({ id }) => id === letter.id)).toEqual({ ...letter, attempts: 1 });

      expect(await accounts.byId(userId(2))).not.toBeNull();
      expect(await characters.ofUser(userId(2))).toHaveLength(1);
      expect(await sessions.get(sessionId(2), startMs)).not.toBeNull();
      expect((await worlds.get(worldId(2)))?.ownerId).toBe(userId(2));
      expect(await mailTokens.find("reset", "hash 2", startMs)).toBe(userId(2));
      expect(await audit.list({ userId: userId(2), limit: 10 })).toMatchObject([{ address: "198.51.100.1" }]);
      expect(await accounts.create(newAccount(1))).toBe("created");
      expect(await mailTokens.find("reset", "hash 1", startMs)).toBeNull();
    });
  });
}
