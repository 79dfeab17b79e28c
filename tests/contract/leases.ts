import { beforeEach, describe, expect, test } from "vitest";
import type { WorldId } from "#core/lib/ids.ts";
import type { Leases } from "#core/ports/leases.ts";
import type { Setup, Storage } from "#tests/support/database.ts";
import { worldId, worldRecord } from "#tests/support/records.ts";

const leaseMs = 60_000;
// A store may keep whole milliseconds.
const roundingMs = 1;
const racesRun = 20;

const byWorld = ([one]: [WorldId, number], [other]: [WorldId, number]) => one.localeCompare(other);

export function leasesContract(name: string, setup: Setup): void {
  describe(`leases, ${name}`, () => {
    let storage: Storage;
    let leases: Leases;
    beforeEach(async () => {
      storage = await setup();
      leases = storage.leases;
      for (const number of [1, 2, 3]) await storage.worlds.createIfAbsent(worldRecord(number));
    });

    const take = async (owner: string, ...worlds: number[]) =>
      [...(await leases.acquire(owner, worlds.map(worldId), leaseMs))].toSorted(byWorld);
    const renewed = async (owner: string) => [...(await leases.renew(owner, leaseMs)).held].toSorted();
    const alive = async (owner: string) => [...(await leases.renew(owner, leaseMs)).alive].toSorted();

    test("free worlds are taken, each with its first fence", async () => {
      expect(await take("a", 1, 2)).toEqual([
        [worldId(1), 1],
        [worldId(2), 1],
      ]);
    });

    test("what another holds is not taken, what is free beside it is", async () => {
      await take("a", 1);
      expect(await take("b", 1, 2)).toEqual([[worldId(2), 1]]);
    });

    test("asking for nothing, for the same twice, or for a world that is not there", async () => {
      expect(await take("a")).toEqual([]);
      expect(await take("a", 99)).toEqual([]);
      expect(await take("a", 1, 1)).toEqual([[worldId(1), 1]]);
    });

    test("an owner that comes back under its own name gets a higher fence at once", async () => {
      await take("a", 1);
      expect(await take("a", 1)).toEqual([[worldId(1), 2]]);
    });

    test("an expired world changes hands, with a higher fence", async () => {
      await take("a", 1);
      await storage.passTime(leaseMs - 10_000);
      expect(await take("b", 1)).toEqual([]);
      await storage.passTime(10_000 + roundingMs);
      expect(await take("b", 1)).toEqual([[worldId(1), 2]]);
    });

    test("what nobody holds is found, longest without an owner first; what sleeps is not, until it is taken", async () => {
      expect(await leases.unowned(10)).toEqual([worldId(1), worldId(2), worldId(3)]);
      expect(await leases.unowned(2)).toHaveLength(2);
      await take("a", 1, 2);
      expect(await leases.unowned(10)).toEqual([worldId(3)]);
      await leases.sleep("a", worldId(1), 1);
      expect(await leases.unowned(10)).toEqual([worldId(3)]);
      await storage.passTime(leaseMs + roundingMs);
      expect(await leases.unowned(10)).toEqual([worldId(3), worldId(2)]);
      expect(await take("b", 1)).toEqual([[worldId(1), 2]]);
      await leases.release("b", [worldId(1)]);
      expect((await leases.unowned(10)).toSorted()).toEqual([worldId(1), worldId(2), worldId(3)]);
    });

    test("only who holds it, under its newest fence, puts a world to sleep", async () => {
      await take("a", 1);
      await leases.sleep("b", worldId(1), 1);
      await leases.sleep("a", worldId(1), 2);
      await leases.sleep("a", worldId(9), 1);
      expect(await renewed("a")).toEqual([worldId(1)]);
      await take("a", 1);
      await leases.sleep("a", worldId(1), 1);
      expect(await renewed("a")).toEqual([worldId(1)]);
      await leases.sleep("a", worldId(1), 2);
      expect(await renewed("a")).toEqual([]);
      expect(await leases.unowned(10)).toEqual([worldId(2), worldId(3)]);
    });

    test("renewing prolongs everything still held, in one step", async () => {
      await take("a", 1, 2);
      await take("b", 3);
      await storage.passTime(leaseMs - 10_000);
      expect(await renewed("a")).toEqual([worldId(1), worldId(2)]);
      await storage.passTime(leaseMs - 10_000);
      expect(await take("c", 1, 2, 3)).toEqual([[worldId(3), 2]]);
    });

    test("what expired or went to another is not renewed", async () => {
      await take("a", 1, 2);
      await storage.passTime(leaseMs + roundingMs);
      await take("b", 1);
      expect(await renewed("a")).toEqual([]);
      expect(await renewed("b")).toEqual([worldId(1)]);
      expect(await take("c", 2)).toEqual([[worldId(2), 2]]);
    });

    test("looking answers as renewing does, and prolongs nothing", async () => {
      await take("a", 1, 2);
      await take("b", 3);
      await renewed("a");
      await renewed("b");
      expect(await leases.look("a")).toEqual({ held: new Set([1, 2].map(worldId)), alive: new Set(["a", "b"]) });
      expect(await leases.look("nobody")).toEqual({ held: new Set(), alive: new Set(["a", "b"]) });
      await storage.passTime(leaseMs - 10_000);
      await renewed("b");
      await leases.look("a");
      await storage.passTime(10_000 + roundingMs);
      expect(await leases.look("a")).toEqual({ held: new Set(), alive: new Set(["b"]) });
      expect(await take("c", 1)).toEqual([[worldId(1), 2]]);
    });

    test("renewing changes no fence", async () => {
      await take("a", 1);
      await renewed("a");
      expect(await take("a", 1)).toEqual([[worldId(1), 2]]);
    });

    test("what was released is free at once, and its fence still grows", async () => {
      await take("a", 1, 2);
      await leases.release("a", [worldId(1)]);
      expect(await renewed("a")).toEqual([worldId(2)]);
      expect(await take("b", 1, 2)).toEqual([[worldId(1), 2]]);
    });

    test("nobody releases what is another's, or nobody's", async () => {
      await take("a", 1);
      await leases.release("b", [worldId(1), worldId(2), worldId(99)]);
      await leases.release("b", []);
      expect(await renewed("a")).toEqual([worldId(1)]);
    });

    test("who renews is alive for as long as a lease, with worlds or without", async () => {
      expect(await alive("a")).toEqual(["a"]);
      await storage.passTime(leaseMs - 10_000);
      expect(await alive("b")).toEqual(["a", "b"]);
      await storage.passTime(10_000 + roundingMs);
      expect(await alive("b")).toEqual(["b"]);
      expect(await alive("a")).toEqual(["a", "b"]);
    });

    test("who leaves frees everything at once, and is alive no more", async () => {
      await take("a", 1, 2);
      await take("b", 3);
      await alive("a");
      await leases.leave("a");
      expect(await alive("b")).toEqual(["b"]);
      expect(await take("b", 1, 2)).toEqual([
        [worldId(1), 2],
        [worldId(2), 2],
      ]);
      await leases.leave("nobody");
      expect(await renewed("b")).toEqual([worldId(1), worldId(2), worldId(3)]);
    });

    test("of several racing for the same worlds each world goes to exactly one", async () => {
      for (let round = 0; round < racesRun; round++) {
        const order = [1, 2, 3].map(worldId);
        const racers = ["a", "b", "c", "d"].map((owner, each) =>
          leases.acquire(`${owner}${round}`, each % 2 === 0 ? order : order.toReversed(), leaseMs),
        );
        const taken = (await Promise.all(racers)).flatMap((each) => [...each]).toSorted(byWorld);
        expect(taken, `round ${round}`).toEqual(order.map((id) => [id, round + 1]));
        await storage.passTime(leaseMs + roundingMs);
      }
    });
  });
}
