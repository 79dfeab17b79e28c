import { assert } from "../../lib/assert.ts";
import type { SphereGrid } from "../sphere-grid.ts";
import { putTangentialWeights } from "./tangential-weights.ts";
import { arc, putCircumcentre, putUnit, triangleArea } from "./vectors.ts";

// What lies between the cells of a grid: edges with a normal from their lower cell to their higher one, and corners where three
// cells meet. Measures are of the unit sphere: multiply lengths by the radius, areas by its square.
// Index kinds: _e edge, _v corner, _v3 3·v + k, _cn 6·c + n (edge n of a cell is the one to neighbour n), _ew 10·e + w.
// Pentagons and their edges are padded with weight or sign 0, so that no inner loop has a variable count.
// Source: Thuburn, Ringler, Skamarock & Klemp 2009; Ringler et al. 2010 (TRiSK). Cost: about 3 µs a cell, once.

export type GridEdges = {
  readonly edgeCount: number;
  readonly cornerCount: number;
  readonly from_e: Int32Array;
  readonly to_e: Int32Array;
  /** The corner on the right and on the left of the normal. */
  readonly right_e: Int32Array;
  readonly left_e: Int32Array;
  /** Between the centres of the two cells. */
  readonly span_e: Float64Array;
  /** Between the two corners. */
  readonly length_e: Float64Array;
  /** Unit vectors, three per edge. */
  readonly middle_e: Float64Array;
  readonly normal_e: Float64Array;
  /** The cell on the other side of `from` (of `to`), opposite to the edge: what a flow through the edge comes from. */
  readonly beforeFrom_e: Int32Array;
  readonly beforeTo_e: Int32Array;
  readonly edge_cn: Int32Array;
  /** +1 where the normal points out of the cell, −1 where it points in. */
  readonly sign_cn: Int8Array;
  readonly cell_v3: Int32Array;
  readonly edge_v3: Int32Array;
  /** +1 where walking along the normal circles the corner counter-clockwise. */
  readonly sign_v3: Int8Array;
  /** The part of the corner's area that lies in each of its cells. */
  readonly kite_v3: Float64Array;
  readonly area_v: Float64Array;
  readonly position_v: Float64Array;
  /** Wind along each edge from the normal winds around it: Σ weight · u, along k × n. */
  readonly weight_ew: Float64Array;
  readonly edge_ew: Int32Array;
};

export function createGridEdges(grid: SphereGrid): GridEdges {
  const cornerCount = 2 * (grid.cellCount - 2);
  const edgeCount = 3 * (grid.cellCount - 2);
  const { corner_cn, cell_v3 } = numberCorners(grid, cornerCount);
  const links = numberEdges(grid, corner_cn, edgeCount);
  const position_v = new Float64Array(3 * cornerCount);
  for (let v = 0; v < 3 * cornerCount; v += 3) {
    putCircumcentre(position_v, v, grid.position_c, 3 * cell_v3[v]!, 3 * cell_v3[v + 1]!, 3 * cell_v3[v + 2]!);
  }
  const measures = measureEdges(grid, links, position_v);
  const kites = measureKites(grid, cell_v3, position_v);
  const around = aroundCorners(links, edgeCount, cornerCount);
  const weights = {
    weight_ew: new Float64Array(10 * edgeCount),
    edge_ew: new Int32Array(10 * edgeCount),
  };
  const edges = { edgeCount, cornerCount, cell_v3, position_v, ...links, ...measures, ...kites, ...around, ...weights };
  putTangentialWeights(grid, edges, corner_cn);
  return edges;
}

/** A corner is the triangle of a cell and two neighbours in a row; its number comes from the lowest of the three. */
function numberCorners(grid: SphereGrid, cornerCount: number) {
  const { cellCount, neighbour_cn, degree_c } = grid;
  const corner_cn = new Int32Array(6 * cellCount).fill(-1);
  const cell_v3 = new Int32Array(3 * cornerCount);
  let next = 0;
  for (let c = 0; c < cellCount; c++) {
    const degree = degree_c[c]!;
    for (let n = 0; n < degree; n++) {
      const a = neighbour_cn[6 * c + n]!;
      const b = neighbour_cn[6 * c + ((n + 1) % degree)]!;
      if (a < c || b < c) continue;
      cell_v3.set([c, a, b], 3 * next);
      corner_cn[6 * c + n] = next;
      corner_cn[6 * a + placeOf(grid, a, b)] = next;
      corner_cn[6 * b + placeOf(grid, b, c)] = next;
      next++;
    }
  }
  assert(next === cornerCount, `${next} corners`);
  return { corner_cn, cell_v3 };
}

function numberEdges(grid: SphereGrid, corner_cn: Int32Array, edgeCount: number) {
  const { cellCount, neighbour_cn, degree_c } = grid;
  const [from_e, to_e, right_e, left_e, beforeFrom_e, beforeTo_e] = Array.from(
    { length: 6 },
    () => new Int32Array(edgeCount),
  ) as [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array];
  const edge_cn = new Int32Array(6 * cellCount);
  const sign_cn = new Int8Array(6 * cellCount);
  let e = 0;
  for (let c = 0; c < cellCount; c++) {
    const degree = degree_c[c]!;
    for (let n = 0; n < degree; n++) {
      const other = neighbour_cn[6 * c + n]!;
      if (other < c) continue;
      const back = placeOf(grid, other, c);
      const otherDegree = degree_c[other]!;
      from_e[e] = c;
      to_e[e] = other;
      left_e[e] = corner_cn[6 * c + n]!;
      right_e[e] = corner_cn[6 * c + ((n + degree - 1) % degree)]!;
      beforeFrom_e[e] = neighbour_cn[6 * c + ((n + (degree >> 1)) % degree)]!;
      beforeTo_e[e] = neighbour_cn[6 * other + ((back + (otherDegree >> 1)) % otherDegree)]!;
      edge_cn[6 * c + n] = e;
      edge_cn[6 * other + back] = e;
      sign_cn[6 * c + n] = 1;
      sign_cn[6 * other + back] = -1;
      e++;
    }
  }
  for (let c = 0; c < cellCount; c++) if (degree_c[c] === 5) edge_cn[6 * c + 5] = edge_cn[6 * c]!;
  return { from_e, to_e, right_e, left_e, beforeFrom_e, beforeTo_e, edge_cn, sign_cn };
}

function placeOf({ neighbour_cn, degree_c }: SphereGrid, c: number, neighbour: number): number {
  for (let n = 0; n < degree_c[c]!; n++) if (neighbour_cn[6 * c + n] === neighbour) return n;
  throw new Error(`cell ${neighbour} is not next to ${c}`);
}

function measureEdges(grid: SphereGrid, links: ReturnType<typeof numberEdges>, position_v: Float64Array) {
  const edgeCount = links.from_e.length;
  const p = grid.position_c;
  const span_e = new Float64Array(edgeCount);
  const length_e = new Float64Array(edgeCount);
  const middle_e = new Float64Array(3 * edgeCount);
  const normal_e = new Float64Array(3 * edgeCount);
  for (let e = 0; e < edgeCount; e++) {
    const a = 3 * links.from_e[e]!;
    const b = 3 * links.to_e[e]!;
    span_e[e] = arc(p, a, p, b);
    length_e[e] = arc(position_v, 3 * links.right_e[e]!, position_v, 3 * links.left_e[e]!);
    putUnit(middle_e, 3 * e, p[a]! + p[b]!, p[a + 1]! + p[b + 1]!, p[a + 2]! + p[b + 2]!);
    // The difference of two unit vectors is square to their sum.
    putUnit(normal_e, 3 * e, p[b]! - p[a]!, p[b + 1]! - p[a + 1]!, p[b + 2]! - p[a + 2]!);
  }
  return { span_e, length_e, middle_e, normal_e };
}

function measureKites(grid: SphereGrid, cell_v3: Int32Array, position_v: Float64Array) {
  const p = grid.position_c;
  const kite_v3 = new Float64Array(cell_v3.length);
  const area_v = new Float64Array(cell_v3.length / 3);
  const middle = new Float64Array(6);
  for (let v = 0; v < area_v.length; v++) {
    for (let k = 0; k < 3; k++) {
      const c = 3 * cell_v3[3 * v + k]!;
      const a = 3 * cell_v3[3 * v + ((k + 1) % 3)]!;
      const b = 3 * cell_v3[3 * v + ((k + 2) % 3)]!;
      putUnit(middle, 0, p[c]! + p[a]!, p[c + 1]! + p[a + 1]!, p[c + 2]! + p[a + 2]!);
      putUnit(middle, 3, p[c]! + p[b]!, p[c + 1]! + p[b + 1]!, p[c + 2]! + p[b + 2]!);
      const area = triangleArea(p, c, middle, 0, position_v, 3 * v) + triangleArea(p, c, position_v, 3 * v, middle, 3);
      kite_v3[3 * v + k] = area;
      area_v[v]! += area;
    }
  }
  return { kite_v3, area_v };
}

function aroundCorners(links: ReturnType<typeof numberEdges>, edgeCount: number, cornerCount: number) {
  const edge_v3 = new Int32Array(3 * cornerCount);
  const sign_v3 = new Int8Array(3 * cornerCount);
  const known_v = new Uint8Array(cornerCount);
  const put = (v: number, e: number, sign: number) => {
    const at = 3 * v + known_v[v]!;
    edge_v3[at] = e;
    sign_v3[at] = sign;
    known_v[v]! += 1;
  };
  for (let e = 0; e < edgeCount; e++) {
    put(links.left_e[e]!, e, 1);
    put(links.right_e[e]!, e, -1);
  }
  return { edge_v3, sign_v3 };
}
