import { expect, test } from "vitest";
import { rng } from "../rng.ts";
import { createSphereGrid } from "../sphere-grid.ts";
import { createGridEdges } from "./edges.ts";

const grid = createSphereGrid(4);
const edges = createGridEdges(grid);
const axis = [0.3, -0.2, 1] as const;

/** Velocity of a body that turns about the axis. */
function turning(p: Float64Array, at: number): [number, number, number] {
  const [x, y, z] = [p[at]!, p[at + 1]!, p[at + 2]!];
  return [axis[1] * z - axis[2] * y, axis[2] * x - axis[0] * z, axis[0] * y - axis[1] * x];
}

function normalWinds(): Float64Array {
  return Float64Array.from({ length: edges.edgeCount }, (_, e) => {
    const [u, v, w] = turning(edges.middle_e, 3 * e);
    return u * edges.normal_e[3 * e]! + v * edges.normal_e[3 * e + 1]! + w * edges.normal_e[3 * e + 2]!;
  });
}

test("kites fill each cell and each corner's triangle", () => {
  const area_c = new Float64Array(grid.cellCount);
  edges.cell_v3.forEach((c, at) => (area_c[c]! += edges.kite_v3[at]!));
  for (let c = 0; c < grid.cellCount; c++) expect(area_c[c]! / grid.area_c[c]! - 1).toBeCloseTo(0, 10);
  expect(edges.area_v.reduce((a, b) => a + b, 0)).toBeCloseTo(4 * Math.PI, 10);
});

test("what flows out of one cell flows into another", () => {
  const random = rng(1, "flows");
  const flow_e = Float64Array.from({ length: edges.edgeCount }, () => random.normal());
  let sum = 0;
  for (let n = 0; n < edges.edge_cn.length; n++) sum += edges.sign_cn[n]! * flow_e[edges.edge_cn[n]!]!;
  expect(Math.abs(sum)).toBeLessThan(1e-9);
});

test("a turning body neither gathers nor spreads, and its vorticity is twice its spin", () => {
  const wind_e = normalWinds();
  for (let c = 0; c < grid.cellCount; c++) {
    let out = 0;
    for (let n = 6 * c; n < 6 * c + 6; n++) {
      const e = edges.edge_cn[n]!;
      out += edges.sign_cn[n]! * wind_e[e]! * edges.length_e[e]!;
    }
    expect(Math.abs(out / grid.area_c[c]!)).toBeLessThan(0.02);
  }
  for (let v = 0; v < edges.cornerCount; v++) {
    let around = 0;
    for (let k = 3 * v; k < 3 * v + 3; k++) {
      around += edges.sign_v3[k]! * wind_e[edges.edge_v3[k]!]! * edges.span_e[edges.edge_v3[k]!]!;
    }
    const p = edges.position_v;
    const exact = 2 * (axis[0] * p[3 * v]! + axis[1] * p[3 * v + 1]! + axis[2] * p[3 * v + 2]!);
    expect(Math.abs(around / edges.area_v[v]! - exact)).toBeLessThan(0.015);
  }
});

test("the wind along an edge follows from the winds across those around it, within one percent", () => {
  const wind_e = normalWinds();
  let error = 0;
  let size = 0;
  for (let e = 0; e < edges.edgeCount; e++) {
    let along = 0;
    for (let w = 10 * e; w < 10 * e + 10; w++) along += edges.weight_ew[w]! * wind_e[edges.edge_ew[w]!]!;
    const [x, y, z] = [0, 1, 2].map((k) => edges.middle_e[3 * e + k]!) as [number, number, number];
    const [nx, ny, nz] = [0, 1, 2].map((k) => edges.normal_e[3 * e + k]!) as [number, number, number];
    const [u, v, w] = turning(edges.middle_e, 3 * e);
    const exact = u * (y * nz - z * ny) + v * (z * nx - x * nz) + w * (x * ny - y * nx);
    error += (along - exact) ** 2;
    size += exact ** 2;
  }
  expect(Math.sqrt(error / size)).toBeLessThan(0.01);
});

test("the Coriolis force does no work: weights are antisymmetric once each edge's area is put in", () => {
  const weight = (e: number, other: number) => {
    for (let w = 10 * e; w < 10 * e + 10; w++) {
      if (edges.edge_ew[w] === other && edges.weight_ew[w] !== 0) return edges.weight_ew[w]!;
    }
    return 0;
  };
  for (let e = 0; e < edges.edgeCount; e += 7) {
    for (let w = 10 * e; w < 10 * e + 10; w++) {
      const other = edges.edge_ew[w]!;
      const there = (weight(e, other) * edges.span_e[e]!) / edges.length_e[other]!;
      const back = (weight(other, e) * edges.span_e[other]!) / edges.length_e[e]!;
      expect(there + back).toBeCloseTo(0, 10);
    }
  }
});
