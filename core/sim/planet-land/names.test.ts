import { expect, test } from "vitest";
import { gridCache, makePlanet } from "../planet/generate.ts";
import { earthLike } from "../planet/spec.ts";
import { createNames } from "./names.ts";
import { createTongue } from "./tongue.ts";

const gridOf = gridCache();
const make = (seed: number) => makePlanet({ ...earthLike, level: 5, seed, moons: [] }, { gridOf });
const planet = make(5);
const names = createNames(planet);

test("seas, ranges and rivers of an Earth have names, each its own, the same on every start", () => {
  const kinds = Map.groupBy(names.list, ({ kind }) => kind);
  expect(kinds.get("sea")!.length).toBeGreaterThanOrEqual(3);
  expect(kinds.get("range")!.length).toBeGreaterThanOrEqual(3);
  expect(kinds.get("river")!.length).toBeGreaterThanOrEqual(8);
  expect(new Set(names.list.map(({ name }) => name)).size).toBe(names.list.length);
  for (const { name } of names.list) expect(name).toMatch(/^(?:Sea of )?[A-Z][a-z]{2,15}(?: Ocean| Mountains)?$/u);
  expect(createNames(make(5)).list).toEqual(names.list);
  expect(createNames(make(6)).list.map(({ name }) => name)).not.toEqual(names.list.map(({ name }) => name));
});

test("a name is that of the place it is found at: seas are sea, ranges high, rivers run on", () => {
  const { elevation_c, downstream_c, dischargeM3s_c } = planet;
  for (const { kind, name, x, y, cells } of names.list) {
    expect(names.at(x, y)[kind], name).toBe(name);
    if (kind === "sea") expect(cells.every((c) => elevation_c[c]! <= 0)).toBe(true);
    else expect(cells.every((c) => elevation_c[c]! > 0)).toBe(true);
    if (kind !== "river") continue;
    for (let i = 1; i < cells.length; i++) expect(downstream_c[cells[i]!]).toBe(cells[i - 1]);
  }
  const largest = Math.max(...dischargeM3s_c.filter((_, c) => elevation_c[c]! > 0));
  const named = names.list.filter(({ kind }) => kind === "river").flatMap(({ cells }) => cells);
  expect(Math.max(...named.map((c) => dischargeM3s_c[c]!))).toBe(largest);
});

test("a tongue never gives a name twice, however many are asked for", () => {
  const draw = createTongue(3);
  const drawn = Array.from({ length: 5_000 }, draw);
  expect(new Set(drawn).size).toBe(5_000);
  expect(createTongue(3)()).toBe(drawn[0]);
});
