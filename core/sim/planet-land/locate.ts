import type { SphereGrid } from "../sphere-grid.ts";

// Where a direction lies between the cells: the triangle of three neighbouring centres around it, with its weights in them (barycentric after
// central projection, so that they agree along the edge of two triangles). Centres of a settled grid make acute triangles, so the nearest
// centre is always one of the three. Cost: 60 ns while one stays near, some 200 ns elsewhere.

/** One and the same object, overwritten by the next question. */
export type Spot = {
  /** The nearest. */
  cell: number;
  left: number;
  right: number;
  /** Of the three, adding up to 1. */
  inCell: number;
  inLeft: number;
  inRight: number;
  /** Of the nearest cell: for each neighbour n, 3·n, the normal of the great circle from the cell to it; not of length 1. */
  readonly circle_n: Float64Array;
  /** For each neighbour, the direction's distance from that circle times the normal's length: above 0 on its left. */
  readonly side_n: Float64Array;
};

/** Where a walk to somewhere far begins: for each cube of so many to a side, the cell found there last. */
const cubesAlong = 24;

export type Locate = (x: number, y: number, z: number) => Spot;

export function createLocate(grid: SphereGrid): Locate {
  const { position_c, neighbour_cn, degree_c } = grid;
  const spot: Spot = {
    cell: -1,
    left: 0,
    right: 0,
    inCell: 1,
    inLeft: 0,
    inRight: 0,
    circle_n: new Float64Array(18),
    side_n: new Float64Array(6),
  };
  const { circle_n, side_n } = spot;
  const start_q = new Int32Array(cubesAlong ** 3);
  const nearCos = 1 - 16 / grid.cellCount;

  /** Only how long the walk is depends on what was asked before. */
  const find = (x: number, y: number, z: number): number => {
    const last = spot.cell;
    if (
      last >= 0 &&
      x * position_c[3 * last]! + y * position_c[3 * last + 1]! + z * position_c[3 * last + 2]! > nearCos
    )
      return grid.cellAt(x, y, z, last);
    const cube = (each: number): number => Math.min(cubesAlong - 1, Math.floor(((each + 1) / 2) * cubesAlong));
    const q = (cube(x) * cubesAlong + cube(y)) * cubesAlong + cube(z);
    const cell = grid.cellAt(x, y, z, start_q[q]!);
    start_q[q] = cell;
    return cell;
  };

  const moveTo = (cell: number): void => {
    spot.cell = cell;
    const [x, y, z] = [position_c[3 * cell]!, position_c[3 * cell + 1]!, position_c[3 * cell + 2]!];
    for (let n = 0; n < 6; n++) {
      const other = 3 * neighbour_cn[6 * cell + n]!;
      const [u, v, w] = [position_c[other]!, position_c[other + 1]!, position_c[other + 2]!];
      circle_n[3 * n] = y * w - z * v;
      circle_n[3 * n + 1] = z * u - x * w;
      circle_n[3 * n + 2] = x * v - y * u;
    }
  };

  return (x, y, z) => {
    const cell = find(x, y, z);
    if (cell !== spot.cell) moveTo(cell);
    const degree = degree_c[cell]!;
    for (let n = 0; n < degree; n++) {
      side_n[n] = circle_n[3 * n]! * x + circle_n[3 * n + 1]! * y + circle_n[3 * n + 2]! * z;
    }
    let sector = 0;
    // At the centre itself every sector will do.
    for (let n = 0; n < degree; n++) {
      if (side_n[n]! < 0 || side_n[n + 1 === degree ? 0 : n + 1]! > 0) continue;
      sector = n;
      break;
    }
    const next = sector + 1 === degree ? 0 : sector + 1;
    const right = neighbour_cn[6 * cell + sector]!;
    const left = neighbour_cn[6 * cell + next]!;
    const [r, l] = [3 * right, 3 * left];
    const [rx, ry, rz] = [position_c[r]!, position_c[r + 1]!, position_c[r + 2]!];
    const [lx, ly, lz] = [position_c[l]!, position_c[l + 1]!, position_c[l + 2]!];
    const inCell = Math.max(0, x * (ry * lz - rz * ly) + y * (rz * lx - rx * lz) + z * (rx * ly - ry * lx));
    const inLeft = Math.max(0, side_n[sector]!);
    const inRight = Math.max(0, -side_n[next]!);
    const sum = inCell + inLeft + inRight;
    spot.left = left;
    spot.right = right;
    spot.inCell = inCell / sum;
    spot.inLeft = inLeft / sum;
    spot.inRight = inRight / sum;
    return spot;
  };
}
