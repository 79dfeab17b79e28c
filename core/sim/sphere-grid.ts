import { assert } from "../lib/assert.ts";
import { atan2 } from "./elementary.ts";
import { splitIcosahedron } from "./grid/icosahedron.ts";
import { ringsOf, type Rings } from "./grid/rings.ts";
import { putCircumcentre, putUnit, triangleArea } from "./grid/vectors.ts";

// A sphere of hexagons and twelve pentagons: the Voronoi cells of a split icosahedron's corners, after five passes towards their
// centroids (Lloyd 1982), which even out the cells (Tomita et al. 2001). Ids are nested: cell i of a level is cell i of every finer
// one, near the same place. Arrays end in their index: _c a cell, _cn a cell and its neighbour, 6·c + n.
// Square roots and core/sim/elementary.ts only: the same bits on every engine. Cost: about 3 µs a cell, once.

export type SphereGrid = {
  readonly level: number;
  /** 10·4^level + 2. */
  readonly cellCount: number;
  /** Unit vectors, three numbers per cell: x to longitude 0, z to the north pole. */
  readonly position_c: Float64Array;
  /** Radians. */
  readonly latitude_c: Float64Array;
  /** Radians, −π … π, east positive. */
  readonly longitude_c: Float64Array;
  /** Steradians; they add up to 4π. */
  readonly area_c: Float64Array;
  /** Six per cell, counter-clockwise seen from outside; a pentagon's sixth is the cell itself. */
  readonly neighbour_cn: Int32Array;
  /** 6, or 5 of the twelve pentagons. */
  readonly degree_c: Uint8Array;
  /** The cell that holds the point, walking from a cell near it (any will do). The vector's length does not matter. */
  cellAt(x: number, y: number, z: number, nearCell: number): number;
};

/** 10 million cells. */
export const gridLevelMax = 10;

const lloydPasses = 5;

export function createSphereGrid(level: number): SphereGrid {
  assert(Number.isInteger(level) && level >= 0 && level <= gridLevelMax, `there is no grid of level ${level}`);
  const triangles = splitIcosahedron(level);
  const { cornerCount, corner_t, position_c } = triangles;
  const rings = ringsOf(triangles);
  const corner_v = new Float64Array(corner_t.length);
  for (let pass = 0; pass < lloydPasses; pass++) {
    putCorners(corner_v, corner_t, position_c);
    moveToCentroids(position_c, corner_v, rings);
  }
  putCorners(corner_v, corner_t, position_c);
  const latitude_c = new Float64Array(cornerCount);
  const longitude_c = new Float64Array(cornerCount);
  const area_c = new Float64Array(cornerCount);
  for (let c = 0; c < cornerCount; c++) {
    const x = position_c[3 * c]!;
    const y = position_c[3 * c + 1]!;
    latitude_c[c] = atan2(position_c[3 * c + 2]!, Math.sqrt(x * x + y * y));
    longitude_c[c] = atan2(y, x);
    for (let n = 0; n < rings.degree_c[c]!; n++) area_c[c]! += wedgeArea(c, n, position_c, corner_v, rings);
  }
  const { neighbour_cn, degree_c } = rings;
  return {
    level,
    cellCount: cornerCount,
    position_c,
    latitude_c,
    longitude_c,
    area_c,
    neighbour_cn,
    degree_c,
    cellAt: (x, y, z, nearCell) => walk(position_c, neighbour_cn, x, y, z, nearCell),
  };
}

/** Always uphill to the nearest centre: on the cells of a Voronoi diagram that cannot end anywhere else. */
function walk(
  position_c: Float64Array,
  neighbour_cn: Int32Array,
  x: number,
  y: number,
  z: number,
  nearCell: number,
): number {
  let here = nearCell;
  let best = x * position_c[3 * here]! + y * position_c[3 * here + 1]! + z * position_c[3 * here + 2]!;
  for (;;) {
    let next = here;
    for (let n = 6 * here; n < 6 * here + 6; n++) {
      const c = neighbour_cn[n]!;
      const closeness = x * position_c[3 * c]! + y * position_c[3 * c + 1]! + z * position_c[3 * c + 2]!;
      if (closeness > best) {
        best = closeness;
        next = c;
      }
    }
    if (next === here) return here;
    here = next;
  }
}

function putCorners(out_v: Float64Array, corner_t: Int32Array, position_c: Float64Array): void {
  for (let v = 0; v < corner_t.length; v += 3) {
    putCircumcentre(out_v, v, position_c, 3 * corner_t[v]!, 3 * corner_t[v + 1]!, 3 * corner_t[v + 2]!);
  }
}

function moveToCentroids(position_c: Float64Array, corner_v: Float64Array, rings: Rings): void {
  const { triangle_cn, degree_c } = rings;
  for (let c = 0; c < degree_c.length; c++) {
    const degree = degree_c[c]!;
    let x = 0;
    let y = 0;
    let z = 0;
    for (let n = 0; n < degree; n++) {
      const a = 3 * triangle_cn[6 * c + n]!;
      const b = 3 * triangle_cn[6 * c + ((n + 1) % degree)]!;
      const area = wedgeArea(c, n, position_c, corner_v, rings);
      x += area * (position_c[3 * c]! + corner_v[a]! + corner_v[b]!);
      y += area * (position_c[3 * c + 1]! + corner_v[a + 1]! + corner_v[b + 1]!);
      z += area * (position_c[3 * c + 2]! + corner_v[a + 2]! + corner_v[b + 2]!);
    }
    putUnit(position_c, 3 * c, x, y, z);
  }
}

function wedgeArea(c: number, n: number, position_c: Float64Array, corner_v: Float64Array, rings: Rings): number {
  const a = 3 * rings.triangle_cn[6 * c + n]!;
  const b = 3 * rings.triangle_cn[6 * c + ((n + 1) % rings.degree_c[c]!)]!;
  return triangleArea(position_c, 3 * c, corner_v, a, corner_v, b);
}
