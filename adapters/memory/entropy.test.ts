import { expect, test } from "vitest";
import { seededEntropy } from "./entropy.ts";
import { isUuid } from "#core/lib/ids.ts";

test("the same seed gives the same sequence, another seed another", () => {
  const sequence = (seed: number) => {
    const entropy = seededEntropy(seed);
    return [entropy.uuid(), entropy.uint32(), entropy.uuid()];
  };
  expect(sequence(7)).toEqual(sequence(7));
  expect(sequence(7)).not.toEqual(sequence(8));
});

test("its ids are distinct version 4 UUIDs", () => {
  const entropy = seededEntropy();
  const ids = Array.from({ length: 5_000 }, () => entropy.uuid());
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(isUuid(id) && /^.{14}4.{4}[89ab]/.test(id), id).toBe(true);
});

test("its numbers are spread evenly over 32 bits", () => {
  const entropy = seededEntropy(3);
  const buckets = Array.from({ length: 16 }, () => 0);
  for (let draw = 0; draw < 16_000; draw++) buckets[entropy.uint32() >>> 28]! += 1;
  for (const count of buckets) expect(Math.abs(count - 1_000)).toBeLessThan(150);
});
