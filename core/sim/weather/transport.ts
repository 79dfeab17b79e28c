import { exner_k, exnerAbove_k, layerCount, thickness_k } from "./layers.ts";
import type { Model } from "./model.ts";

// Warmth and moisture carried by the flows of mass.ts, in flux form: Σ p_s x Δσ is kept to rounding, and what is even stays even.
// Across an edge, of the upwind cell u, the one behind it b and the downwind one d: x = x_u + ½ (1 − C) s, C the Courant number;
// θ: s = 0.9 (x_d − x_u) + 0.1 (x_u − x_b), little diffusion (Fromm's half and half damps storms); moisture: van Leer's harmonic mean.
// Upward θ is the half-level value of Arakawa & Suarez 1983, which keeps energy. Moisture never turns negative: where more would leave a
// cell than it has, what leaves is scaled down (Smolarkiewicz 1989).

export function carryWarmth(model: Model, dtS: number): void {
  const { ops, state, work } = model;
  const { cellCount } = ops;
  const { theta_kc } = state;
  const { moved_kc } = work;
  for (let k = 0; k < layerCount; k++) {
    putWarmthFlux(model, k, dtS);
    putCarried(model, k, theta_kc, dtS);
  }
  const { sinking_kc } = work;
  const { pressurePa_c } = state;
  for (let c = 0; c < cellCount; c++) {
    let above = 0;
    for (let k = 0, kc = c; k < layerCount; k++, kc += cellCount) {
      let below = 0;
      if (k < layerCount - 1) {
        const lower = exner_k[k + 1]! - exnerAbove_k[k + 1]!;
        const upper = exnerAbove_k[k + 1]! - exner_k[k]!;
        below = (sinking_kc[kc]! * (lower * theta_kc[kc + cellCount]! + upper * theta_kc[kc]!)) / (lower + upper);
      }
      moved_kc[kc] = (moved_kc[kc]! - (dtS * (below - above)) / thickness_k[k]!) / pressurePa_c[c]!;
      above = below;
    }
  }
  theta_kc.set(moved_kc);
}

export function carryMoisture(model: Model, dtS: number): void {
  const { ops, state, work } = model;
  const { humidity_kc, pressurePa_c } = state;
  const { moved_kc } = work;
  for (let k = 0; k < layerCount; k++) {
    putMoistureFlux(model, k, dtS);
    putCarried(model, k, humidity_kc, dtS);
    if (hasNegative(moved_kc, k * ops.cellCount, ops.cellCount)) {
      limitOutflow(model, k, dtS);
      putCarried(model, k, humidity_kc, dtS);
    }
  }
  for (let c = 0; c < ops.cellCount; c++) sinkMoisture(model, c, dtS);
  for (let k = 0, kc = 0; k < layerCount; k++) {
    for (let c = 0; c < ops.cellCount; c++, kc++) {
      // What rounding leaves below nothing, a part in 10^16 of the column, is nothing.
      const moved = moved_kc[kc]! / pressurePa_c[c]!;
      humidity_kc[kc] = moved > 0 ? moved : 0;
    }
  }
}

function putWarmthFlux({ ops, state, work }: Model, k: number, dtS: number): void {
  const { cellCount, edgeCount, from_e, to_e, beforeFrom_e, beforeTo_e, gradient_e } = ops;
  const { theta_kc, wind_ke } = state;
  const { flow_ke, flux_e } = work;
  const kc = k * cellCount;
  const ke = k * edgeCount;
  for (let e = 0; e < edgeCount; e++) {
    const wind = wind_ke[ke + e]!;
    const from = theta_kc[kc + from_e[e]!]!;
    const to = theta_kc[kc + to_e[e]!]!;
    const courant = Math.abs(wind) * dtS * gradient_e[e]!;
    const face =
      wind >= 0
        ? from + 0.5 * (1 - courant) * (0.9 * (to - from) + 0.1 * (from - theta_kc[kc + beforeFrom_e[e]!]!))
        : to + 0.5 * (1 - courant) * (0.9 * (from - to) + 0.1 * (to - theta_kc[kc + beforeTo_e[e]!]!));
    flux_e[e] = flow_ke[ke + e]! * face;
  }
}

function putMoistureFlux({ ops, state, work }: Model, k: number, dtS: number): void {
  const { cellCount, edgeCount, from_e, to_e, beforeFrom_e, beforeTo_e, gradient_e } = ops;
  const { humidity_kc, wind_ke } = state;
  const { flow_ke, flux_e } = work;
  const kc = k * cellCount;
  const ke = k * edgeCount;
  for (let e = 0; e < edgeCount; e++) {
    const wind = wind_ke[ke + e]!;
    const from = humidity_kc[kc + from_e[e]!]!;
    const to = humidity_kc[kc + to_e[e]!]!;
    const courant = Math.abs(wind) * dtS * gradient_e[e]!;
    const upwind = wind >= 0 ? from : to;
    const ahead = wind >= 0 ? to - from : from - to;
    const behind = upwind - humidity_kc[kc + (wind >= 0 ? beforeFrom_e[e]! : beforeTo_e[e]!)]!;
    const product = ahead * behind;
    const face = product > 0 ? upwind + ((1 - courant) * product) / (ahead + behind) : upwind;
    flux_e[e] = flow_ke[ke + e]! * face;
  }
}

/** p_s x after the flows through the sides of layer k. */
function putCarried({ ops, work }: Model, k: number, x_kc: Float64Array, dtS: number): void {
  const { cellCount, edge_cn, divergence_cn } = ops;
  const { flux_e, moved_kc, oldPressure_c } = work;
  const kc = k * cellCount;
  for (let c = 0, n = 0; c < cellCount; c++, n += 6) {
    const out =
      divergence_cn[n]! * flux_e[edge_cn[n]!]! +
      divergence_cn[n + 1]! * flux_e[edge_cn[n + 1]!]! +
      divergence_cn[n + 2]! * flux_e[edge_cn[n + 2]!]! +
      divergence_cn[n + 3]! * flux_e[edge_cn[n + 3]!]! +
      divergence_cn[n + 4]! * flux_e[edge_cn[n + 4]!]! +
      divergence_cn[n + 5]! * flux_e[edge_cn[n + 5]!]!;
    moved_kc[kc + c] = x_kc[kc + c]! * oldPressure_c[c]! - dtS * out;
  }
}

function hasNegative(x_kc: Float64Array, start: number, count: number): boolean {
  let least = 0;
  for (let kc = start; kc < start + count; kc++) if (x_kc[kc]! < least) least = x_kc[kc]!;
  return least < 0;
}

function limitOutflow({ ops, state, work }: Model, k: number, dtS: number): void {
  const { cellCount, edgeCount, from_e, to_e, edge_cn, divergence_cn } = ops;
  const { flux_e, oldPressure_c, scratch_c } = work;
  const kc = k * cellCount;
  for (let c = 0, n = 0; c < cellCount; c++, n += 6) {
    let out = 0;
    for (let m = n; m < n + 6; m++) {
      const part = divergence_cn[m]! * flux_e[edge_cn[m]!]!;
      if (part > 0) out += part;
    }
    const there = state.humidity_kc[kc + c]! * oldPressure_c[c]!;
    scratch_c[c] = dtS * out > there ? there / (dtS * out) : 1;
  }
  for (let e = 0; e < edgeCount; e++) {
    const flux = flux_e[e]!;
    flux_e[e] = flux * scratch_c[flux > 0 ? from_e[e]! : to_e[e]!]!;
  }
}

/** Through the surfaces between layers, from above downwards: each gives no more than it has. */
function sinkMoisture({ ops, state, work }: Model, c: number, dtS: number): void {
  const { cellCount } = ops;
  const { moved_kc, sinking_kc } = work;
  const { humidity_kc } = state;
  for (let k = 0, kc = c; k < layerCount - 1; k++, kc += cellCount) {
    const below = kc + cellCount;
    const sinking = sinking_kc[kc]!;
    const upper = humidity_kc[kc]!;
    const lower = humidity_kc[below]!;
    const face = 0.5 * (sinking > 0 ? upper : lower) + 0.25 * (upper + lower);
    let flux = dtS * sinking * face;
    const most = moved_kc[kc]! * thickness_k[k]!;
    const least = -moved_kc[below]! * thickness_k[k + 1]!;
    if (flux > most) flux = most > 0 ? most : 0;
    if (flux < least) flux = least < 0 ? least : 0;
    moved_kc[kc]! -= flux / thickness_k[k]!;
    moved_kc[below]! += flux / thickness_k[k + 1]!;
  }
}
