import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fieldSpec, hallSpec, heard, stage, watcher } from "#tests/support/stage.ts";
import { compass, type CompassDirection } from "./space.ts";
import type { WorldSpec } from "./spec.ts";
import type { Ground, Terrain } from "./terrain.ts";

/** What ends the step, in words, and where the one who took it then stands. */
function stepFrom(
  at: { x: number; y: number },
  direction: CompassDirection,
  world: { spec?: WorldSpec; terrain?: Terrain } = {},
  who: object = {},
) {
  const s = stage(world);
  s.enter(1, { position: { ...at, z: 0 }, ...who });
  const text = heard(s.say(1, direction), 1)[0] ?? "";
  return { text, ...s.body(1)!.position };
}

describe("the statue", () => {
  const statue = { x: 5, y: 5 };
  const radiusM = 0.8;
  /** Positions are rounded to the millimetre. */
  const roundingM = 0.001;

  test("is never entered, from wherever and however often somebody walks at it", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 3, max: 7, noNaN: true }),
        fc.double({ min: 3, max: 7, noNaN: true }),
        fc.array(fc.constantFrom(...compass), { minLength: 1, maxLength: 8 }),
        (x, y, directions) => {
          fc.pre(Math.hypot(x - statue.x, y - statue.y) > radiusM);
          const s = stage();
          s.enter(1, { position: { x, y, z: 0 } });
          let before = s.body(1)!.position;
          for (const direction of directions) {
            s.say(1, direction);
            const after = s.body(1)!.position;
            // Also not in between, as far as a hundred points on the way can tell.
            for (let i = 0; i <= 100; i++) {
              const [px, py] = [
                before.x + ((after.x - before.x) * i) / 100,
                before.y + ((after.y - before.y) * i) / 100,
              ];
              expect(Math.hypot(px - statue.x, py - statue.y)).toBeGreaterThan(radiusM - roundingM);
            }
            before = after;
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test.each([
    ["a way that just misses it", 5.801, 4.5, "movement: You walk north."],
    ["a way that just touches it", 5.799, 4.5, "The marble statue stands in your way."],
    ["a step that would end beyond it", 5.6, 4.3, "The marble statue stands in your way."],
  ])("%s", (_name, x, y, says) => {
    expect(stepFrom({ x, y }, "north").text).toContain(says);
  });

  test("stops somebody at its rim, who is then told so and does not move", () => {
    const first = stepFrom({ x: 5, y: 4 }, "north");
    expect(first).toMatchObject({ x: 5, text: "movement: You walk north. The marble statue stands in your way." });
    expect(first.y).toBeCloseTo(4.2, 2);
    expect(stepFrom({ x: 5, y: first.y }, "north")).toMatchObject({
      text: "error: The marble statue stands in your way.",
      y: first.y,
    });
  });

  test("lets whoever stands in it walk out, but not through", () => {
    expect(stepFrom({ x: 5, y: 4.5 }, "south").text).toBe("movement: You walk south.");
    expect(stepFrom({ x: 5, y: 4.5 }, "north").text).toBe("error: The marble statue stands in your way.");
  });

  test("that is nearest stops first, in whatever order they were put up", () => {
    const at = (y: number, name: string) => ({ ...hallSpec.features[0]!, id: name, name, position: { x: 0, y, z: 0 } });
    const wide = { ...fieldSpec, stepM: 10 };
    for (const features of [
      [at(3, "near one"), at(7, "far one")],
      [at(7, "far one"), at(3, "near one")],
    ]) {
      expect(stepFrom({ x: 0, y: 0 }, "north", { spec: { ...wide, features } }).text).toContain("near one");
    }
  });

  test("does not stop a watcher", () => {
    expect(stepFrom({ x: 5, y: 4.5 }, "north", {}, watcher).text).toBe("movement: You walk north.");
  });
});

describe("walls", () => {
  test("nobody is ever outside them", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...compass), { minLength: 20, maxLength: 60 }), (directions) => {
        const s = stage();
        s.enter(1);
        for (const direction of directions) {
          s.say(1, direction);
          const { x, y } = s.body(1)!.position;
          expect([x >= 0, x <= 10, y >= 0, y <= 10]).toEqual([true, true, true, true]);
        }
      }),
    );
  });

  test.each([
    [{ x: 9.5, y: 2 }, "northeast", "The east wall stops you.", { x: 10, y: 2.5 }],
    [{ x: 8, y: 9.8 }, "northeast", "The north wall stops you.", { x: 8.2, y: 10 }],
    [{ x: 0.3, y: 0.3 }, "southwest", "wall stops you.", { x: 0, y: 0 }],
    [{ x: 2, y: 0 }, "south", "error: The south wall stops you.", { x: 2, y: 0 }],
  ] as const)("from %j to the %s: %s", (from, direction, says, at) => {
    const end = stepFrom(from, direction);
    expect(end.text).toContain(says);
    expect(end.x).toBeCloseTo(at.x, 2);
    expect(end.y).toBeCloseTo(at.y, 2);
  });

  test.each([
    [{ x: 5, y: 9.5 }, "north", "The north portal is before you. Say `enter north` to step through."],
    [{ x: 0.2, y: 5.7 }, "west", "The west portal is before you. Say `enter west` to step through."],
    [{ x: 0.2, y: 5.8 }, "west", "The west wall stops you."],
  ] as const)("have a portal in them: from %j to the %s", (from, direction, says) => {
    expect(stepFrom(from, direction).text).toContain(says);
  });

  test("of a land are its edge", () => {
    const spec: WorldSpec = { ...fieldSpec, ground: "land", bounds: { minX: 0, minY: 0, maxX: 10, maxY: 10 } };
    const flat = land(() => ({}));
    expect(stepFrom({ x: 9.5, y: 5 }, "east", { spec, terrain: flat }).text).toContain("east edge of the world");
  });
});

describe("land", () => {
  const spec: WorldSpec = { ...fieldSpec, ground: "land", stepM: 5 };
  const river = (from: number, to: number, waterDepthM: number) =>
    land((_x, y) => (y >= from && y <= to ? { biome: "River", isWater: true, waterDepthM } : {}));

  test("deep water stops a walker at its edge, though the step would end on the other side", () => {
    const end = stepFrom({ x: 0, y: 0 }, "north", { spec, terrain: river(2.5, 3.5, 2) });
    expect(end).toMatchObject({
      y: 2,
      text: "movement: You walk north. Deep water stops you: a river lies to the north.",
    });
  });

  test("shallow water is waded through", () => {
    expect(stepFrom({ x: 0, y: 0 }, "north", { spec, terrain: river(2.5, 3.5, 0.9) })).toMatchObject({ y: 5 });
  });

  test("whoever is in deep water already can leave it, and is then on the shore", () => {
    expect(stepFrom({ x: 0, y: 3 }, "north", { spec, terrain: river(0, 6, 5) })).toMatchObject({
      y: 7,
      text: "movement: You swim north, from a river into grassland. You feel firm ground under your feet.",
    });
  });

  test.each([
    ["north", "A cliff rises before you."],
    ["south", "The ground drops away before you: a cliff."],
  ] as const)("a cliff stops whoever walks %s", (direction, says) => {
    const terrain = land((_x, y) => ({ elevationM: y > 3 ? 20 : y < -3 ? -20 : 0 }));
    const end = stepFrom({ x: 0, y: 0 }, direction, { spec, terrain });
    expect([end.text.endsWith(says), Math.abs(end.y), end.z]).toEqual([true, 3, 0]);
  });

  test("a wall no wider than a metre is not jumped over", () => {
    const terrain = land((_x, y) => ({ elevationM: y > 2.4 && y < 3.4 ? 10 : 0 }));
    expect(stepFrom({ x: 0, y: 0 }, "north", { spec, terrain }).text).toContain("A cliff rises before you.");
  });

  test("a slope is climbed, and whoever climbs it stands on it", () => {
    const terrain = land((_x, y) => ({ elevationM: y * 0.9 }));
    expect(stepFrom({ x: 0, y: 0 }, "north", { spec, terrain })).toMatchObject({ y: 5, z: 4.5 });
  });

  test("stops no watcher", () => {
    expect(stepFrom({ x: 0, y: 0 }, "north", { spec, terrain: river(1, 9, 9) }, watcher)).toMatchObject({ y: 5 });
  });
});

function land(at: (x: number, y: number) => Partial<Ground>): Terrain {
  return {
    groundAt: (x, y) => ({ elevationM: 0, biome: "Grassland", isWater: false, waterDepthM: 0, ...at(x, y) }),
    slopeAt: () => ({ grade: 0, downhillRad: 0 }),
  };
}
