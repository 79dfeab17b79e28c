import { expect, test } from "vitest";
import { worldId } from "#tests/support/records.ts";
import type { Place } from "../scene.ts";
import { readyMadeWorlds } from "../seeds.ts";
import { terrainOf } from "../terrain.ts";
import { ageSteps, historyAt, stepDays } from "./populations.ts";
import { type Region, regionAt } from "./region.ts";

/** Land made anew, so that nothing is remembered. */
const valley = (seed = readyMadeWorlds[1]!.spec.seed): Place => {
  const spec = { ...readyMadeWorlds[1]!.spec, seed };
  return { id: worldId(1), name: "Valley", spec, terrain: terrainOf(spec) };
};
const planet = (): Place => {
  const { spec } = readyMadeWorlds[2]!;
  return { id: worldId(2), name: "Sphere", spec, terrain: terrainOf(spec) };
};
const middle = { x: 0, y: 0 };
const spawn = readyMadeWorlds[2]!.spec.spawn.position;
const sharesAt = (place: Place, region: Region, step: number): number[] =>
  region.residents.map((_, index) => historyAt(place, region, step).shareAt(step, index));
const names = ({ residents }: Region): string[] => residents.map(({ species }) => species.id);

test("who lives in a place fits its land and its climate: a temperate valley with woods, a river and a lake", () => {
  const region = regionAt(valley(), middle);
  expect(names(region)).toMatchInlineSnapshot(`
    [
      "deer",
      "boar",
      "elk",
      "chamois",
      "hare",
      "squirrel",
      "mouse",
      "sparrow",
      "grouse",
      "duck",
      "trout",
      "carp",
      "fox",
      "owl",
      "pike",
    ]
  `);
  for (const absent of ["reindeer", "antelope", "lion", "tapir", "parrot", "seal", "cat"])
    expect(names(region)).not.toContain(absent);
  expect(region.areaKm2).toBeCloseTo(4, 1);
});

test("the same seed has the same animals at any time, whatever was asked before; another seed has others", () => {
  const [one, other, third] = [valley(), valley(), valley(7)];
  const [asked, fresh] = [regionAt(one, middle), regionAt(other, middle)];
  for (const step of [0, 3, 200_000, 2, 5000]) sharesAt(one, asked, step);
  expect(sharesAt(one, asked, 3000)).toEqual(sharesAt(other, fresh, 3000));
  expect(sharesAt(third, regionAt(third, middle), 3000)).not.toEqual(sharesAt(one, asked, 3000));
});

test.each([
  ["valley", valley(), middle],
  ["sphere", planet(), spawn],
])("over five centuries nobody of the %s dies out, and nobody is more than the land carries", (_, place, at) => {
  const region = regionAt(place, at);
  const least = region.residents.map(() => 1);
  const perYear = place.spec.sky.daysPerYear / stepDays;
  for (let year = 0; year < 500; year += 3) {
    const shares = sharesAt(place, region, Math.round(year * perYear));
    shares.forEach((share, index) => {
      least[index] = Math.min(least[index]!, share);
      expect(share, names(region)[index]).toBeLessThanOrEqual(1);
    });
  }
  least.forEach((share, index) => expect(share, names(region)[index]).toBeGreaterThan(0.05));
});

test.each([
  ["valley", valley(), middle],
  ["sphere", planet(), spawn],
])("what was before an age is forgotten: ages of the %s that meet tell the same", (_, place, at) => {
  const region = regionAt(place, at);
  for (const age of [1, 5, 60]) {
    const step = age * ageSteps;
    const before = historyAt(place, region, step - 1);
    const after = historyAt(place, region, step);
    expect(after.firstStep).toBe(before.firstStep + ageSteps);
    region.residents.forEach(({ species }, index) => {
      const difference = Math.abs(after.shareAt(step, index) - before.shareAt(step, index));
      expect(difference, `${species.id} at the end of age ${age}`).toBeLessThan(0.002);
    });
  }
});

test("prey is scarcer at the end of winter than at the end of summer, and that shows in hunters only faintly", () => {
  const place = valley();
  const region = regionAt(place, middle);
  const perYear = place.spec.sky.daysPerYear / stepDays;
  const inSeason = (share: number, id: string): number => {
    const index = names(region).indexOf(id);
    let sum = 0;
    for (let year = 0; year < 20; year++) {
      const step = Math.round((year + share) * perYear);
      sum += historyAt(place, region, step).shareAt(step, index) / 20;
    }
    return sum;
  };
  const swing = (id: string): number => inSeason(0.5, id) / inSeason(0.99, id);
  expect(swing("mouse")).toBeGreaterThan(1.1);
  expect(Math.abs(swing("fox") - 1)).toBeLessThan(swing("mouse") - 1);
});
