import { beforeEach, describe, expect, test } from "vitest";
import { type AttributeName, attributeNames } from "#core/protocol/character.ts";
import type { Characters } from "#core/ports/characters.ts";
import type { Setup, Storage } from "#tests/support/database.ts";
import {
  characterId,
  characterRecord,
  newAccount,
  npcId,
  startMs,
  userId,
  worldId,
  worldRecord,
} from "#tests/support/records.ts";

const racesRun = 20;

export function charactersContract(name: string, setup: Setup): void {
  describe(`characters, ${name}`, () => {
    let storage: Storage;
    let characters: Characters;
    beforeEach(async () => {
      storage = await setup();
      characters = storage.characters;
      for (const number of [1, 2, 3, 4, 5]) await storage.worlds.createIfAbsent(worldRecord(number));
      for (const number of [1, 2]) await storage.accounts.create(newAccount(number));
    });

    const attributes = Object.fromEntries(attributeNames.map((each, index) => [each, 40 + index])) as Record<
      AttributeName,
      number
    >;

    test.each([
      [
        "a player with a body",
        characterRecord(1, { attributes, stamina: 12.25, description: "quiet", occupation: "smith" }),
      ],
      ["a watcher without", characterRecord(1, { role: "watcher", appearance: null, isFlying: true })],
      ["one between worlds", characterRecord(1, { worldId: worldId(2), travels: 7, hasArrived: false })],
      ["one who has played", characterRecord(1, { lastPlayedAtMs: startMs + 999 })],
    ])("%s comes back as it was", async (_, record) => {
      expect(await characters.create(record)).toBe("created");
      expect(await characters.get(record.id)).toEqual(record);
    });

    test("nobody is found where nobody is", async () => {
      expect(await characters.get(characterId(1))).toBeNull();
      expect(await characters.getMany([])).toEqual([]);
      expect(await characters.getMany([characterId(1)])).toEqual([]);
      expect(await characters.ofUser(userId(1))).toEqual([]);
      expect(await characters.ofHome(userId(1), worldId(1))).toBeNull();
    });

    test("a user has one character of each home, wherever it has gone", async () => {
      expect(await characters.create(characterRecord(1, { worldId: worldId(2) }))).toBe("created");
      const second = { userId: userId(1) };
      expect(await characters.create(characterRecord(2, second))).toBe("exists");
      expect(await characters.create(characterRecord(3, { ...second, homeWorldId: worldId(2) }))).toBe("created");
      expect(await characters.create(characterRecord(4, { userId: userId(2) }))).toBe("created");
      expect(await characters.get(characterId(2))).toBeNull();
      expect((await characters.ofHome(userId(1), worldId(1)))?.id).toBe(characterId(1));
      expect((await characters.ofHome(userId(1), worldId(2)))?.id).toBe(characterId(3));
    });

    test("of several racing for one home exactly one is made", async () => {
      for (let round = 0; round < racesRun; round++) {
        const home = { userId: userId(1), homeWorldId: worldId(100 + round), worldId: worldId(1) };
        await storage.worlds.createIfAbsent(worldRecord(100 + round));
        const racers = [0, 1, 2, 3].map((each) => characters.create(characterRecord(round * 10 + each, home)));
        expect((await Promise.all(racers)).toSorted()).toEqual(["created", "exists", "exists", "exists"]);
      }
    });

    test("of several racing for one who lives in a world exactly one gets him, and he is free again when that one is gone", async () => {
      for (const number of [3, 4]) await storage.accounts.create(newAccount(number));
      expect(await characters.inhabited(worldId(1))).toEqual(new Set());
      for (let round = 0; round < racesRun; round++) {
        const home = worldId(200 + round);
        await storage.worlds.createIfAbsent(worldRecord(200 + round));
        const lived = { homeWorldId: home, worldId: home, npcId: npcId(1) };
        const racers = [1, 2, 3, 4].map((user) =>
          characters.create(characterRecord(1000 + round * 10 + user, { ...lived, userId: userId(user) })),
        );
        expect((await Promise.all(racers)).toSorted()).toEqual(["created", "npc-taken", "npc-taken", "npc-taken"]);
        expect(await characters.inhabited(home)).toEqual(new Set([npcId(1)]));
      }
      expect(await characters.inhabited(worldId(1))).toEqual(new Set());
    });

    test("whom somebody is comes back, and any number are nobody who lives there", async () => {
      const record = characterRecord(1, { npcId: npcId(7) });
      expect(await characters.create(record)).toBe("created");
      expect(await characters.get(record.id)).toEqual(record);
      expect(await characters.create(characterRecord(2, { npcId: npcId(8) }))).toBe("created");
      expect(await characters.inhabited(worldId(1))).toEqual(new Set([npcId(7), npcId(8)]));
    });

    test("many are fetched at once: each that is there, once", async () => {
      await characters.create(characterRecord(1));
      await characters.create(characterRecord(2));
      const found = await characters.getMany([characterId(2), characterId(9), characterId(1), characterId(2)]);
      expect(found.toSorted((one, other) => one.id.localeCompare(other.id))).toEqual([
        characterRecord(1),
        characterRecord(2),
      ]);
    });

    test("a user's characters come last played first, then the never played, newest first", async () => {
      const mine = (number: number, createdAtMs: number, lastPlayedAtMs: number | null) =>
        characters.create(
          characterRecord(number, { userId: userId(1), homeWorldId: worldId(number), createdAtMs, lastPlayedAtMs }),
        );
      await mine(1, startMs + 1, null);
      await mine(2, startMs + 2, startMs + 100);
      await mine(3, startMs + 3, null);
      await mine(4, startMs + 4, startMs + 300);
      await mine(5, startMs + 5, startMs + 200);
      await characters.create(characterRecord(6, { userId: userId(2), lastPlayedAtMs: startMs + 400 }));

      const ids = (await characters.ofUser(userId(1))).map(({ id }) => id);
      expect(ids).toEqual([4, 5, 2, 3, 1].map(characterId));
    });

    test("joining sets when it was played and the account's last world, together", async () => {
      await characters.create(characterRecord(1, { worldId: worldId(2) }));
      await characters.create(characterRecord(2));

      await characters.recordJoin(characterId(1), startMs + 5_000);

      expect(await characters.get(characterId(1))).toEqual(
        characterRecord(1, { worldId: worldId(2), lastPlayedAtMs: startMs + 5_000 }),
      );
      expect(await storage.accounts.byId(userId(1))).toMatchObject({ lastWorldId: worldId(2) });
      expect(await characters.get(characterId(2))).toEqual(characterRecord(2));
      expect(await storage.accounts.byId(userId(2))).toMatchObject({ lastWorldId: null });
    });

    test("a join of nobody is no error", async () => {
      await characters.recordJoin(characterId(9), startMs);
      expect(await characters.get(characterId(9))).toBeNull();
    });

    test("what was given in or out is the caller's own", async () => {
      const given = characterRecord(1);
      await characters.create(given);
      const found = await characters.get(given.id);
      Object.assign(given.position, { x: 99 });
      Object.assign(found?.position as object, { x: 77 });
      expect(await characters.get(given.id)).toEqual(characterRecord(1));
    });
  });
}
