import { expect, test } from "vitest";
import { stage, watcher } from "#tests/support/stage.ts";
import { heard } from "#tests/support/stage.ts";
import { mapOf } from "../mini-map.ts";
import { sightM } from "../perception.ts";
import { readyMadeWorlds } from "../seeds.ts";
import { distanceM, type Position } from "../space.ts";
import { type Terrain, terrainOf } from "../terrain.ts";
import { type Animal, animalsInSight, animalsSeenMax } from "./in-sight.ts";

const { spec } = readyMadeWorlds[1]!;
const level = {
  groundAt: () => ({ elevationM: 0, biome: "Deciduous Forest", isWater: false, waterDepthM: 0 }),
  slopeAt: () => ({ grade: 0, downhillRad: 0 }),
} as Terrain;
const hourMs = 3_600_000;

function wood(hour = 9, terrain: Terrain = level) {
  const s = stage({ spec, terrain });
  s.play();
  const until = (wanted: number): void => {
    const { gameMs } = s.scene();
    s.wait(24 * hourMs - (gameMs % (24 * hourMs)) + wanted * hourMs);
    s.play();
  };
  until(hour);
  const from = (x: number, y: number) => ({
    position: { x, y, z: terrain.groundAt(x, y).elevationM } as Position,
    attributes: null,
  });
  const seen = (x = 0, y = 0): Animal[] => animalsInSight(s.scene(), from(x, y));
  const places = Array.from({ length: 100 }, (_, i) => [(i % 10) * 190 - 855, Math.floor(i / 10) * 190 - 855] as const);
  return { ...s, until, from, seen, everywhere: () => places.flatMap(([x, y]) => seen(x, y)) };
}

test("in a wood there are animals, nearest first, within sight, on land that is theirs; the same whenever it is looked", () => {
  const { seen, everywhere, scene, from } = wood();
  const all = everywhere();
  expect(all.length).toBeGreaterThan(40);
  const kinds = new Set(all.map(({ species }) => species.id));
  expect(kinds).toContain("sparrow");
  expect(kinds).not.toContain("trout");
  const here = seen(95, 95);
  expect(seen(95, 95)).toEqual(here);
  const far = here.map(({ position }) => distanceM(spec, from(95, 95).position, position));
  expect(far).toEqual(far.toSorted((a, b) => a - b));
  expect(Math.max(0, ...far)).toBeLessThanOrEqual(sightM(scene(), from(95, 95)));
  expect(here.length).toBeLessThanOrEqual(animalsSeenMax);
  expect(wood().everywhere()).toEqual(all);
});

test("fish are in the water and nobody else but what flies; no animal of the land stands in the lake of the valley", () => {
  const { everywhere, place } = wood(9, terrainOf(spec));
  const all = everywhere();
  expect(all.length).toBeGreaterThan(20);
  for (const { species, position } of all) {
    const { isWater, biome } = place.terrain.groundAt(position.x, position.y);
    if (species.element !== "air") expect(isWater, species.id).toBe(species.element === "water");
    expect(species.livesIn[biome] ?? 0).toBeGreaterThan(0);
  }
});

test("who is awake by day goes about, and lies hidden at night, when others come out", () => {
  const { until, everywhere } = wood(13);
  const byDay = everywhere();
  until(1);
  const byNight = everywhere();
  const count = (animals: readonly Animal[], id: string): number =>
    animals.filter(({ species, doing }) => species.id === id && doing !== "resting").length;
  expect([count(byDay, "sparrow") > 20, count(byNight, "sparrow")]).toEqual([true, 0]);
  expect([count(byDay, "mouse"), count(byNight, "mouse") > 0]).toEqual([0, true]);
});

test("animals keep as far from people as their kind does, from who sneaks half as far, and do not mind watchers", () => {
  const { seen, enter, say, everywhere } = wood(9.4);
  const shy = everywhere().find(({ species, doing }) => species.shyM >= 5 && doing === "feeding")!;
  const near = { x: shy.position.x + 1, y: shy.position.y, z: 0 };
  const distanceNow = (): number => {
    const same = seen(near.x, near.y).find(({ id }) => id === shy.id);
    return same ? distanceM(spec, near, same.position) : Infinity;
  };
  enter(2, { ...watcher, position: near });
  expect(distanceNow()).toBeCloseTo(1, 1);
  enter(1, { position: near });
  expect(distanceNow()).toBeGreaterThan(shy.species.shyM - 0.01);
  say(1, "sneak");
  expect(distanceNow()).toBeCloseTo(shy.species.shyM / 2, 1);
});

test("they move with time, no faster than they can or the day is short, and never out of the world", () => {
  const { seen, wait, play, everywhere } = wood(9);
  const before = new Map(everywhere().map((animal) => [animal.id, animal]));
  let moved = 0;
  for (let minute = 0; minute < 40; minute++) {
    wait(60_000);
    play();
    for (const { id, position } of everywhere()) {
      const last = before.get(id);
      if (last && distanceM(spec, last.position, position) > 1) moved++;
      expect(Math.max(Math.abs(position.x), Math.abs(position.y))).toBeLessThanOrEqual(1000);
    }
  }
  expect(moved).toBeGreaterThan(10);
  expect(seen(5000, 0)).toEqual([]);
});

test("look tells of them, one can be looked at, and they are on the map with an id", () => {
  const { everywhere, enter, say, scene, body } = wood();
  const [bird] = everywhere().filter(({ species }) => species.id === "sparrow");
  enter(1, { position: { ...bird!.position, x: bird!.position.x + 6 } });
  expect(heard(say(1, "look"), 1)[0]).toMatch(
    /sparrows? (?:is|are) looking for food|sparrows? goe?s? (?:its|their) way/u,
  );
  const close = heard(say(1, "look sparrow"), 1)[0]!;
  expect(close).toMatch(/^info: A (?:young )?(?:fe)?male sparrow .* It lives on seeds and insects\./u);
  const id = /`eco lineage ([^`]+)`/u.exec(close)![1]!;
  const onMap = mapOf(scene(), body(1)!).tiles.flatMap(({ entities = [] }) => entities);
  const seen = animalsInSight(scene(), body(1)!).map((animal) => animal.id);
  expect(seen).toContain(id);
  for (const entity of onMap.filter(({ type }) => type === "animal")) expect(seen).toContain(entity.id);
});

test("indoors nothing lives wild", () => {
  const s = stage();
  s.enter(1);
  expect(animalsInSight(s.scene(), s.body(1)!)).toEqual([]);
});
