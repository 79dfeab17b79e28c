import type { SphereGrid } from "../sphere-grid.ts";
import type { GridEdges } from "./edges.ts";

// The weights w of TRiSK: u∥ of an edge is Σ w·u⊥ over the other edges of its two cells (Thuburn et al. 2009, eq. 33). Going round a cell
// from the edge, w = (½ − Σ kite/area of the corners passed) · length/span, with the signs of both normals. Coriolis forces made
// with them do no work, and a flow in geostrophic balance stays there.

type Parts = Omit<GridEdges, "weight_ew" | "edge_ew"> & {
  readonly weight_ew: Float64Array;
  readonly edge_ew: Int32Array;
};

export function putTangentialWeights(grid: SphereGrid, edges: Parts, corner_cn: Int32Array): void {
  const { from_e, to_e, edgeCount, edge_ew, weight_ew } = edges;
  for (let e = 0; e < edgeCount; e++) {
    let at = putCell(grid, edges, corner_cn, e, from_e[e]!, 10 * e);
    at = putCell(grid, edges, corner_cn, e, to_e[e]!, at);
    for (; at < 10 * e + 10; at++) {
      edge_ew[at] = e;
      weight_ew[at] = 0;
    }
  }
}

function putCell(grid: SphereGrid, edges: Parts, corner_cn: Int32Array, e: number, c: number, from: number): number {
  const { edge_cn, sign_cn, cell_v3, kite_v3, length_e, span_e, weight_ew, edge_ew } = edges;
  const degree = grid.degree_c[c]!;
  let start = 0;
  while (edge_cn[6 * c + start] !== e) start++;
  const sign = sign_cn[6 * c + start]!;
  let passed = 0;
  let at = from;
  for (let step = 1; step < degree; step++) {
    const v = 3 * corner_cn[6 * c + ((start + step - 1) % degree)]!;
    const k = cell_v3[v] === c ? 0 : cell_v3[v + 1] === c ? 1 : 2;
    passed += kite_v3[v + k]! / grid.area_c[c]!;
    const n = 6 * c + ((start + step) % degree);
    const other = edge_cn[n]!;
    edge_ew[at] = other;
    weight_ew[at] = (sign * (0.5 - passed) * sign_cn[n]! * length_e[other]!) / span_e[e]!;
    at++;
  }
  return at;
}
