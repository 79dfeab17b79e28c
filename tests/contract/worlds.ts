import { beforeEach, describe, expect, test } from "vitest";
import { lobbyWorldId } from "#core/lib/ids.ts";
import type { NewEvent } from "#core/ports/world-log.ts";
import type { Worlds } from "#core/ports/worlds.ts";
import { firstClock } from "#core/world/clock.ts";
import type { WorldRecord } from "#core/world/spec.ts";
import type { Setup, Storage } from "#tests/support/database.ts";
import { characterRecord, newAccount, startMs, userId, worldId, worldRecord } from "#tests/support/records.ts";

export function worldsContract(name: string, setup: Setup): void {
  describe(`worlds, ${name}`, () => {
    let storage: Storage;
    let worlds: Worlds;
    beforeEach(async () => {
      storage = await setup();
      worlds = storage.worlds;
    });

    test("a world comes back as it was, to the last digit and in the same order", async () => {
      await storage.accounts.create(newAccount(1));
      const world = worldRecord(1, { ownerId: userId(1), status: "paused" });
      await worlds.createIfAbsent(world);
      const found = await worlds.get(world.id);
      expect(found).toEqual(world);
      expect(JSON.stringify(found?.spec)).toBe(JSON.stringify(world.spec));
    });

    test("an unknown world is null, and no worlds are an empty list", async () => {
      expect(await worlds.get(worldId(1))).toBeNull();
      expect(await worlds.list()).toEqual([]);
    });

    test("a world that is there stays as it is", async () => {
      await worlds.createIfAbsent(worldRecord(1));
      await worlds.createIfAbsent(worldRecord(1, { name: "Another", status: "paused", createdAtMs: startMs }));
      expect(await worlds.list()).toEqual([worldRecord(1)]);
    });

    test("several that make the same world at once make one", async () => {
      await Promise.all([1, 1, 1, 1, 2, 2].map((number) => worlds.createIfAbsent(worldRecord(number))));
      expect(await worlds.list()).toEqual([worldRecord(1), worldRecord(2)]);
    });

    test("the list is oldest first, the lobby before all", async () => {
      const lobby = worldRecord(9, { id: lobbyWorldId, createdAtMs: startMs + 900 });
      const oldest = worldRecord(3, { createdAtMs: startMs - 1 });
      for (const world of [worldRecord(2), lobby, worldRecord(1), oldest]) await worlds.createIfAbsent(world);
      expect(await worlds.list()).toEqual([lobby, oldest, worldRecord(1), worldRecord(2)]);
    });

    const clock = firstClock(startMs, { gameMs: 7, dilation: 2.5, ticksPerSecond: 10 });
    const created: NewEvent = {
      type: "created",
      schemaVersion: 1,
      payload: { name: "Mine", ownerId: userId(1) },
      metadata: { atMs: startMs },
    };

    describe("a new world", () => {
      beforeEach(() => storage.accounts.create(newAccount(1)));
      const mine = (number: number, called = "Mine") => worldRecord(number, { ownerId: userId(1), name: called });

      test("is there with the first events of its log, asleep", async () => {
        const began = { ...created, type: "began" };
        expect(await worlds.create(mine(1), [created, began])).toBe("created");
        expect(await worlds.get(worldId(1))).toEqual(mine(1));
        const versions = [created, began].map((event, index) => ({ ...event, version: index + 1 }));
        expect(await storage.worldLog.read(worldId(1), 0, 10)).toEqual(versions);
        expect((await storage.eventFeed.read(0, 10)).map(({ type }) => type)).toEqual(["created", "began"]);
        expect(await storage.leases.unowned(10)).toEqual([]);
        expect(await storage.leases.acquire("a", [worldId(1)], 1000)).toEqual(new Map([[worldId(1), 1]]));
      });

      test("whose id was given before changes nothing, and is said to exist", async () => {
        await worlds.create(mine(1), [created]);
        expect(await worlds.create(mine(1, "Another"), [created])).toBe("exists");
        expect(await worlds.list()).toEqual([mine(1)]);
        expect(await storage.worldLog.read(worldId(1), 0, 10)).toHaveLength(1);
      });

      test("has a name for itself, without regard to case or form: of those that race exactly one wins", async () => {
        for (let round = 0; round < 5; round++) {
          const names = [`Ärger ${round}`, `ÄRGER ${round}`, `ärger ${round}`, `ÄRger ${round}`];
          const outcomes = await Promise.all(
            names.map((each, index) => worlds.create(mine(10 * round + index + 1, each), [created])),
          );
          expect(outcomes.toSorted()).toEqual(["created", "name-taken", "name-taken", "name-taken"]);
        }
        expect(await worlds.list()).toHaveLength(5);
        expect((await storage.eventFeed.read(0, 100)).length).toBe(5);
      });

      test("may not be called as one that was there from the start", async () => {
        await worlds.createIfAbsent(worldRecord(1, { name: "Lobby" }));
        expect(await worlds.create(mine(2, "LOBBY"), [])).toBe("name-taken");
      });
    });

    test("several are found at once, those that are there", async () => {
      for (const number of [1, 2]) await worlds.createIfAbsent(worldRecord(number));
      const found = await worlds.getMany([worldId(2), worldId(3), worldId(1), worldId(2)]);
      expect(found.map(({ id }) => id).toSorted()).toEqual([worldId(1), worldId(2)]);
      expect(await worlds.getMany([])).toEqual([]);
    });

    test("the list comes in pages, also where several were made in one moment", async () => {
      const lobby = worldRecord(9, { id: lobbyWorldId, createdAtMs: startMs + 900 });
      const same = [1, 2, 3, 4].map((number) => worldRecord(number, { createdAtMs: startMs }));
      for (const world of [...same.toReversed(), lobby]) await worlds.createIfAbsent(world);
      const pages: (readonly unknown[])[] = [];
      for (let after: WorldRecord | null = null; ;) {
        const page = await worlds.page(after, 2);
        if (page.length === 0) break;
        pages.push(page);
        after = page.at(-1) ?? null;
      }
      expect(pages).toEqual([[lobby, same[0]], [same[1], same[2]], [same[3]]]);
    });

    describe("what a log says of its world", () => {
      beforeEach(() => worlds.createIfAbsent(worldRecord(1)));

      test("is kept, and what is older changes nothing", async () => {
        await worlds.follow(worldId(1), { version: 5, status: "paused", clock: { ...clock, isPaused: true } });
        const paused = worldRecord(1, { status: "paused", clock: { ...clock, isPaused: true } });
        expect(await worlds.get(worldId(1))).toEqual(paused);
        for (const version of [4, 5]) await worlds.follow(worldId(1), { version, status: "active", clock });
        expect(await worlds.list()).toEqual([paused]);
        await worlds.follow(worldId(1), { version: 6, status: "active", clock });
        expect(await worlds.get(worldId(1))).toEqual(worldRecord(1, { clock }));
        await worlds.follow(worldId(7), { version: 6, status: "active", clock });
      });

      test("ends it: no list has it and nobody can own it; guests are at home, who lived there is gone, the log stays", async () => {
        for (const number of [2, 3]) await worlds.createIfAbsent(worldRecord(number));
        for (const number of [1, 2, 3]) await storage.accounts.create(newAccount(number));
        await storage.characters.create(characterRecord(1));
        const guest = { homeWorldId: worldId(2), worldId: worldId(1), travels: 3, hasArrived: false };
        await storage.characters.create(characterRecord(2, guest));
        await storage.characters.create(characterRecord(3, { homeWorldId: worldId(2), worldId: worldId(3) }));
        const [fence] = (await storage.leases.acquire("a", [worldId(1)], 60_000)).values();
        const commit = { worldId: worldId(1), fence: fence!, expectedVersion: 0, events: [created], characters: [] };
        expect(await storage.worldLog.commit(commit)).toBe("committed");

        for (const version of [9, 9]) await worlds.follow(worldId(1), { version, status: "deleted", clock });
        expect(await worlds.get(worldId(1))).toBeNull();
        expect(await worlds.getMany([worldId(1)])).toEqual([]);
        for (const list of [await worlds.list(), await worlds.page(null, 10)])
          expect(list.map(({ id }) => id)).toEqual([worldId(2), worldId(3)]);
        expect(await storage.leases.acquire("b", [worldId(1)], 60_000)).toEqual(new Map());
        expect(await storage.leases.unowned(10)).toEqual([worldId(2), worldId(3)]);
        expect(await storage.characters.get(characterRecord(1).id)).toBeNull();
        expect(await storage.characters.get(characterRecord(2).id)).toMatchObject({
          ...worldRecord(2).spec.spawn,
          worldId: worldId(2),
          travels: 4,
          hasArrived: true,
        });
        expect(await storage.characters.get(characterRecord(3).id)).toMatchObject({ worldId: worldId(3), travels: 0 });
        expect(await storage.worldLog.read(worldId(1), 0, 10)).toHaveLength(1);
        expect(await worlds.create(worldRecord(4, { name: "WORLD 1" }), [])).toBe("created");
        // What comes late from an owner that is no more changes nothing.
        await worlds.follow(worldId(1), { version: 10, status: "active", clock });
        expect(await worlds.get(worldId(1))).toBeNull();
      });
    });

    test("a fault is kept until it is lifted; a quarantined world is given to nobody", async () => {
      await worlds.createIfAbsent(worldRecord(1));
      const fault = { count: 3, atMs: startMs, reason: "RangeError: oops", isQuarantined: false };
      await worlds.setFault(worldId(1), fault);
      expect(await worlds.get(worldId(1))).toEqual(worldRecord(1, { fault }));
      expect(await storage.leases.unowned(10)).toEqual([worldId(1)]);
      await worlds.setFault(worldId(1), { ...fault, isQuarantined: true });
      expect(await storage.leases.unowned(10)).toEqual([]);
      expect(await storage.leases.acquire("a", [worldId(1)], 1000)).toEqual(new Map());
      await worlds.setFault(worldId(1), null);
      expect(await worlds.get(worldId(1))).toEqual(worldRecord(1));
      expect((await storage.leases.acquire("a", [worldId(1)], 1000)).size).toBe(1);
      await worlds.setFault(worldId(7), fault);
    });

    test("what was given in or out is the caller's own", async () => {
      const given = worldRecord(1);
      await worlds.createIfAbsent(given);
      Object.assign(given.spec, { seed: 1 });
      Object.assign((await worlds.get(given.id))?.spec as object, { seed: 2 });
      expect(await worlds.get(given.id)).toEqual(worldRecord(1));
    });
  });
}
