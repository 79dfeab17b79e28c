import { exp, log } from "../elementary.ts";
import { kappa } from "./planet.ts";

// Four layers of air between surfaces of σ = p/p_s, thin near the ground. Potential temperature and the Exner function of a layer follow
// Arakawa & Suarez 1983: Π_k = c_k (p_s/p_0)^κ, c_k = (σ_below^(κ+1) − σ_above^(κ+1)) / ((1+κ) Δσ_k). Layer 0 is the highest.

export const layerCount = 4;

const surfaces = [0, 0.25, 0.55, 0.82, 1] as const;

const power = (x: number, exponent: number) => (x === 0 ? 0 : exp(exponent * log(x)));

/** Δσ. */
export const thickness_k = Float64Array.from({ length: layerCount }, (_, k) => surfaces[k + 1]! - surfaces[k]!);

/** Π of a layer over that of the ground. */
export const exner_k = Float64Array.from({ length: layerCount }, (_, k) => {
  const rise = power(surfaces[k + 1]!, kappa + 1) - power(surfaces[k]!, kappa + 1);
  return rise / ((1 + kappa) * thickness_k[k]!);
});

/** Π at the upper surface of a layer over that of the ground. */
export const exnerAbove_k = Float64Array.from({ length: layerCount }, (_, k) => power(surfaces[k]!, kappa));

/** Pressure where a layer's Π is, over that of the ground. */
export const pressure_k = exner_k.map((c) => power(c, 1 / kappa));
