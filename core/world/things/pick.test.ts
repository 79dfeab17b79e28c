import { describe, expect, test } from "vitest";
import { item } from "#tests/support/things.ts";
import { pick, pickOne, wantedIn } from "./pick.ts";

const own = [
  item("coin", 12),
  item("sword", 2),
  item("bronzeSword"),
  item("knife"),
  item("trousers"),
  item("fish", 3),
  item("bread", 2),
  item("berry", 30),
];
const picked = (text: string) => {
  const found = pick(own, wantedIn(text));
  return "lacking" in found
    ? `lacking ${found.lacking}`
    : found.map(({ item: { kind }, count }) => `${count} ${kind}`).join(" + ");
};

describe("which things are meant", () => {
  test.each([
    ["coin", "1 coin"],
    ["COIN", "1 coin"],
    ["a coin", "1 coin"],
    ["the  Coin", "1 coin"],
    ["some of the coins", "12 coin"],
    ["coins", "12 coin"],
    ["3 coins", "3 coin"],
    ["3 coin", "3 coin"],
    ["coin 3", "3 coin"],
    ["12 coins", "12 coin"],
    ["13 coins", "lacking 1"],
    ["0 coins", "1 coin"],
    ["all.coin", "12 coin"],
    ["all coins", "12 coin"],
    ["all of the coins", "12 coin"],
    ["sword", "1 sword"],
    ["1.sword", "1 sword"],
    ["2.sword", "1 sword"],
    ["3.sword", "1 bronzeSword"],
    ["4.sword", ""],
    ["0.sword", ""],
    ["all.sword", "2 sword + 1 bronzeSword"],
    ["iron sword", "1 sword"],
    ["ir sw", "1 sword"],
    ["bronze", "1 bronzeSword"],
    ["knives", "1 knife"],
    ["trousers", "1 trousers"],
    ["pair of trousers", "1 trousers"],
    ["fish", "1 fish"],
    ["2 fish", "2 fish"],
    ["all fish", "3 fish"],
    ["loaves", "2 bread"],
    ["loaf", "1 bread"],
    ["bread", "1 bread"],
    ["berries", "30 berry"],
    ["berry", "1 berry"],
    ['"coin"', "1 coin"],
    ["sword iron", ""],
    ["constructor", ""],
    ["", ""],
    ["the", ""],
    ["9999999 coins", ""],
  ])("%j is %j", (text, meant) => {
    expect(picked(text)).toBe(meant);
  });

  test("all is all of it, and all of nothing is nothing", () => {
    expect(picked("all")).toBe(
      "12 coin + 2 sword + 1 bronzeSword + 1 knife + 1 trousers + 3 fish + 2 bread + 30 berry",
    );
    expect(picked("everything")).toBe(picked("all"));
    expect(pick([], wantedIn("all"))).toEqual([]);
  });

  test("one thing is found by its own name before one whose name begins like it", () => {
    const items = [item("stoneAxe"), item("stone")];
    expect([pickOne(items, "stone")?.kind, pickOne(items, "sto")?.kind, pickOne(items, "axe")?.kind]).toEqual([
      "stone",
      "stoneAxe",
      "stoneAxe",
    ]);
    expect(pickOne(items, "3 spoons")).toBeNull();
  });
});
