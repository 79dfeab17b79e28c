import type { GridEdges } from "../grid/edges.ts";
import type { SphereGrid } from "../sphere-grid.ts";
import { type Planet, spinRate } from "./planet.ts";

// The grid's derivatives, in metres, for a planet's radius and spin: every factor that a kernel would otherwise compute again.

export type Operators = {
  readonly cellCount: number;
  readonly edgeCount: number;
  readonly cornerCount: number;
  readonly from_e: Int32Array;
  readonly to_e: Int32Array;
  readonly right_e: Int32Array;
  readonly left_e: Int32Array;
  readonly beforeFrom_e: Int32Array;
  readonly beforeTo_e: Int32Array;
  readonly edge_cn: Int32Array;
  readonly cell_v3: Int32Array;
  readonly edge_v3: Int32Array;
  readonly edge_ew: Int32Array;
  readonly weight_ew: Float64Array;
  /** 1/span and 1/length, 1/m. */
  readonly gradient_e: Float64Array;
  readonly along_e: Float64Array;
  /** Of an edge's flow in the divergence of a cell, 1/m. */
  readonly divergence_cn: Float64Array;
  /** Of u² in the kinetic energy of a cell. */
  readonly kinetic_cn: Float64Array;
  /** Of u in the vorticity of a corner, 1/m. */
  readonly vorticity_v3: Float64Array;
  /** The share of a cell in a corner. */
  readonly share_v3: Float64Array;
  /** 2 Ω sin φ. */
  readonly coriolis_v: Float64Array;
  /** Shares of the sphere, adding up to 1. */
  readonly share_c: Float64Array;
  /** The smallest distance of two centres and the typical one. */
  readonly spanLeastM: number;
  readonly spanM: number;
};

export function createOperators(grid: SphereGrid, edges: GridEdges, planet: Planet): Operators {
  const { radiusM } = planet;
  const { edgeCount, cornerCount, length_e, span_e, edge_cn, sign_cn, edge_v3 } = edges;
  const divergence_cn = new Float64Array(edge_cn.length);
  const kinetic_cn = new Float64Array(edge_cn.length);
  for (let n = 0; n < edge_cn.length; n++) {
    const e = edge_cn[n]!;
    const area = grid.area_c[(n / 6) | 0]!;
    divergence_cn[n] = (sign_cn[n]! * length_e[e]!) / (area * radiusM);
    kinetic_cn[n] = (Math.abs(sign_cn[n]!) * 0.25 * length_e[e]! * span_e[e]!) / area;
  }
  const vorticity_v3 = new Float64Array(edge_v3.length);
  const share_v3 = new Float64Array(edge_v3.length);
  for (let at = 0; at < edge_v3.length; at++) {
    const area = edges.area_v[(at / 3) | 0]!;
    vorticity_v3[at] = (edges.sign_v3[at]! * span_e[edge_v3[at]!]!) / (area * radiusM);
    share_v3[at] = edges.kite_v3[at]! / area;
  }
  const spin = spinRate(planet);
  const spanLeast = span_e.reduce((least, span) => Math.min(least, span), Infinity);
  return {
    ...edges,
    cellCount: grid.cellCount,
    gradient_e: Float64Array.from({ length: edgeCount }, (_, e) => 1 / (span_e[e]! * radiusM)),
    along_e: Float64Array.from({ length: edgeCount }, (_, e) => 1 / (length_e[e]! * radiusM)),
    divergence_cn,
    kinetic_cn,
    vorticity_v3,
    share_v3,
    coriolis_v: Float64Array.from({ length: cornerCount }, (_, v) => 2 * spin * edges.position_v[3 * v + 2]!),
    share_c: grid.area_c.map((area) => area / (4 * Math.PI)),
    spanLeastM: spanLeast * radiusM,
    spanM: Math.sqrt((8 * Math.PI) / Math.sqrt(3) / grid.cellCount) * radiusM,
  };
}
