import { expect, test } from "vitest";
import * as server from "#core/character/attributes.ts";
import { costOf, highestRaise, pointsToSpend, raiseMax, secondaryOf, spentOn } from "./point-buy.ts";

test("costs, bounds and what follows from attributes are those of the server", () => {
  expect([pointsToSpend, raiseMax]).toEqual([server.pointsToSpend, server.boughtMax]);
  const raises = Array.from({ length: raiseMax + 1 }, (_, raise) => raise);
  expect(raises.map(costOf)).toEqual(raises.map(server.costOf));
  const dwarf = server.templateOf("Dwarf");
  expect(secondaryOf(dwarf)).toEqual(server.secondaryOf(dwarf));
});

test("an attribute can be raised as far as the points reach that the others leave", () => {
  expect(highestRaise({}, "Might")).toBe(30);
  expect(highestRaise({ Agility: 30 }, "Might")).toBe(23);
  expect(highestRaise({ Agility: 30, Might: 23 }, "Might")).toBe(23);
  expect(highestRaise({ Agility: 30, Endurance: 23 }, "Might")).toBe(1);
  expect(spentOn({ Agility: 30, Endurance: 23, Might: 1 })).toBe(pointsToSpend);
});
