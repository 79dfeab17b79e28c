import { expect, test } from "vitest";
import { worldId } from "#tests/support/records.ts";
import type { Place } from "../scene.ts";
import { readyMadeWorlds } from "../seeds.ts";
import { terrainOf } from "../terrain.ts";
import { bornAt, childrenOf, endedAt, endOf, isGrown, lifeIn, parentsOf, wildLifeOf, type WildLife } from "./lives.ts";
import { ageSteps, historyAt, stepDays } from "./populations.ts";
import { countAt, type Range, rangesWithin } from "./ranges.ts";
import { regionAt } from "./region.ts";

const { spec } = readyMadeWorlds[1]!;
const place: Place = { id: worldId(1), name: "Valley", spec, terrain: terrainOf(spec) };
const region = regionAt(place, { x: 0, y: 0 });
/** Half way between the turns of two ages. */
const nowStep = 40 * ageSteps + ageSteps / 2;
const history = historyAt(place, region, nowStep);
const chronicle = { place, nowStep };

const rangesOf = (id: string): Range[] => {
  const resident = region.residents.find(({ species }) => species.id === id)!;
  return rangesWithin(place, resident.species, { x: 0, y: 0 }, 1500);
};
const livingIn = (range: Range, step = nowStep): WildLife[] =>
  Array.from({ length: countAt(range, history, step) }, (_, slot) => lifeIn(place, range, slot, step, history)!);

test("the individuals of all ranges come to what the population says", () => {
  const told: Record<string, [individuals: number, population: number]> = {};
  region.residents.forEach(({ species, capacity }, index) => {
    const population = capacity * history.shareAt(nowStep, index);
    const individuals = rangesOf(species.id).reduce((sum, range) => sum + countAt(range, history, nowStep), 0);
    told[species.id] = [individuals, Math.round(population)];
    expect(Math.abs(individuals - population), `${species.id}: ${individuals} of ${population}`).toBeLessThan(
      3 + 0.2 * population,
    );
  });
});

test("whoever lives is found by the id again, as the same one, also when it is dead", () => {
  for (const { species } of region.residents) {
    const life = rangesOf(species.id).flatMap((range) => livingIn(range, nowStep - 300))[0];
    if (!life) continue;
    expect(wildLifeOf(life.id, chronicle), life.id).toEqual(life);
    expect(lifeIn(place, life.range, life.slot, life.bornStep, history)).toEqual(life);
    const end = endOf(life, chronicle);
    expect(end === null || (end > nowStep - 300 && end <= life.oldStep), life.id).toBe(true);
  }
});

test.each([
  "deer-0.0.0.zzzzz",
  "deer-0.0.zz.0",
  "deer-zzzzz.zzzzz.0.0",
  "dragon-0.0.0.0",
  "lion-0.0.0.0",
  "deer-0.0.0",
  "deer-17",
  "deer-0.0.0.0'; --",
  "",
])("nobody is called %s", (id) => {
  expect(wildLifeOf(id, chronicle)).toBeNull();
});

test("what is born and comes, less what dies and leaves, is what there is more of: at every step, in every range", () => {
  for (const id of ["mouse", "deer", "fox", "trout"]) {
    for (const range of rangesOf(id).slice(0, 12)) {
      for (let step = nowStep - 200; step <= nowStep; step++) {
        const slots = Array.from({ length: 40 }, (_, slot) => slot);
        const begun = slots.filter((slot) => bornAt(place, range, slot, step, history)).length;
        const ended = slots.filter((slot) => endedAt(place, range, slot, step, history)).length;
        const change = countAt(range, history, step) - countAt(range, history, step - 1);
        expect(begun - ended, `${id} ${range.cell.key} ${step}`).toBe(change);
      }
    }
  }
});

test("nobody lives longer than its kind does, and nobody is two at once", () => {
  const everyone = region.residents.flatMap(({ species }) => rangesOf(species.id).flatMap((range) => livingIn(range)));
  expect(everyone.length).toBeGreaterThan(500);
  expect(new Set(everyone.map(({ id }) => id)).size).toBe(everyone.length);
  for (const { bornStep, oldStep, range } of everyone) {
    expect(bornStep <= nowStep && oldStep > nowStep).toBe(true);
    expect((oldStep - bornStep) * stepDays).toBeLessThanOrEqual(range.species.lifeDays + stepDays);
  }
});

test("parents are a grown female and a grown male of the same range, alive at the birth, who have the child among their young", () => {
  const young = ["deer", "mouse", "hare"].flatMap((id) =>
    rangesOf(id)
      .slice(0, 20)
      .flatMap((range) => livingIn(range)),
  );
  const born = young.flatMap((life) => {
    const parents = parentsOf(life, chronicle);
    return parents === null ? [] : [{ life, ...parents }];
  });
  expect(born.length).toBeGreaterThan(20);
  expect(born.length).toBeLessThan(young.length);
  for (const { life, mother, father } of born) {
    for (const parent of father ? [mother, father] : [mother]) {
      expect(parent.range).toBe(life.range);
      expect(isGrown(parent, life.bornStep)).toBe(true);
      expect(lifeIn(place, life.range, parent.slot, life.bornStep, history)).toEqual(parent);
      expect(childrenOf(parent, chronicle, 100).map(({ id }) => id)).toContain(life.id);
    }
    expect([mother.sex, father?.sex ?? "male"]).toEqual(["female", "male"]);
  }
});

test("of many young the eldest are told, as many as were asked for", () => {
  const parent = rangesOf("mouse")
    .flatMap((range) => livingIn(range, nowStep - 200))
    .find((life) => childrenOf(life, chronicle, 100).length > 2)!;
  const all = childrenOf(parent, chronicle, 100);
  expect(childrenOf(parent, chronicle, 2)).toEqual(all.slice(0, 2));
  expect(all.map(({ bornStep }) => bornStep)).toEqual(all.map(({ bornStep }) => bornStep).toSorted((a, b) => a - b));
});
