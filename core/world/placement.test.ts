import { expect, test } from "vitest";
import type { WorldId } from "../lib/ids.ts";
import { preferredOwner } from "./placement.ts";

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
