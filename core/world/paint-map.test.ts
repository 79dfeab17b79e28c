import { describe, expect, test } from "vitest";
import { landLayers, mapLayers } from "../protocol/world-map.ts";
import type { Picture } from "../sim/picture/canvas.ts";
import { earthLike } from "../sim/planet/spec.ts";
import { makePlanet } from "../sim/planet/generate.ts";
import { encodePlanet } from "../sim/planet/storage.ts";
import { paintMap, pixelsMax } from "./paint-map.ts";
import { readyMadeWorlds } from "./seeds.ts";
import type { WorldSpec } from "./spec.ts";
import { terrainOf } from "./terrain.ts";

const [lobby, valley, sphere] = readyMadeWorlds.map(({ spec }) => spec) as [WorldSpec, WorldSpec, WorldSpec];
const endless: WorldSpec = { ...valley, shape: "infinite", bounds: null, features: [] };
const colourAt = ({ width, rgba }: Picture, x: number, y: number) =>
  Array.from(rgba.subarray(4 * (y * width + x), 4 * (y * width + x) + 3));

describe.each([
  ["a valley", valley, [80, 80]],
  ["a sphere", sphere, [80, 39]],
  ["a world without end", endless, [80, 80]],
])("%s", (_what, spec, size) => {
  test.each(landLayers)("is painted in the layer %s, the same way every time", (layer) => {
    const picture = paintMap(spec, null, { width: 80, layer });
    expect([picture.width, picture.height]).toEqual(size);
    expect(paintMap(spec, null, { width: 80, layer }).rgba).toEqual(picture.rgba);
  });

  test("has other pictures in other layers", () => {
    const pictures = landLayers.map((layer) => paintMap(spec, null, { width: 64, layer }).rgba.join());
    expect(new Set(pictures).size).toBe(landLayers.length);
  });
});

test("water is blue and land is not, with the north at the top", () => {
  const bounds = valley.bounds!;
  const picture = paintMap({ ...valley, features: [] }, null, { width: 100, layer: "biomes" });
  const terrain = terrainOf(valley);
  let agreed = 0;
  for (let y = 0; y < 100; y++) {
    for (let x = 0; x < 100; x++) {
      const east = bounds.minX + ((x + 0.5) / 100) * (bounds.maxX - bounds.minX);
      const north = bounds.maxY - ((y + 0.5) / 100) * (bounds.maxY - bounds.minY);
      const [red = 0, , blue = 0] = colourAt(picture, x, y);
      if (terrain.groundAt(east, north).isWater === blue > red + 40) agreed++;
    }
  }
  // Coasts are drawn, and forests are bluish in their shade.
  expect(agreed).toBeGreaterThan(9_000);
});

test("a room shows its floor, its statue in the middle and its doors", () => {
  const picture = paintMap(lobby, null, { width: 200, layer: "rain" });
  expect(colourAt(picture, 100, 100)).toEqual([244, 241, 234]);
  expect(colourAt(picture, 50, 50)).toEqual([217, 210, 195]);
  expect(colourAt(picture, 100, 0)).toEqual([138, 95, 191]);
});

test("a planet is painted from what was kept of it", () => {
  const kept = encodePlanet(makePlanet({ ...earthLike, level: 4, seed: 7 }));
  const spec: WorldSpec = { ...sphere, ground: "planet" };
  const relief = paintMap(spec, kept, { width: 64, layer: "elevation" });
  expect([relief.width, relief.height]).toEqual([64, 31]);
  const all = mapLayers.map((layer) => paintMap(spec, kept, { width: 64, layer }).rgba.join());
  expect(new Set(all).size).toBe(mapLayers.length);
  // What is to be laid on a globe has neither outline nor shadow where it ends.
  const edges = (["drawn", "none"] as const).map((edge) =>
    colourAt(paintMap(spec, kept, { width: 64, layer: "winds", edge }), 1, 15),
  );
  expect(edges[0]).not.toEqual(edges[1]);
  kept[kept.length - 1]! ^= 1;
  expect(() => paintMap(spec, kept, { width: 64, layer: "rain" })).toThrow("cannot be read");
});

test.each([1, 40, 1 / 40])("however long and narrow, a map has no more pixels than fit (%d)", (aspect) => {
  const bounds = { minX: 0, minY: 0, maxX: 1000 * aspect, maxY: 1000 };
  const { width, height } = paintMap({ ...lobby, bounds }, null, { width: 1024, layer: "biomes" });
  expect(width * height).toBeLessThanOrEqual(pixelsMax);
  expect(width).toBeLessThanOrEqual(1024);
});
