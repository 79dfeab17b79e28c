import { exner_k, exnerAbove_k, layerCount } from "./layers.ts";
import type { Model } from "./model.ts";
import { heatCapacity, referencePa } from "./planet.ts";
import { at } from "./state.ts";
import { exnerOf } from "./tables.ts";

// Hydrostatic balance (Arakawa & Suarez 1983) and the wind's new value: ∂u/∂t −= ∂Φ/∂n + c_p θ_v ∂Π/∂n from the new mass and warmth
// (forward–backward: stable for gravity waves of speed c while c Δt < 0.8 of the span), the rest by Adams–Bashforth of third order.

/** Virtual temperature: moist air is lighter. */
const moist = 0.608;

export function putGeopotential({ ops, state, work, ground_c }: Model): void {
  const { cellCount } = ops;
  const { pressurePa_c, theta_kc, humidity_kc } = state;
  const { exner_c, geopotential_kc } = work;
  for (let c = 0; c < cellCount; c++) {
    const exner = exnerOf(pressurePa_c[c]! / referencePa);
    exner_c[c] = exner;
    let kc = (layerCount - 1) * cellCount + c;
    let lower = theta_kc[kc]! * (1 + moist * humidity_kc[kc]!);
    let height = ground_c[c]! + heatCapacity * lower * exner * (1 - exner_k[layerCount - 1]!);
    geopotential_kc[kc] = height;
    for (let k = layerCount - 2; k >= 0; k--) {
      kc -= cellCount;
      const upper = theta_kc[kc]! * (1 + moist * humidity_kc[kc]!);
      height +=
        heatCapacity *
        exner *
        (lower * (exner_k[k + 1]! - exnerAbove_k[k + 1]!) + upper * (exnerAbove_k[k + 1]! - exner_k[k]!));
      geopotential_kc[kc] = height;
      lower = upper;
    }
  }
}

export function blow({ ops, state, work }: Model, dtS: number): void {
  const { cellCount, edgeCount, from_e, to_e, gradient_e } = ops;
  const { header, theta_kc, humidity_kc, wind_ke, tendency1_ke, tendency2_ke } = state;
  const { exner_c, geopotential_kc, tendency_ke } = work;
  const history = header[at.history]!;
  const b0 = history === 0 ? 1 : history === 1 ? 1.5 : 23 / 12;
  const b1 = history === 0 ? 0 : history === 1 ? -0.5 : -16 / 12;
  const b2 = history < 2 ? 0 : 5 / 12;
  for (let k = 0; k < layerCount; k++) {
    const kc = k * cellCount;
    const ke = k * edgeCount;
    const half = 0.5 * heatCapacity * exner_k[k]!;
    for (let e = 0; e < edgeCount; e++) {
      const from = from_e[e]!;
      const to = to_e[e]!;
      const a = kc + from;
      const b = kc + to;
      const warmth =
        half * (theta_kc[a]! * (1 + moist * humidity_kc[a]!) + theta_kc[b]! * (1 + moist * humidity_kc[b]!));
      const slope =
        (geopotential_kc[b]! - geopotential_kc[a]! + warmth * (exner_c[to]! - exner_c[from]!)) * gradient_e[e]!;
      const x = ke + e;
      wind_ke[x]! += dtS * (b0 * tendency_ke[x]! + b1 * tendency1_ke[x]! + b2 * tendency2_ke[x]! - slope);
    }
  }
  tendency2_ke.set(tendency1_ke);
  tendency1_ke.set(tendency_ke);
  if (history < 2) header[at.history] = history + 1;
}
