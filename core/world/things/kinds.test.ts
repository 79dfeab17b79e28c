import { expect, test } from "vitest";
import { slots } from "../../protocol/life.ts";
import { parseCommand } from "../../command/parse.ts";
import { kindOf, kinds, type KindId, tools } from "./kinds.ts";
import { pluralOf } from "./names.ts";
import { recipes } from "./recipes.ts";
import { sources } from "./sources.ts";

const all = Object.entries(kinds) as [KindId, (typeof kinds)[KindId]][];

test("every kind has a name of its own, in one and in many, and a weight", () => {
  const names = all.flatMap(([, kind]) => [...new Set([kind.name, pluralOf(kind)])]);
  expect(new Set(names).size).toBe(names.length);
  for (const [id, { weightKg, description }] of all) {
    expect(weightKg, id).toBeGreaterThan(0);
    expect(description, id).toMatch(/\.$/u);
  }
});

test("what is worn has a slot that there is; what is no kind of today is still something", () => {
  for (const [id, kind] of all) for (const slot of kind.slots ?? []) expect(slots, id).toContain(slot);
  for (const kind of ["constructor", "spaceship"]) expect(kindOf({ kind }).name).toBe("strange thing");
});

test("a recipe is of things that there are to be had, its tools can be had, and none makes weight out of nothing", () => {
  const given = new Set<KindId>(sources.flatMap(({ gives, besides = [] }) => [gives, ...besides]));
  const ready = new Set<KindId>(given);
  const isReady = (tool: string) => [...ready].some((kind) => kinds[kind].tool === tool);
  for (let round = 0; round < recipes.length; round++) {
    for (const { makes, of, with: needed = [] } of recipes)
      if ((Object.keys(of) as KindId[]).every((kind) => ready.has(kind)) && needed.every(isReady)) ready.add(makes);
  }
  expect(recipes.map(({ makes }) => makes).filter((kind) => !ready.has(kind))).toEqual([]);
  expect(tools.filter((tool) => !isReady(tool))).toEqual([]);
  for (const { makes, count = 1, of } of recipes) {
    const weight = Object.entries(of).reduce((sum, [kind, n]) => sum + kinds[kind as KindId].weightKg * n, 0);
    expect(kinds[makes].weightKg * count, makes).toBeLessThanOrEqual(weight + 1.5);
  }
});

test("no recipe makes what another makes, and every source and recipe can be said", () => {
  expect(new Set(recipes.map(({ makes }) => makes)).size).toBe(recipes.length);
  expect(new Set(sources.map(({ id }) => id)).size).toBe(sources.length);
  for (const { makes } of recipes) expect(parseCommand(`craft ${kinds[makes].name}`)).toMatchObject({ name: "craft" });
});
