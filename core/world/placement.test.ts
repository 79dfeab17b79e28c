import { describe, expect, test } from "vitest";
import type { WorldId } from "../lib/ids.ts";
import { Placement, preferredOwner } from "./placement.ts";

const worlds = Array.from(
  { length: 6000 },
  (_, i) => `00000000-0000-4000-8000-${String(i).padStart(12, "0")}` as WorldId,
);
const workers = ["worker-1", "worker-2", "worker-3", "worker-4"];
const owners = (alive: readonly string[]) => worlds.map((world) => preferredOwner(alive, world));

test("every worker gets its fair share, within a tenth", () => {
  const shares = Map.groupBy(owners(workers), (owner) => owner);
  expect(new Set(shares.keys())).toEqual(new Set(workers));
  for (const share of shares.values()) expect(Math.abs(share.length - 1500)).toBeLessThan(150);
});

test("when a worker goes, only its own worlds change hands", () => {
  const before = owners(workers);
  const after = owners(workers.filter((worker) => worker !== "worker-2"));
  before.forEach((owner, i) => {
    if (owner !== "worker-2") expect(after[i]).toBe(owner);
  });
});

test("when a worker comes, worlds move to it and to nobody else", () => {
  const before = owners(workers);
  const after = owners([...workers, "worker-5"]);
  const moved = after.filter((owner, i) => owner !== before[i]);
  expect(new Set(moved)).toEqual(new Set(["worker-5"]));
  expect(Math.abs(moved.length - 1200)).toBeLessThan(150);
});

test("everybody comes to the same answer, whatever the order in which they know each other", () => {
  expect(owners(workers.toReversed())).toEqual(owners(workers));
  expect(preferredOwner([], worlds[0] as WorldId)).toBeNull();
});

describe("remembered placement", () => {
  const some = worlds.slice(0, 300);
  const seen = (...alive: readonly string[][]): Placement => {
    const placement = new Placement();
    for (const names of alive) {
      placement.see(new Set(names));
      for (const world of some) placement.ownerOf(world);
    }
    return placement;
  };

  test.each([
    ["somebody comes", workers, [...workers, "worker-5"]],
    ["somebody goes", workers, workers.slice(1)],
    ["one goes and two come", workers, ["worker-2", "worker-3", "worker-4", "worker-8", "worker-9"]],
    ["all are others", workers, ["worker-8", "worker-9"]],
    ["one is left", workers, ["worker-3"]],
  ])("answers as if it were asked for the first time when %s", (_, before, after) => {
    const placement = seen(before, after);
    expect(some.map((world) => placement.ownerOf(world))).toEqual(some.map((world) => preferredOwner(after, world)));
  });

  test("a world falls to its owner, and to who owns it without that one, and to nobody else", () => {
    const placement = seen(workers, [...workers, "worker-5"]);
    const alive = [...workers, "worker-5"];
    for (const world of some) {
      const owner = preferredOwner(alive, world)!;
      const heir = preferredOwner(
        alive.filter((worker) => worker !== owner),
        world,
      )!;
      expect(alive.filter((worker) => placement.mayFallTo(worker, world)).toSorted()).toEqual([owner, heir].toSorted());
    }
  });

  test("where nobody is alive nothing belongs to anybody, until somebody comes", () => {
    const placement = seen(workers, []);
    expect(placement.ownerOf(some[0]!)).toBeNull();
    expect(placement.mayFallTo("worker-1", some[0]!)).toBe(false);
    placement.see(new Set(["worker-1"]));
    expect(placement.ownerOf(some[0]!)).toBe("worker-1");
  });
});
