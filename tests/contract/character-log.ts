import { beforeEach, describe, expect, test } from "vitest";
import { notRolled } from "#core/character/biography/model.ts";
import { readBiography } from "#core/character/biography/read-biography.ts";
import { fromStoredBiography, toStoredBiography } from "#core/character/biography/stored.ts";
import { emptyClock } from "#core/world/clock.ts";
import type { CharacterLog } from "#core/ports/character-log.ts";
import type { CharacterChange, NewEvent } from "#core/ports/world-log.ts";
import type { Setup, Storage } from "#tests/support/database.ts";
import { templateOf } from "#core/character/attributes.ts";
import {
  characterId,
  characterRecord,
  newAccount,
  startMs,
  userId,
  worldId,
  worldRecord,
} from "#tests/support/records.ts";

const leaseMs = 60_000;
const racesRun = 20;

export function characterLogContract(name: string, setup: Setup): void {
  describe(`character log, ${name}`, () => {
    let storage: Storage;
    let log: CharacterLog;
    beforeEach(async () => {
      storage = await setup();
      log = storage.characterLog;
      for (const number of [1, 2]) {
        await storage.worlds.createIfAbsent(worldRecord(number));
        await storage.accounts.create(newAccount(number));
        await storage.characters.create(characterRecord(number));
      }
      await storage.leases.acquire("owner", [worldId(1), worldId(2)], leaseMs);
    });

    const position = { x: 4.75, y: 5.1, z: -1 };
    const seen = (atMs: number, x = 0): NewEvent =>
      toStoredBiography({
        event: { type: "movedFar", worldId: worldId(1), position: { ...position, x } },
        metadata: { atMs, worldVersion: 7 },
      });
    const change = (number: number, biography: readonly NewEvent[], changes: Partial<CharacterChange> = {}) => ({
      id: characterId(number),
      worldId: worldId(1),
      travels: 0,
      hasArrived: true,
      position,
      orientation: { x: 0, y: 1, z: 0 },
      isFlying: false,
      stamina: null,
      health: null,
      lastPlayedAtMs: startMs,
      biography,
      ...changes,
    });
    const commit = (world: number, expectedVersion: number, characters: readonly CharacterChange[]) =>
      storage.worldLog.commit({ worldId: worldId(world), fence: 1, expectedVersion, events: [], characters });
    const versions = async (number = 1) => (await log.read(characterId(number), 0, 1000)).map(({ version }) => version);

    test("a character begins with what it is, and how it came about", async () => {
      const record = characterRecord(3, { userId: userId(2), homeWorldId: worldId(2), attributes: templateOf("Elf") });
      const birth = { variance: templateOf("Human"), bought: { Might: 3 } };
      expect(await storage.characters.create(record, birth)).toBe("created");
      const [first, ...rest] = await log.read(record.id, 0, 10);
      expect(rest).toEqual([]);
      const { id: _, userId: __, createdAtMs, lastPlayedAtMs: ___, ...character } = record;
      expect(first).toEqual({
        version: 1,
        ...first,
        type: "created",
        schemaVersion: 1,
        metadata: { atMs: createdAtMs },
      });
      expect(fromStoredBiography(first!).event).toEqual({ type: "created", character, ...birth });
      expect(await readBiography(log, characterId(1))).toMatchObject({
        version: 1,
        ...notRolled,
        whereabouts: "asleep",
      });
    });

    test("an id that was given before is refused, and neither row nor stream changes", async () => {
      const again = characterRecord(1, { userId: userId(2), homeWorldId: worldId(2), name: "Eve" });
      expect(await storage.characters.create(again)).toBe("exists");
      expect(await storage.characters.get(characterId(1))).toEqual(characterRecord(1));
      expect(await versions()).toEqual([1]);
    });

    test("what a world commits of its characters is in their streams, in order, with its row", async () => {
      expect(await commit(1, 0, [change(1, [seen(1), seen(2)]), change(2, [seen(3)])])).toBe("committed");
      expect(await commit(1, 0, [change(1, [seen(4)])])).toBe("committed");
      expect(await log.read(characterId(1), 1, 2)).toEqual([
        { ...seen(1), version: 2 },
        { ...seen(2), version: 3 },
      ]);
      expect(await versions()).toEqual([1, 2, 3, 4]);
      expect(await versions(2)).toEqual([1, 2]);
    });

    test("a commit that is refused leaves the streams alone", async () => {
      expect(await commit(1, 5, [change(1, [seen(1)])])).toBe("wrong-version");
      await storage.leases.acquire("owner", [worldId(1)], leaseMs);
      expect(await commit(1, 0, [change(1, [seen(1)])])).toBe("stale-fence");
      expect(await versions()).toEqual([1]);
    });

    test("of one who has travelled on an older world can tell nothing any more", async () => {
      await commit(1, 0, [change(1, [seen(1)], { travels: 2, worldId: worldId(2) })]);
      expect(await commit(1, 0, [change(1, [seen(2)], { travels: 1 })])).toBe("committed");
      expect(await versions()).toEqual([1, 2]);
    });

    test("the events of several changes of one character are all there, and of nobody there are none", async () => {
      const changes = [
        change(1, [seen(1)]),
        change(1, [seen(2)], { travels: 1 }),
        change(1, [seen(3)]),
        change(9, [seen(4)]),
      ];
      expect(await commit(1, 0, changes)).toBe("committed");
      expect(
        (await log.read(characterId(1), 1, 10)).map(({ metadata }) => (metadata as { atMs: number }).atMs),
      ).toEqual([1, 2, 3]);
      expect(await versions(9)).toEqual([]);
    });

    test("versions have no gaps when worlds append at the same time", async () => {
      for (let round = 0; round < racesRun; round++) {
        const both = [change(1, [seen(round), seen(round)]), change(2, [seen(round)])];
        const racers = [commit(1, 0, both), commit(2, 0, both.toReversed())];
        expect(await Promise.all(racers)).toEqual(["committed", "committed"]);
      }
      expect(await versions()).toEqual(Array.from({ length: 1 + 4 * racesRun }, (_, index) => index + 1));
      expect(await versions(2)).toEqual(Array.from({ length: 1 + 2 * racesRun }, (_, index) => index + 1));
    });

    test("a history is read back from any version, and the version of a moment is found", async () => {
      await commit(1, 0, [
        change(
          1,
          [startMs + 10, startMs + 20, startMs + 20, startMs + 30].map((at) => seen(at)),
        ),
      ]);
      const back = async (before: number, limit: number) =>
        (await log.readBack(characterId(1), before, limit)).map(({ version }) => version);
      expect([await back(Infinity, 2), await back(4, 10), await back(1, 10)]).toEqual([[5, 4], [3, 2, 1], []]);
      const at = (ms: number) => log.versionAt(characterId(1), startMs + ms);
      expect([await at(0), await at(10), await at(19), await at(20), await at(1e9)]).toEqual([0, 2, 2, 4, 5]);
      expect(await log.versionAt(characterId(9), startMs)).toBe(0);
    });

    test("a snapshot is found from its version on, replaces itself, and is kept of nobody who is gone", async () => {
      const at = async (version: number) => (await log.snapshotAt(characterId(1), version))?.hash ?? null;
      for (const version of [3, 9]) await log.saveSnapshot(characterId(1), { version, hash: `h${version}`, state: {} });
      await log.saveSnapshot(characterId(1), { version: 9, hash: "again", state: { b: 1, a: [2] } });
      expect([await at(2), await at(3), await at(8), await at(Infinity)]).toEqual([null, "h3", "h3", "again"]);
      expect(JSON.stringify((await log.snapshotAt(characterId(1), 9))?.state)).toBe('{"b":1,"a":[2]}');
      await log.saveSnapshot(characterId(9), { version: 1, hash: "h", state: {} });
      expect(await log.snapshotAt(characterId(9), 1)).toBeNull();
    });

    test("who is a guest in a world that ends finds himself at home, and his stream says so", async () => {
      await commit(1, 0, [change(1, [seen(1)], { worldId: worldId(2), travels: 1 })]);
      await storage.worlds.follow(worldId(2), { version: 1, status: "deleted", clock: emptyClock });
      const row = await storage.characters.get(characterId(1));
      const life = await readBiography(log, characterId(1));
      const { worldId: at, travels } = row!;
      expect(life).toMatchObject({ version: 3, whereabouts: "asleep", worldId: at, travels, position: row!.position });
      expect([at, travels]).toEqual([worldId(1), 2]);
      const [last] = await log.readBack(characterId(1), Infinity, 1);
      expect(fromStoredBiography(last!).event).toMatchObject({ type: "sentHome", fromWorldId: worldId(2) });
      await storage.worlds.follow(worldId(2), { version: 1, status: "deleted", clock: emptyClock });
      expect(await versions()).toEqual([1, 2, 3]);
    });

    test("a stream goes with its character", async () => {
      await log.saveSnapshot(characterId(1), { version: 1, hash: "h", state: {} });
      await storage.accounts.beginDeletion(userId(1), { from: null, atMs: startMs });
      const event = {
        type: "account-deleted",
        atMs: startMs,
        userId: userId(1),
        sessionId: null,
        address: null,
      } as const;
      expect(await storage.personalData.erase(userId(1), { event, letter: null })).toBe(true);
      expect([await versions(), await log.snapshotAt(characterId(1), 9)]).toEqual([[], null]);
      expect(await versions(2)).toEqual([1]);
    });
  });
}
