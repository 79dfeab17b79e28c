import { beforeEach, describe, expect, test } from "vitest";
import type { Placed, Placements, PlacementsChange } from "#core/ports/placements.ts";
import type { Setup, Storage } from "#tests/support/database.ts";
import type { Space } from "#core/world/space.ts";
import { worldId, worldRecord } from "#tests/support/records.ts";

const flat: Space = { radiusM: null, bounds: null };
const radiusM = 1_000_000;
const globe: Space = { radiusM, bounds: null };

export function placementsContract(name: string, setup: Setup): void {
  describe(`placements, ${name}`, () => {
    let storage: Storage;
    let placements: Placements;
    beforeEach(async () => {
      storage = await setup();
      placements = storage.placements;
      for (const number of [1, 2]) await storage.worlds.createIfAbsent(worldRecord(number));
      await storage.leases.acquire("owner", [worldId(1), worldId(2)], 60_000);
    });

    const at = (id: string, x: number, y = 0, z = 0, kind: Placed["kind"] = "thing"): Placed => ({
      kind,
      id,
      name: `the ${id} ‹🦊›`,
      position: { x, y, z },
    });
    const write = (placed: readonly Placed[], changes: Partial<PlacementsChange> = {}) =>
      placements.write({ worldId: worldId(1), fence: 1, space: flat, placed, gone: [], isWhole: false, ...changes });
    const near = async (x: number, radius: number, { y = 0, z = 0, world = 1, space = flat, limit = 100 } = {}) => {
      const around = { position: { x, y, z }, radiusM: radius, limit };
      return (await placements.nearby({ id: worldId(world), space }, around)).map(
        ({ id, distanceM }) => `${id} ${distanceM}`,
      );
    };

    test("what is within a radius is found whole, the nearest first, up and down counting as well", async () => {
      await write([at("a", 3), at("b", 0, 4, 0, "character"), at("c", 0, 0, 4.5), at("d", 5.001)]);
      expect(await near(0, 5)).toEqual(["a 3", "b 4", "c 4.5"]);
      expect(await near(0, 4)).toEqual(["a 3", "b 4"]);
      expect(await near(0, 100, { limit: 2 })).toEqual(["a 3", "b 4"]);
      const [found] = await placements.nearby(
        { id: worldId(1), space: flat },
        { position: { x: 0, y: 4, z: 0 }, radiusM: 0, limit: 9 },
      );
      expect(found).toEqual({ ...at("b", 0, 4, 0, "character"), distanceM: 0 });
    });

    test("worlds lie apart, and kinds do not take each other's ids", async () => {
      await write([at("a", 1), at("a", 2, 0, 0, "character")]);
      await write([at("a", 7)], { worldId: worldId(2) });
      expect(await near(0, 10)).toEqual(["a 1", "a 2"]);
      expect(await near(0, 10, { world: 2 })).toEqual(["a 7"]);
    });

    test("what is placed again has moved, what is gone is gone, and a whole picture replaces all", async () => {
      await write([at("a", 1), at("b", 2), at("c", 3)]);
      await write([at("a", 9)], {
        gone: [
          { kind: "thing", id: "b" },
          { kind: "thing", id: "x" },
          { kind: "thing", id: "a" },
        ],
      });
      expect(await near(0, 100)).toEqual(["c 3", "a 9"]);
      await write([at("c", 4)], { isWhole: true });
      expect(await near(0, 100)).toEqual(["c 4"]);
      await write([], { isWhole: true });
      expect(await near(0, 100)).toEqual([]);
    });

    test("who owned a world once writes nothing any more", async () => {
      await write([at("a", 1)]);
      await storage.leases.acquire("owner", [worldId(1)], 60_000);
      await write([at("a", 2), at("b", 3)], { isWhole: true });
      expect(await near(0, 100)).toEqual(["a 1"]);
      await write([at("b", 3)], { fence: 2, isWhole: true });
      expect(await near(0, 100)).toEqual(["b 3"]);
    });

    test("on a sphere what is near across a pole and the antimeridian is near", async () => {
      const [pole, seam] = [(Math.PI / 2) * radiusM, Math.PI * radiusM];
      await write([at("pole", seam, pole - 3), at("seam", -seam + 4), at("far", 0)], { space: globe });
      expect(await near(0, 10, { y: pole - 2, space: globe })).toEqual([
        expect.stringMatching(/^pole (?:5|4\.99|5\.00)/u),
      ]);
      expect(await near(seam - 1, 10, { space: globe })).toEqual([expect.stringMatching(/^seam (?:5|4\.99|5\.00)/u)]);
    });
  });
}
