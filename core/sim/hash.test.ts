import { expect, test } from "vitest";
import { hash3, hashWords, pathWords } from "./hash.ts";

const bytes = (text: string) => {
  const view = new DataView(new TextEncoder().encode(text).buffer);
  return Array.from({ length: view.byteLength / 4 }, (_, i) => view.getInt32(4 * i, true));
};

test.each([
  ["", 1, 0x514e28b7],
  ["test", 0, 0xba6bd213],
  ["test", 0x9747b28c, 0x704b81dc],
  ["aaaa", 0x9747b28c, 0x5a97808a],
])("agrees with MurmurHash3_x86_32's published value for %j", (text, seed, expected) => {
  expect(hashWords(bytes(text), seed)).toBe(expected);
});

test("the hash of a position is the hash of its three words", () => {
  expect(hash3(7, 1, -2, 3)).toBe(hashWords([1, -2, 3], 7));
});

test("one bit of a position changes about half the bits of its hash", () => {
  let flipped = 0;
  for (let i = 0; i < 1000; i++) {
    for (let bit = 0; bit < 32; bit++) {
      let difference = hash3(1, i, 0, -i) ^ hash3(1, i ^ (1 << bit), 0, -i);
      for (; difference !== 0; difference &= difference - 1) flipped++;
    }
  }
  expect(flipped / 32_000 / 32).toBeCloseTo(0.5, 2);
});

test("no two paths of a list have the same words", () => {
  const paths = [["a", 1], ["a", "1"], ["a1"], ["a"], [1, "a"], [1], [-1], [2 ** 32 + 1], ["", "a"], ["a", ""], []];
  expect(new Set(paths.map((path) => pathWords(path).join())).size).toBe(paths.length);
});
