import { geometryOf } from "../planet/geometry.ts";
import type { SphereGrid } from "../sphere-grid.ts";

// A field of cells as a smooth surface: at a point the mean of the nearest cell and its ring, by (1 − d²/R²)² with R = 1.3 spacings.

export type Spread = {
  readonly grid: SphereGrid;
  readonly reach2: number;
  /** Seven cells at most and their shares, of the last point that was looked at. */
  readonly cells: Int32Array;
  readonly shares: Float64Array;
  count: number;
};

export function createSpread(grid: SphereGrid): Spread {
  const { spacing } = geometryOf(grid);
  return { grid, reach2: 1.69 * spacing * spacing, cells: new Int32Array(7), shares: new Float64Array(7), count: 0 };
}

/** Looks at a point of the unit sphere; returns its cell. `near` is any cell, best one close by. */
export function lookAt(spread: Spread, x: number, y: number, z: number, near: number): number {
  const { grid, reach2, cells, shares } = spread;
  const { position_c, neighbour_cn } = grid;
  const cell = grid.cellAt(x, y, z, near);
  let total = 0;
  let count = 0;
  for (let n = -1; n < 6; n++) {
    const c = n < 0 ? cell : neighbour_cn[6 * cell + n]!;
    if (n >= 0 && c === cell) continue;
    const dx = position_c[3 * c]! - x;
    const dy = position_c[3 * c + 1]! - y;
    const dz = position_c[3 * c + 2]! - z;
    const t = 1 - (dx * dx + dy * dy + dz * dz) / reach2;
    if (t <= 0) continue;
    cells[count] = c;
    shares[count] = t * t;
    total += t * t;
    count++;
  }
  for (let i = 0; i < count; i++) shares[i]! /= total;
  spread.count = count;
  return cell;
}

/** Of the point that was last looked at. */
export function valueOf({ cells, shares, count }: Spread, field_c: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += shares[i]! * field_c[cells[i]!]!;
  return sum;
}
