import { expect, test } from "vitest";
import { rng } from "../../sim/rng.ts";
import { type Space, travel } from "../space.ts";
import { cellAt, cellNumbered, cellsWithin, patchOf, pointsOver } from "./grid.ts";

const R = 637_100;
const sphere: Space = { radiusM: R, bounds: null };
const plane: Space = { radiusM: null, bounds: null };
const valley: Space = { radiusM: null, bounds: { minX: -1000, minY: -1000, maxX: 1000, maxY: 1000 } };

/** Anywhere, and often where it is difficult. */
function somewhere(space: Space, seed: number) {
  const random = rng(seed, "somewhere");
  if (space.radiusM === null) return { x: (random.float() - 0.5) * 50_000, y: (random.float() - 0.5) * 50_000, z: 0 };
  const pole = (Math.PI / 2) * R;
  const y = [pole - random.float() * 9000, random.float() * 9000 - pole, (random.float() - 0.5) * 2 * pole][seed % 3]!;
  const x = seed % 2 === 0 ? Math.PI * R * (1 - random.float() / 500) : (random.float() - 0.5) * 2 * Math.PI * R;
  return { x, y, z: 0 };
}

test.each([
  ["sphere", sphere],
  ["plane", plane],
])(
  "on a %s every point of a circle lies in one of the cells that it touches, also over a pole and a seam",
  (_, space) => {
    for (let seed = 0; seed < 200; seed++) {
      const random = rng(seed, "circle");
      const from = somewhere(space, seed);
      const sizeM = [60, 700, 4000][seed % 3]!;
      const radiusM = sizeM * random.float();
      const cells = new Set(cellsWithin(space, sizeM, from, radiusM).map(({ key }) => key));
      expect(cells.size, `seed ${seed}`).toBeLessThan(40);
      for (const { column, row } of cellsWithin(space, sizeM, from, radiusM))
        expect(cellNumbered(space, sizeM, column, row), `seed ${seed}`).not.toBeNull();
      for (let i = 0; i < 20; i++) {
        const there = travel(space, from, random.float() * 2 * Math.PI, radiusM * Math.sqrt(random.float()));
        expect(cells.has(cellAt(space, sizeM, there).key), `seed ${seed}, point ${i}`).toBe(true);
      }
    }
  },
);

test.each([
  ["sphere", sphere],
  ["plane", plane],
])("on a %s a cell is found again by its numbers and by its middle, and is about as wide as it is high", (_, space) => {
  for (let seed = 0; seed < 200; seed++) {
    const cell = cellAt(space, 700, somewhere(space, seed));
    expect(cellNumbered(space, 700, cell.column, cell.row)).toEqual(cell);
    expect(cellAt(space, 700, cell), `seed ${seed}`).toEqual(cell);
    const isPole = space.radiusM !== null && Math.abs(cell.y) > (Math.PI / 2) * R - 1000;
    if (!isPole) expect(cell.widthM / 700, `seed ${seed}`).toBeCloseTo(1, 0);
  }
});

test.each([
  ["a column beyond the last", 1e9, 0],
  ["a column before the first", -1, 0],
  ["a row beyond the pole", 0, 1e6],
])("a sphere has no cell of %s", (_, column, row) => {
  expect(cellNumbered(sphere, 700, column, row)).toBeNull();
});

test("the patches of all cells are the whole of a walled world, and nothing of it twice", () => {
  let area = 0;
  for (let column = -3; column <= 3; column++) {
    for (let row = -3; row <= 3; row++) {
      const patch = patchOf(valley, 700, cellNumbered(valley, 700, column, row)!);
      if (patch === null) continue;
      area += patch.widthM * patch.heightM;
      for (const { x, y } of pointsOver(valley, patch, 3)) {
        expect(cellAt(valley, 700, { x, y })).toMatchObject({ column, row });
        expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThan(1000);
      }
    }
  }
  expect(area).toBeCloseTo(2000 * 2000, 3);
});
