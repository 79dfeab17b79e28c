import type { SphereGrid } from "../sphere-grid.ts";

// Lengths that the generation kernels need of a grid, on the unit sphere. Six neighbours a cell; a pentagon's sixth is itself at distance 0.
// Made once for each grid and kept with it. Cost: about 60 ns a cell.

export type Geometry = {
  readonly grid: SphereGrid;
  /** Great-circle angle to each neighbour, radians; 6 a cell. */
  readonly distance_cn: Float64Array;
  /** Mean distance of neighbours, radians. */
  readonly spacing: number;
};

const kept = new WeakMap<SphereGrid, Geometry>();

export function geometryOf(grid: SphereGrid): Geometry {
  const known = kept.get(grid);
  if (known !== undefined) return known;
  const made = measure(grid);
  kept.set(grid, made);
  return made;
}

function measure(grid: SphereGrid): Geometry {
  const { cellCount, neighbour_cn, position_c } = grid;
  const distance_cn = new Float64Array(6 * cellCount);
  let sum = 0;
  let count = 0;
  for (let c = 0; c < cellCount; c++) {
    for (let k = 6 * c; k < 6 * c + 6; k++) {
      const n = neighbour_cn[k]!;
      if (n === c) continue;
      distance_cn[k] = angleOfChord(chord(position_c, c, n));
      sum += distance_cn[k]!;
      count++;
    }
  }
  return { grid, distance_cn, spacing: sum / count };
}

function chord(position_c: Float64Array, a: number, b: number): number {
  const x = position_c[3 * a]! - position_c[3 * b]!;
  const y = position_c[3 * a + 1]! - position_c[3 * b + 1]!;
  const z = position_c[3 * a + 2]! - position_c[3 * b + 2]!;
  return Math.sqrt(x * x + y * y + z * z);
}

/** 2 asin(chord/2) by its series; neighbours of level 2 and finer are nearer than 0.4, where the error is below 1e-7. */
function angleOfChord(length: number): number {
  const s = length * length;
  return length * (1 + s * (1 / 24 + s * (3 / 640 + (s * 5) / 7168)));
}
