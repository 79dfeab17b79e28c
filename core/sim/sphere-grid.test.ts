import { expect, test } from "vitest";
import { hashWords } from "./hash.ts";
import { rng } from "./rng.ts";
import { createSphereGrid } from "./sphere-grid.ts";

const grids = [0, 1, 2, 3, 4, 5].map((level) => createSphereGrid(level));

test.each(grids)("level $level has its cells, twelve of them pentagons, and they cover the sphere once", (grid) => {
  expect(grid.cellCount).toBe(10 * 4 ** grid.level + 2);
  expect(grid.degree_c.filter((degree) => degree === 5).length).toBe(12);
  expect(grid.degree_c.filter((degree) => degree === 6).length).toBe(grid.cellCount - 12);
  const sum = grid.area_c.reduce((a, b) => a + b, 0);
  expect(Math.abs(sum / (4 * Math.PI) - 1)).toBeLessThan(1e-12);
});

test("the cells are even: the largest is less than one and a half times the smallest", () => {
  for (const { area_c } of grids.slice(1)) expect(Math.max(...area_c) / Math.min(...area_c)).toBeLessThan(1.5);
});

test.each(grids.slice(0, 5))(
  "neighbours of level $level are mutual and counter-clockwise, and pentagons are padded with themselves",
  (grid) => {
    const { position_c: p, neighbour_cn, degree_c } = grid;
    for (let c = 0; c < grid.cellCount; c++) {
      const degree = degree_c[c]!;
      const ring = Array.from(neighbour_cn.subarray(6 * c, 6 * c + 6));
      expect(new Set(ring.slice(0, degree)).size).toBe(degree);
      if (degree === 5) expect(ring[5]).toBe(c);
      for (let n = 0; n < degree; n++) {
        const a = ring[n]!;
        const b = ring[(n + 1) % degree]!;
        expect(neighbour_cn.subarray(6 * a, 6 * a + degree_c[a]!)).toContain(c);
        const [ax, ay, az] = [p[3 * a]! - p[3 * c]!, p[3 * a + 1]! - p[3 * c + 1]!, p[3 * a + 2]! - p[3 * c + 2]!];
        const [bx, by, bz] = [p[3 * b]! - p[3 * c]!, p[3 * b + 1]! - p[3 * c + 1]!, p[3 * b + 2]! - p[3 * c + 2]!];
        const turn =
          p[3 * c]! * (ay * bz - az * by) + p[3 * c + 1]! * (az * bx - ax * bz) + p[3 * c + 2]! * (ax * by - ay * bx);
        expect(turn).toBeGreaterThan(0);
      }
    }
  },
);

test("a cell keeps its number and nearly its place at every finer level", () => {
  for (let level = 1; level < grids.length; level++) {
    const coarse = grids[level - 1]!;
    const fine = grids[level]!;
    const spacing = Math.sqrt((4 * Math.PI) / coarse.cellCount);
    for (let c = 0; c < coarse.cellCount; c++) {
      const [x, y, z] = [0, 1, 2].map((k) => coarse.position_c[3 * c + k]! - fine.position_c[3 * c + k]!);
      expect(Math.hypot(x!, y!, z!)).toBeLessThan(0.2 * spacing);
    }
  }
});

test("a point is found in its cell from anywhere, latitudes and longitudes agree with positions", () => {
  const grid = grids[4]!;
  const random = rng(1, "points");
  for (let i = 0; i < 2000; i++) {
    const [x, y, z] = [random.normal(), random.normal(), random.normal()];
    let nearest = 0;
    let best = -Infinity;
    for (let c = 0; c < grid.cellCount; c++) {
      const closeness = x * grid.position_c[3 * c]! + y * grid.position_c[3 * c + 1]! + z * grid.position_c[3 * c + 2]!;
      if (closeness > best) [best, nearest] = [closeness, c];
    }
    expect(grid.cellAt(x, y, z, random.int(grid.cellCount))).toBe(nearest);
    const [latitude, longitude] = [grid.latitude_c[nearest]!, grid.longitude_c[nearest]!];
    expect(Math.sin(latitude)).toBeCloseTo(grid.position_c[3 * nearest + 2]!, 12);
    expect(Math.cos(latitude) * Math.sin(longitude)).toBeCloseTo(grid.position_c[3 * nearest + 1]!, 12);
  }
  expect(grid.latitude_c[0]).toBeCloseTo(Math.PI / 2, 9);
});

test("the bits are the same on every engine", () => {
  const { position_c, area_c, neighbour_cn } = grids[4]!;
  const hashes = [position_c, area_c, neighbour_cn].map((array) => hashWords(new Int32Array(array.buffer), 0));
  expect(hashes).toEqual([2039874123, 1018969502, 174151071]);
});

test("levels that do not exist are refused", () => {
  for (const level of [-1, 1.5, 11, Number.NaN]) expect(() => createSphereGrid(level)).toThrow("no grid");
});
