import { layerCount, thickness_k } from "./layers.ts";
import type { Model } from "./model.ts";

// The air's mass in σ coordinates: ∂p_s/∂t = −Σ Δσ_k ∇·(p_s u_k), and what sinks through each layer's lower surface,
// p_s σ̇ = −Σ_(l ≤ k) (∇·(p_s u_l) + ∂p_s/∂t) Δσ_l. Written as flows through edges: the mass of the whole is kept to rounding.

export function moveMass({ ops, state, work }: Model, dtS: number): void {
  const { cellCount, edgeCount, from_e, to_e, edge_cn, divergence_cn } = ops;
  const { pressurePa_c, wind_ke } = state;
  const { flow_ke, divergence_kc, sinking_kc, oldPressure_c } = work;
  for (let k = 0; k < layerCount; k++) {
    const ke = k * edgeCount;
    const kc = k * cellCount;
    for (let e = 0; e < edgeCount; e++) {
      flow_ke[ke + e] = 0.5 * (pressurePa_c[from_e[e]!]! + pressurePa_c[to_e[e]!]!) * wind_ke[ke + e]!;
    }
    for (let c = 0, n = 0; c < cellCount; c++, n += 6) {
      divergence_kc[kc + c] =
        divergence_cn[n]! * flow_ke[ke + edge_cn[n]!]! +
        divergence_cn[n + 1]! * flow_ke[ke + edge_cn[n + 1]!]! +
        divergence_cn[n + 2]! * flow_ke[ke + edge_cn[n + 2]!]! +
        divergence_cn[n + 3]! * flow_ke[ke + edge_cn[n + 3]!]! +
        divergence_cn[n + 4]! * flow_ke[ke + edge_cn[n + 4]!]! +
        divergence_cn[n + 5]! * flow_ke[ke + edge_cn[n + 5]!]!;
    }
  }
  oldPressure_c.set(pressurePa_c);
  for (let c = 0; c < cellCount; c++) {
    let whole = 0;
    for (let k = 0; k < layerCount; k++) whole += divergence_kc[k * cellCount + c]! * thickness_k[k]!;
    pressurePa_c[c] = oldPressure_c[c]! - dtS * whole;
    let sinking = 0;
    for (let k = 0; k < layerCount - 1; k++) {
      sinking -= (divergence_kc[k * cellCount + c]! - whole) * thickness_k[k]!;
      sinking_kc[k * cellCount + c] = sinking;
    }
  }
}
