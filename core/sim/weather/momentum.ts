import { layerCount, thickness_k } from "./layers.ts";
import type { Model } from "./model.ts";

// The wind but for pressure, vector-invariant: ∂u/∂t = Q⊥ − ∂K/∂n − (1/p_s) p_s σ̇ ∂u/∂σ, Q⊥ = Σ w p_s u′ (q + q′)/2 with the potential
// vorticity q = (ζ + f)/p_s (TRiSK: Thuburn et al. 2009, Ringler et al. 2010: Coriolis and curvature do no work).

/** Needs `kinetic_kc` of every layer. */
export function putTendencies(model: Model): void {
  for (let k = 0; k < layerCount; k++) {
    putVorticity(model, k);
    putTurning(model, k);
  }
  addVerticalAdvection(model);
}

/** Of one layer: potential vorticity at corners, then at edges. */
function putVorticity({ ops, state, work }: Model, k: number): void {
  const { edgeCount, cornerCount, edge_v3, cell_v3, vorticity_v3, share_v3, coriolis_v, right_e, left_e } = ops;
  const { wind_ke } = state;
  const { oldPressure_c, spin_v, potential_e } = work;
  const ke = k * edgeCount;
  for (let v = 0, at = 0; v < cornerCount; v++, at += 3) {
    const vorticity =
      vorticity_v3[at]! * wind_ke[ke + edge_v3[at]!]! +
      vorticity_v3[at + 1]! * wind_ke[ke + edge_v3[at + 1]!]! +
      vorticity_v3[at + 2]! * wind_ke[ke + edge_v3[at + 2]!]!;
    const pressure =
      share_v3[at]! * oldPressure_c[cell_v3[at]!]! +
      share_v3[at + 1]! * oldPressure_c[cell_v3[at + 1]!]! +
      share_v3[at + 2]! * oldPressure_c[cell_v3[at + 2]!]!;
    spin_v[v] = (vorticity + coriolis_v[v]!) / pressure;
  }
  for (let e = 0; e < edgeCount; e++) potential_e[e] = 0.5 * (spin_v[right_e[e]!]! + spin_v[left_e[e]!]!);
}

export function putKinetic({ ops, state, work }: Model, k: number): void {
  const { cellCount, edgeCount, edge_cn, kinetic_cn } = ops;
  const { wind_ke } = state;
  const { kinetic_kc } = work;
  const ke = k * edgeCount;
  const kc = k * cellCount;
  for (let c = 0, n = 0; c < cellCount; c++, n += 6) {
    const a = wind_ke[ke + edge_cn[n]!]!;
    const b = wind_ke[ke + edge_cn[n + 1]!]!;
    const d = wind_ke[ke + edge_cn[n + 2]!]!;
    const f = wind_ke[ke + edge_cn[n + 3]!]!;
    const g = wind_ke[ke + edge_cn[n + 4]!]!;
    const h = wind_ke[ke + edge_cn[n + 5]!]!;
    kinetic_kc[kc + c] =
      kinetic_cn[n]! * a * a +
      kinetic_cn[n + 1]! * b * b +
      kinetic_cn[n + 2]! * d * d +
      kinetic_cn[n + 3]! * f * f +
      kinetic_cn[n + 4]! * g * g +
      kinetic_cn[n + 5]! * h * h;
  }
}

function putTurning({ ops, work }: Model, k: number): void {
  const { cellCount, edgeCount, from_e, to_e, edge_ew, weight_ew: w, gradient_e } = ops;
  const { flow_ke: flow, potential_e: q, kinetic_kc, tendency_ke } = work;
  const kc = k * cellCount;
  const ke = k * edgeCount;
  for (let e = 0, at = 0; e < edgeCount; e++, at += 10) {
    const own = q[e]!;
    const a = edge_ew[at]!;
    const b = edge_ew[at + 1]!;
    const c = edge_ew[at + 2]!;
    const d = edge_ew[at + 3]!;
    const f = edge_ew[at + 4]!;
    const g = edge_ew[at + 5]!;
    const h = edge_ew[at + 6]!;
    const i = edge_ew[at + 7]!;
    const j = edge_ew[at + 8]!;
    const l = edge_ew[at + 9]!;
    const turning =
      w[at]! * flow[ke + a]! * (own + q[a]!) +
      w[at + 1]! * flow[ke + b]! * (own + q[b]!) +
      w[at + 2]! * flow[ke + c]! * (own + q[c]!) +
      w[at + 3]! * flow[ke + d]! * (own + q[d]!) +
      w[at + 4]! * flow[ke + f]! * (own + q[f]!) +
      w[at + 5]! * flow[ke + g]! * (own + q[g]!) +
      w[at + 6]! * flow[ke + h]! * (own + q[h]!) +
      w[at + 7]! * flow[ke + i]! * (own + q[i]!) +
      w[at + 8]! * flow[ke + j]! * (own + q[j]!) +
      w[at + 9]! * flow[ke + l]! * (own + q[l]!);
    tendency_ke[ke + e] = 0.5 * turning - (kinetic_kc[kc + to_e[e]!]! - kinetic_kc[kc + from_e[e]!]!) * gradient_e[e]!;
  }
}

function addVerticalAdvection({ ops, state, work }: Model): void {
  const { cellCount, edgeCount, from_e, to_e } = ops;
  const { wind_ke } = state;
  const { oldPressure_c, sinking_kc, tendency_ke } = work;
  for (let e = 0; e < edgeCount; e++) {
    const a = from_e[e]!;
    const b = to_e[e]!;
    const pressure = 0.5 * (oldPressure_c[a]! + oldPressure_c[b]!);
    let above = 0;
    for (let k = 0, ke = e, kc = 0; k < layerCount; k++, ke += edgeCount, kc += cellCount) {
      let below = 0;
      if (k < layerCount - 1) {
        below = 0.25 * (sinking_kc[kc + a]! + sinking_kc[kc + b]!) * (wind_ke[ke + edgeCount]! - wind_ke[ke]!);
      }
      tendency_ke[ke]! -= (below + above) / (pressure * thickness_k[k]!);
      above = below;
    }
  }
}
