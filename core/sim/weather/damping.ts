import { layerCount } from "./layers.ts";
import type { Model } from "./model.ts";
import { at } from "./state.ts";

// The smallest waves are damped by ∇⁴: u −= Δt K₄ ∇²(∇²u), K₄ = span⁴/(576 τ): on hexagons the largest eigenvalue of ∇² is 24/span².
// Some of the energy goes back to the turning eddies by a negative ∇² (Jansen & Held 2014), which a coarse grid would lose for good.

export function dampSmallWaves(model: Model, dtS: number): void {
  const { ops, state, work, tuning } = model;
  const { edgeCount, spanM } = ops;
  const { wind_ke } = state;
  const { smooth_e, flux_e } = work;
  // Gravity waves cross a smaller world sooner: the time is the grid's, for Earth at 475 km that of the tuning.
  const dampingS = (tuning.dampingH * 3600 * spanM) / 475_000;
  const k4 = (spanM * spanM * spanM * spanM) / 576 / dampingS;
  const back = state.header[at.backscatter]!;
  let damped = 0;
  let curled = 0;
  for (let k = 0; k < layerCount; k++) {
    const ke = k * edgeCount;
    const strength = dtS * k4 * (k === 0 ? 3 : 1);
    putLaplacian(model, wind_ke, ke, tuning.divergenceFactor, smooth_e);
    putLaplacian(model, smooth_e, 0, tuning.divergenceFactor, flux_e);
    for (let e = 0; e < edgeCount; e++) {
      const u = wind_ke[ke + e]!;
      damped += strength * u * flux_e[e]!;
      curled -= u * smooth_e[e]!;
      wind_ke[ke + e] = u - strength * flux_e[e]! - dtS * back * smooth_e[e]!;
    }
  }
  // The next step gives back what this one took, by the viscosity that does so.
  const wanted = curled > 0 ? (tuning.backscatter * damped) / (dtS * curled) : 0;
  const relaxed = Math.min(1, dtS / 86_400);
  state.header[at.backscatter] = back + relaxed * (wanted - back);
}

/** ∇²u = ∇(∇·u) − k×∇ζ across each edge. */
function putLaplacian(
  { ops, work }: Model,
  wind: Float64Array,
  start: number,
  divergenceFactor: number,
  out_e: Float64Array,
): void {
  const { cellCount, edgeCount, cornerCount, edge_v3, vorticity_v3, edge_cn, divergence_cn } = ops;
  const { from_e, to_e, right_e, left_e, gradient_e, along_e } = ops;
  const { spin_v, scratch_c } = work;
  for (let v = 0, x = 0; v < cornerCount; v++, x += 3) {
    spin_v[v] =
      vorticity_v3[x]! * wind[start + edge_v3[x]!]! +
      vorticity_v3[x + 1]! * wind[start + edge_v3[x + 1]!]! +
      vorticity_v3[x + 2]! * wind[start + edge_v3[x + 2]!]!;
  }
  for (let c = 0, n = 0; c < cellCount; c++, n += 6) {
    scratch_c[c] =
      divergenceFactor *
      (divergence_cn[n]! * wind[start + edge_cn[n]!]! +
        divergence_cn[n + 1]! * wind[start + edge_cn[n + 1]!]! +
        divergence_cn[n + 2]! * wind[start + edge_cn[n + 2]!]! +
        divergence_cn[n + 3]! * wind[start + edge_cn[n + 3]!]! +
        divergence_cn[n + 4]! * wind[start + edge_cn[n + 4]!]! +
        divergence_cn[n + 5]! * wind[start + edge_cn[n + 5]!]!);
  }
  for (let e = 0; e < edgeCount; e++) {
    out_e[e] =
      (scratch_c[to_e[e]!]! - scratch_c[from_e[e]!]!) * gradient_e[e]! -
      (spin_v[left_e[e]!]! - spin_v[right_e[e]!]!) * along_e[e]!;
  }
}
