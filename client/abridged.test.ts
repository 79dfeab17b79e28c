import { expect, test } from "vitest";
import { abridged } from "./abridged.ts";

const told = (text: string, isImportant = false) => ({ text, isImportant });

test("a few lines are said as they are", () => {
  expect(abridged([told("one"), told("two", true)], 4)).toEqual(["one", "two"]);
});

test("of a flood the newest are said, those that concern the player before others, in order, and the rest is counted", () => {
  const flood = [told("a"), told("b", true), told("c"), told("d"), told("e", true), told("f"), told("g")];
  expect(abridged(flood, 4)).toEqual(["b", "e", "f", "g", "And 3 more lines."]);
  expect(abridged(flood.slice(0, 3), 2)).toEqual(["b", "c", "And 1 more line."]);
});
