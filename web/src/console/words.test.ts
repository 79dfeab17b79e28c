import { expect, test } from "vitest";
import { figure, moment, orNone, span } from "./words.ts";

test.each([
  [0, "0 s"],
  [59_999, "59 s"],
  [3_600_000, "1 h"],
  [93_784_000, "1 d 2 h"],
])("a span of %d ms is %s", (ms, words) => {
  expect(span(ms)).toBe(words);
});

test("figures and moments are read at a glance, and what there is not is a dash", () => {
  expect([figure(12345.678), orNone(null), orNone(7), orNone("worker-1")]).toEqual(["12,345.7", "–", "7", "worker-1"]);
  expect([moment("2026-03-01T04:05:06.789Z"), moment(null)]).toEqual(["2026-03-01 04:05:06 UTC", "–"]);
});
