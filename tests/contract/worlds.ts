import { beforeEach, describe, expect, test } from "vitest";
import { lobbyWorldId } from "#core/lib/ids.ts";
import type { Worlds } from "#core/ports.ts";
import type { Setup, Storage } from "#tests/support/database.ts";
import { newAccount, startMs, userId, worldId, worldRecord } from "#tests/support/records.ts";

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

    test("what was given in or out is the caller's own", async () => {
      const given = worldRecord(1);
      await worlds.createIfAbsent(given);
      Object.assign(given.spec, { seed: 1 });
      Object.assign((await worlds.get(given.id))?.spec as object, { seed: 2 });
      expect(await worlds.get(given.id)).toEqual(worldRecord(1));
    });
  });
}
