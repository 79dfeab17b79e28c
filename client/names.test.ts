import { expect, test } from "vitest";
import { partsOf } from "./names.ts";

test.each([
  ["Bob is here.", ["Bob"], [{ text: "Bob", name: "Bob" }, { text: " is here." }]],
  [
    "A marble statue and a statue.",
    ["statue", "marble statue"],
    [
      { text: "A " },
      { text: "marble statue", name: "marble statue" },
      { text: " and a " },
      { text: "statue", name: "statue" },
      { text: "." },
    ],
  ],
  ["BOB waves.", ["Bob"], [{ text: "BOB", name: "Bob" }, { text: " waves." }]],
  ["Bobby and Zbob.", ["Bob"], [{ text: "Bobby and Zbob." }]],
  ["Änne geht.", ["Änne"], [{ text: "Änne", name: "Änne" }, { text: " geht." }]],
  [
    "a (b) [c] *",
    ["(b)", "[c]"],
    [{ text: "a " }, { text: "(b)", name: "(b)" }, { text: " " }, { text: "[c]", name: "[c]" }, { text: " *" }],
  ],
  ["nothing", [], [{ text: "nothing" }]],
  ["", ["Bob"], []],
])("%j with the names %j", (text, names, parts) => {
  expect(partsOf(text, names)).toEqual(parts);
});

test("the parts of a text are the text", () => {
  const text = "ana and bob walk north, ana first; then bob.";
  expect(
    partsOf(text, ["ana", "bob", "an"])
      .map((part) => part.text)
      .join(""),
  ).toBe(text);
});
