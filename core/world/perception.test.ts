import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { templateOf } from "../character/attributes.ts";
import { fieldSpec, heard, stage, type Stage, watcher } from "#tests/support/stage.ts";
import { clearM, lightAt, sightByDayM, sightByNightM } from "./light.ts";
import { mapOf } from "./mini-map.ts";
import { hearers, inSight, sees, witnesses } from "./perception.ts";
import { moonsAt, skyAt } from "./sky.ts";
import { offsetM } from "./space.ts";
import type { WorldSpec } from "./spec.ts";
import type { Terrain } from "./terrain.ts";

const land = (elevationM: (x: number, y: number) => number): Terrain => ({
  groundAt: (x, y) => ({ elevationM: elevationM(x, y), biome: "Grassland", isWater: false, waterDepthM: 0 }),
  slopeAt: () => ({ grade: 0, downhillRad: 0 }),
});
const landSpec: WorldSpec = { ...fieldSpec, ground: "land", stepM: 5 };
const level = land(() => 0);
const human = templateOf("Human");
const at = (x: number, y: number) => ({ position: { x, y, z: 0 } });
const names = (bodies: readonly { name: string }[]) => bodies.map(({ name }) => name);

describe("eyes", () => {
  test.each([
    [50, 60],
    [100, 90],
    [1, 30.6],
  ])("with a Sight of %i make somebody out from %d metres", (Sight, metres) => {
    const s = stage({ spec: fieldSpec });
    s.enter(1, { ...at(0, 0), attributes: { ...human, Sight } });
    s.enter(2, at(0, metres - 0.1));
    s.enter(3, at(0, metres + 0.1));
    expect(names(inSight(s.scene(), s.body(1)!))).toEqual(["Ana 2"]);
    // It is his own eyes that count: the others see as far as they do.
    expect(names(witnesses(s.scene(), s.body(2)!)).includes("Ana 1")).toBe(true);
    expect(names(witnesses(s.scene(), s.body(3)!)).includes("Ana 1")).toBe(false);
  });

  test("see who sneaks from half as far, and watchers never", () => {
    const s = stage({ spec: fieldSpec });
    s.enter(1, at(0, 0));
    s.enter(2, at(0, 29));
    s.enter(3, at(0, 31));
    s.enter(4, { ...at(0, 1), ...watcher });
    for (const number of [2, 3]) s.say(number, "sneak");
    expect(names(inSight(s.scene(), s.body(1)!))).toEqual(["Ana 2"]);
    expect(names(inSight(s.scene(), s.body(4)!))).toContain("Ana 1");
  });

  test("see no one behind a hill, but whoever stands on it or flies over it", () => {
    const hill = land((_x, y) => (y > 20 && y < 30 ? 6 : 0));
    const s = stage({ spec: landSpec, terrain: hill });
    s.enter(1, at(0, 0));
    s.enter(2, at(0, 50));
    s.enter(3, at(0, 25));
    s.enter(4, { ...at(0, 50), isFlying: true, role: "admin", position: { x: 0, y: 50, z: 30 } });
    expect(names(inSight(s.scene(), s.body(1)!)).toSorted()).toEqual(["Ana 3", "Ana 4"]);
    expect(sees(s.scene(), s.body(2)!, s.body(1)!)).toBe(false);
  });
});

describe("light", () => {
  const spec: WorldSpec = { ...landSpec, sky: { ...landSpec.sky, moons: [] } };
  const here = { x: 0, y: 0, z: 0 };

  test("goes with the sun, through twilight, to that of the stars", () => {
    const s = stage({ spec, terrain: level });
    s.enter(1, here as object);
    const reaches = Array.from({ length: 48 }, () => {
      s.wait(1_800_000);
      const { sunAltitudeRad } = skyAt(spec, s.scene().gameMs, here);
      return { sunAltitudeRad, metres: clearM(s.scene(), here) };
    });
    for (const { sunAltitudeRad, metres } of reaches) {
      if (sunAltitudeRad > 0.02) expect(metres).toBe(sightByDayM);
      if (sunAltitudeRad < -0.25) expect(metres).toBe(sightByNightM);
    }
    expect(reaches.some(({ metres }) => metres > sightByNightM && metres < sightByDayM)).toBe(true);
  });

  test("of a moon helps at night, and a closed sky takes it away", () => {
    const moonlit: WorldSpec = {
      ...landSpec,
      sky: { ...landSpec.sky, moons: [{ name: "Big", periodDays: 30, phaseAtStart: 0.5 }] },
    };
    const s = stage({ spec: moonlit, terrain: level });
    s.enter(1);
    for (let hour = 0; hour < 24; hour++) {
      s.wait(3_600_000);
      const scene = s.scene();
      const moon = moonsAt(moonlit, scene.gameMs, here)[0]!;
      const isNight = skyAt(moonlit, scene.gameMs, here).sunAltitudeRad < -0.25;
      if (isNight && moon.altitudeRad > 0.5) expect(lightAt(scene, here)).toBeGreaterThan(0.1);
      if (isNight && !moon.isUp) expect(lightAt(scene, here)).toBe(0);
    }
  });
});

describe("ears", () => {
  test("that are keen hear farther; everybody hears twenty metres", () => {
    const s = stage({ spec: fieldSpec });
    s.enter(1, at(0, 0));
    s.enter(2, { ...at(0, 19.9), attributes: { ...human, Hearing: 1 } });
    s.enter(3, at(0, 20.1));
    s.enter(4, { ...at(0, 24.9), attributes: { ...human, Hearing: 100 } });
    expect(names(hearers(s.scene(), s.body(1)!, "say"))).toEqual(["Ana 2", "Ana 4"]);
  });
});

/** Whom the text of `look` names or counts. */
function lookedAt(s: Stage, number: number): { named: string[]; count: number } {
  const text = heard(s.say(number, "look"), number)[0]!;
  // Those who live here have names of their own.
  const sentences = [...text.matchAll(/([^.\n]*) (?:is|are) here\./gu)].map(([, who]) => who!);
  const all = sentences.find((who) => who.includes("Ana ")) ?? "";
  const parts = all.split(/, | and /u).map((part) => part.trim());
  const others = parts
    .flatMap((part) => Number(/^(\d+) others$/u.exec(part)?.[1] ?? NaN))
    .filter((n) => !Number.isNaN(n));
  const named = parts.filter((part) => /^Ana \d+$/u.test(part));
  return { named, count: named.length + (others[0] ?? 0) };
}

test("what look tells, what perception says and what the map shows are the same, on any land", () => {
  const who = fc.record({
    x: fc.integer({ min: -70, max: 70 }),
    y: fc.integer({ min: -70, max: 70 }),
    Sight: fc.integer({ min: 1, max: 100 }),
    isSneaking: fc.boolean(),
    isWatcher: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(who, { minLength: 2, maxLength: 25 }), fc.integer({ min: 0, max: 12 }), (people, rough) => {
      const terrain = land((x, y) => rough * Math.sin(x / 9) * Math.cos(y / 13));
      const s = stage({ spec: landSpec, terrain });
      people.forEach(({ x, y, Sight, isWatcher }, number) =>
        s.enter(number, { ...at(x, y), attributes: { ...human, Sight }, ...(isWatcher && watcher) }),
      );
      people.forEach(({ isSneaking }, number) => isSneaking && s.say(number, "sneak"));
      for (const number of people.keys()) {
        const [scene, viewer] = [s.scene(), s.body(number)!];
        const seen = inSight(scene, viewer);
        const { named, count } = lookedAt(s, number);
        expect(count).toBe(seen.length);
        expect(named).toEqual(names(seen).slice(0, named.length));
        const onMap = mapOf(scene, viewer)
          .tiles.flatMap(({ entities }) => entities ?? [])
          .filter(({ type }) => type === "player")
          .map(({ name }) => name);
        const inGrid = seen.filter(({ position }) => {
          const { east, north } = offsetM(landSpec, viewer.position, position);
          return Math.abs(Math.round(east / 5)) <= 4 && Math.abs(Math.round(north / 5)) <= 4;
        });
        expect(onMap.toSorted()).toEqual(names(inGrid).toSorted());
        for (const other of scene.state.bodies.values()) {
          if (other.id === viewer.id) continue;
          expect(witnesses(scene, other).some(({ id }) => id === viewer.id)).toBe(seen.includes(other));
        }
      }
    }),
    { numRuns: 60 },
  );
});
