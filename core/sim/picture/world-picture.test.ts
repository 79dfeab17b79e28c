import { describe, expect, test } from "vitest";
import { hashWords } from "../hash.ts";
import { fbm } from "../noise.ts";
import { gridCache, makePlanet } from "../planet/generate.ts";
import { earthLike } from "../planet/spec.ts";
import { layers } from "./paint.ts";
import { createScene, type Mapped, pixelOf } from "./scene.ts";
import { createSpread, lookAt, valueOf } from "./spread.ts";
import { layerPicture, pictureScene, pictureWidths, worldPicture } from "./world-picture.ts";

const gridOf = gridCache();
const planet = makePlanet({ ...earthLike, level: 4, seed: 7 }, { gridOf });
const words = { title: "Somewhere", line: "Seed 7" };
/** Code values in steps of 8: a rounding's last bit is no other picture. */
const hash = ({ rgba }: { rgba: Uint8ClampedArray }) =>
  hashWords(
    Uint8Array.from(rgba, (code) => code >> 3),
    1,
  );

/** Made by hand, so that only a change of the pictures changes its pictures. */
function simplePlanet(): Mapped {
  const grid = gridOf(4);
  const { cellCount, position_c, neighbour_cn, latitude_c } = grid;
  const each = (value: (c: number) => number) => Float64Array.from({ length: cellCount }, (_, c) => value(c));
  const elevation_c = each(
    (c) => 400 + 5000 * fbm(9, 2 * position_c[3 * c]!, 2 * position_c[3 * c + 1]!, 2 * position_c[3 * c + 2]!, 4, 0.5),
  );
  const isLand = (c: number) => elevation_c[c]! > 0;
  const polar = (c: number) => position_c[3 * c + 2]! * position_c[3 * c + 2]!;
  const downstream_c = Int32Array.from({ length: cellCount }, (_, c) => {
    if (!isLand(c)) return -1;
    const ring = Array.from(neighbour_cn.subarray(6 * c, 6 * c + 6));
    const lowest = ring.reduce((best, n) => (elevation_c[n]! < elevation_c[best]! ? n : best), c);
    return lowest === c ? -1 : lowest;
  });
  const biome_c = Uint8Array.from({ length: cellCount }, (_, c) => (isLand(c) ? 3 + Math.floor(9 * polar(c)) : 0));
  const months = (value: (c: number) => number) =>
    Float64Array.from({ length: 12 * cellCount }, (_, k) => value(Math.floor(k / 12)));
  const normals = {
    grid,
    temperatureC_cm: months((c) => 29 - 45 * polar(c)),
    rainMmDay_cm: months((c) => 8 * (1 - polar(c))),
    windEastMs_c: each((c) => (Math.abs(latitude_c[c]!) > 0.5 ? 6 : -4)),
    windNorthMs_c: each((c) => position_c[3 * c]!),
    elevation_c: elevation_c.map((height) => Math.max(0, height)),
  };
  const plants_c = each((c) => (isLand(c) ? 1 - polar(c) : 0));
  const dischargeM3s_c = each((c) => (isLand(c) ? 1000 + c : 0));
  const lake_c = new Uint16Array(cellCount);
  const koppen_c = Uint8Array.from({ length: cellCount }, (_, c) => Math.floor(29.9 * polar(c)));
  return {
    spec: earthLike,
    grid,
    elevation_c,
    plants_c,
    koppen_c,
    biome_c,
    lake_c,
    downstream_c,
    dischargeM3s_c,
    normals,
  };
}

describe("a world's picture", () => {
  test.each(layers)("of %s is opaque, of the size it says, and the same again", (layer) => {
    const picture = worldPicture(planet, { width: 160, layer });
    expect([picture.width, picture.height]).toEqual([160, 78]);
    expect(picture.rgba).toHaveLength(4 * 160 * 78);
    expect(picture.rgba.every((code, i) => i % 4 !== 3 || code === 255)).toBe(true);
    expect(worldPicture(planet, { width: 160, layer }).rgba).toEqual(picture.rgba);
  });

  test("is fixed by a hash of each layer", () => {
    const scene = pictureScene(simplePlanet(), { width: 240, words });
    const hashes = layers.map((layer) => hash(layerPicture(scene, { width: 240, layer, words })));
    expect(hashes).toEqual([1018955582, 3121737178, 2127708851, 3529257710, 1511691834, 1113572360]);
  });

  test("differs from layer to layer, and with the seed", () => {
    const hashes = layers.map((layer) => hash(worldPicture(planet, { width: 96, layer })));
    expect(new Set(hashes).size).toBe(layers.length);
    const other = makePlanet({ ...earthLike, level: 4, seed: 8 }, { gridOf });
    expect(hash(worldPicture(other, { width: 96, layer: "relief" }))).not.toBe(hashes[0]);
  });

  test("without words is the map alone, in either projection", () => {
    expect(worldPicture(planet, { width: 100, layer: "relief", projection: "plate-carree" }).height).toBe(50);
    expect(worldPicture(planet, { width: 100, layer: "relief", words }).height).toBeGreaterThan(50);
  });

  test("is refused outside of its widths", () => {
    for (const width of [pictureWidths.min - 1, pictureWidths.max + 1, 99.5]) {
      expect(() => worldPicture(planet, { width, layer: "relief" })).toThrow("a width of");
    }
  });

  test("has blue seas and land that is not blue", () => {
    const scene = createScene(planet, 200, 1, "equal-earth");
    const { rgba } = worldPicture(planet, { width: 200, layer: "relief" });
    let [wrong, seen] = [0, 0];
    for (let p = 0; p < scene.cell_p.length; p++) {
      if (scene.cell_p[p]! < 0 || Math.abs(scene.elevation_p[p]!) < 500) continue;
      const isPolar = Math.abs(scene.place_p[3 * p + 2]!) > 0.85;
      if (isPolar) continue;
      seen++;
      const isBlue = rgba[4 * p + 2]! > rgba[4 * p]! + 25;
      if (isBlue !== scene.elevation_p[p]! <= 0) wrong++;
    }
    expect(seen).toBeGreaterThan(5000);
    // Lakes are blue, edges are shaded.
    expect(wrong / seen).toBeLessThan(0.03);
  });

  test("is white at the poles of a cold world, and nowhere on a hot one", () => {
    const whiteShare = (temperatureOffsetC: number) => {
      const other = makePlanet({ ...earthLike, level: 4, seed: 7, temperatureOffsetC }, { gridOf });
      const { rgba, width, height } = worldPicture(other, { width: 120, layer: "relief", projection: "plate-carree" });
      let white = 0;
      for (let p = 0; p < width * height; p++) if (Math.min(...rgba.subarray(4 * p, 4 * p + 3)) > 200) white++;
      return white / (width * height);
    };
    expect(whiteShare(-50)).toBeGreaterThan(0.6);
    expect(whiteShare(30)).toBeLessThan(0.01);
  });
});

describe("the ground under the pixels", () => {
  const scene = createScene(planet, 300, 1, "equal-earth");

  test("has as much land as the planet, since the projection keeps areas", () => {
    let [land, all] = [0, 0];
    for (let p = 0; p < scene.cell_p.length; p++) {
      if (scene.cell_p[p]! < 0) continue;
      all++;
      if (scene.elevation_p[p]! > 0) land++;
    }
    let share = 0;
    for (let c = 0; c < planet.grid.cellCount; c++) {
      if (planet.elevation_c[c]! > 0) share += planet.grid.area_c[c]! / (4 * Math.PI);
    }
    expect(Math.abs(land / all - share)).toBeLessThan(0.03);
  });

  test("lies where the projection puts it, within a cell", () => {
    const { latitude_c, longitude_c, position_c, cellCount } = planet.grid;
    let far = 0;
    for (let c = 0; c < cellCount; c++) {
      const [x, y] = pixelOf(scene, latitude_c[c]!, longitude_c[c]!);
      const p = Math.floor(y) * scene.width + Math.floor(x);
      const found = scene.cell_p[p];
      if (found === undefined || found < 0) continue;
      let dot = 0;
      for (let axis = 0; axis < 3; axis++) dot += position_c[3 * c + axis]! * position_c[3 * found + axis]!;
      far = Math.max(far, Math.acos(Math.min(1, dot)));
    }
    // Cells of level 4 are 0.075 apart; noise bends by less than half of one, a pixel is 0.02 high.
    expect(far).toBeLessThan(0.16);
  });
});

describe("a field between cells", () => {
  const spread = createSpread(planet.grid);

  test("is what it is everywhere if it is the same everywhere", () => {
    const field_c = new Float64Array(planet.grid.cellCount).fill(3.25);
    for (const [x, y, z] of [
      [1, 0, 0],
      [0, 0, -1],
      [0.6, 0.64, 0.48],
    ] as const) {
      lookAt(spread, x, y, z, 0);
      expect(valueOf(spread, field_c)).toBeCloseTo(3.25, 12);
    }
  });

  test("runs from cell to cell without a step", () => {
    const field_c = Float64Array.from(planet.grid.longitude_c, (longitude) => Math.sin(longitude));
    let [near, last, jump] = [0, 0, 0];
    for (let i = 0; i <= 4000; i++) {
      const longitude = i / 2000;
      near = lookAt(spread, Math.cos(longitude), Math.sin(longitude), 0, near);
      const value = valueOf(spread, field_c);
      expect(Math.abs(value - Math.sin(longitude))).toBeLessThan(0.03);
      if (i > 0) jump = Math.max(jump, Math.abs(value - last));
      last = value;
    }
    expect(jump).toBeLessThan(0.006);
  });
});
