import { beforeEach, describe, expect, test } from "vitest";
import { planetBytesMax, type Planets } from "#core/ports/planets.ts";
import { emptyClock } from "#core/world/clock.ts";
import type { Setup, Storage } from "#tests/support/database.ts";
import { newAccount, userId, worldId, worldRecord } from "#tests/support/records.ts";

export function planetsContract(name: string, setup: Setup): void {
  describe(`planets, ${name}`, () => {
    let storage: Storage;
    let planets: Planets;
    const spawn = { x: 0.1, y: -7.25, z: 12 };
    const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => (i * i) % 256);
    const generating = (number: number) => worldRecord(number, { ownerId: userId(1), status: "generating" });
    beforeEach(async () => {
      storage = await setup();
      planets = storage.planets;
      await storage.accounts.create(newAccount(1));
      await storage.worlds.create(generating(1), []);
    });

    test("a planet comes back byte for byte, and is nobody's to change", async () => {
      expect(await planets.get(worldId(1))).toBeNull();
      const given = bytes.slice();
      expect(await planets.keep(worldId(1), given, spawn)).toBe(true);
      given.fill(0);
      const found = await planets.get(worldId(1));
      expect(Buffer.compare(found!, bytes)).toBe(0);
      found!.fill(0);
      expect(Buffer.compare((await planets.get(worldId(1)))!, bytes)).toBe(0);
    });

    test("with it the world is active, and its spawn is on it; all else of it stays as it was", async () => {
      await planets.keep(worldId(1), bytes, spawn);
      const { spec } = generating(1);
      const made = await storage.worlds.get(worldId(1));
      expect(made).toEqual({
        ...generating(1),
        status: "active",
        spec: { ...spec, spawn: { ...spec.spawn, position: spawn } },
      });
      expect(Object.keys(made!.spec)).toEqual(Object.keys(spec));
    });

    test("is kept once: of several that make it exactly one keeps it", async () => {
      const outcomes = await Promise.all(
        [1, 2, 3, 4].map((x) => planets.keep(worldId(1), Uint8Array.of(x), { x, y: 0, z: 0 })),
      );
      expect(outcomes.filter((isKept) => isKept)).toHaveLength(1);
      const kept = (await planets.get(worldId(1)))![0];
      expect((await storage.worlds.get(worldId(1)))?.spec.spawn.position.x).toBe(kept);
    });

    test("a world that is no longer generating keeps its status and its spawn", async () => {
      await storage.worlds.follow(worldId(1), { version: 3, status: "paused", clock: emptyClock });
      expect(await planets.keep(worldId(1), bytes, spawn)).toBe(true);
      const { status, spec } = (await storage.worlds.get(worldId(1)))!;
      expect([status, spec.spawn.position]).toEqual(["paused", generating(1).spec.spawn.position]);
    });

    test("a world in the making is awake, so that an owner comes and makes it", async () => {
      await storage.worlds.create(worldRecord(2, { ownerId: userId(1) }), []);
      expect(await storage.leases.unowned(10)).toEqual([worldId(1)]);
    });

    test("one of no world, or larger than a planet can be, is our bug", async () => {
      await expect(planets.keep(worldId(9), bytes, spawn)).rejects.toThrow("no world");
      await expect(planets.keep(worldId(1), new Uint8Array(planetBytesMax + 1), spawn)).rejects.toThrow("bytes");
      expect((await storage.worlds.get(worldId(1)))?.status).toBe("generating");
    });
  });
}
