import { describe, expect, test } from "vitest";
import { worldId } from "#tests/support/records.ts";
import { fieldSpec } from "#tests/support/stage.ts";
import { isHiddenByLand } from "./sight-line.ts";
import { travel } from "./space.ts";
import type { WorldSpec } from "./spec.ts";
import type { Terrain } from "./terrain.ts";

const radiusM = 6_371_000;
const spec: WorldSpec = { ...fieldSpec, shape: "spherical", bounds: null, radiusM, ground: "land" };

/** A place `distance` metres from the pole, at a longitude in degrees. */
const fromPole = (pole: 1 | -1, distance: number, degrees: number) => ({
  x: (degrees / 180) * Math.PI * radiusM,
  y: pole * ((Math.PI / 2) * radiusM - distance),
  z: 0,
});

/** Level, but for a hill of six metres and twelve across. */
function hillAt(middle: { x: number; y: number }): Terrain {
  const chord = (x: number, y: number): readonly number[] => {
    const [longitude, latitude] = [x / radiusM, y / radiusM];
    const across = Math.cos(latitude);
    return [across * Math.cos(longitude), across * Math.sin(longitude), Math.sin(latitude)];
  };
  const there = chord(middle.x, middle.y);
  const away = (x: number, y: number): number => radiusM * Math.hypot(...chord(x, y).map((at, i) => at - there[i]!));
  return {
    groundAt: (x, y) => ({ elevationM: away(x, y) < 6 ? 6 : 0, biome: "Tundra", isWater: false, waterDepthM: 0 }),
    slopeAt: () => ({ grade: 0, downhillRad: 0 }),
  };
}

const placeWith = (terrain: Terrain) => ({ id: worldId(1), name: "Ice", spec, terrain });

describe.each([
  ["north", 1],
  ["south", -1],
] as const)("near the %s pole", (_, pole) => {
  const [here, beyond] = [fromPole(pole, 25, 10), fromPole(pole, 30, -170)];

  test("a hill on the pole hides who stands beyond it, and none who stands beside it", () => {
    const place = placeWith(hillAt(fromPole(pole, 0, 0)));
    expect([isHiddenByLand(place, here, beyond), isHiddenByLand(place, beyond, here)]).toEqual([true, true]);
    expect(isHiddenByLand(place, here, fromPole(pole, 30, 100))).toBe(false);
  });

  test("a hill off the line hides nobody, and who flies over one is seen", () => {
    expect(isHiddenByLand(placeWith(hillAt(fromPole(pole, 20, 100))), here, beyond)).toBe(false);
    const place = placeWith(hillAt(fromPole(pole, 0, 0)));
    expect(isHiddenByLand(place, { ...here, z: 30 }, beyond)).toBe(false);
  });

  test.each([3, 60, 250, 499, 501, 2_000])(
    "%i metres from it a hill halfway hides, whichever way one looks",
    (distance) => {
      const from = fromPole(pole, distance, 47);
      for (let eighth = 0; eighth < 8; eighth++) {
        const bearing = (eighth * Math.PI) / 4;
        const at = (metres: number) => ({ ...travel(spec, from, bearing, metres), z: 0 });
        const place = placeWith(hillAt(at(30)));
        expect([eighth, isHiddenByLand(place, from, at(60))]).toEqual([eighth, true]);
        const aside = { ...travel(spec, from, bearing + Math.PI / 2, 60), z: 0 };
        expect([eighth, isHiddenByLand(place, from, aside)]).toEqual([eighth, false]);
      }
    },
  );
});
