import { exp } from "../elementary.ts";
import { type CycloneAir, exchangeRatio } from "./cyclone-air.ts";
import type { Model } from "./model.ts";
import { gasConstant, latentHeat } from "./planet.ts";
import { cyclone } from "./state.ts";
import { saturation } from "./tables.ts";

// An hour of a cyclone's strength. Over the sea two equations of Emanuel 2017 ("A fast intensity simulator"), for the wind V and the wetness m
// of its middle: dV/dt = C_k/2h (β V_pot² m³ − (1 − γ m³) V²), dm/dt = C_k/2h ((1 − m) V − χ S m), without the cold that a storm stirs up.
// Over land V = V_b + (V_0 − V_b) e^(−αt), after nine tenths of it on crossing the coast (Kaplan & DeMaria 1995).

const hourS = 3600;
/** C_k/2h, 1/m: exchange of heat, and the depth of the air that it goes into. */
const exchange = 1.2e-3 / (2 * 1400);
/** What shear blows into the middle, fitted: about half of the storms become hurricanes, as on the Earth. */
const ventilation = 2.5;
/** Kaplan & DeMaria 1995: 26.7 knots, 0.095 an hour, 0.9. */
export const landDecay = { backgroundMps: 13.7, perHour: 0.095, onCoast: 0.9 } as const;

export function strengthen({ state, isLand_c }: Model, slot: number, air: CycloneAir): void {
  const { cyclones, pressurePa_c } = state;
  const cell = cyclones[slot + cyclone.cell]!;
  const isLand = isLand_c[cell] === 1;
  const wind = cyclones[slot + cyclone.maxMps]!;
  if (isLand) {
    const wasLand = cyclones[slot + cyclone.isOnLand] === 1;
    cyclones[slot + cyclone.maxMps] = windOverLand(wasLand ? wind : landDecay.onCoast * wind);
    // No sea feeds its middle: it dries with the time of the wind's decay.
    cyclones[slot + cyclone.moisture]! *= landKept;
  } else {
    const next = overSea(wind, cyclones[slot + cyclone.moisture]!, air, pressurePa_c[cell]!);
    cyclones[slot + cyclone.maxMps] = next.maxMps;
    cyclones[slot + cyclone.moisture] = next.moisture;
  }
  cyclones[slot + cyclone.isOnLand] = isLand ? 1 : 0;
}

const landKept = exp(-landDecay.perHour);

/** An hour later. What is weaker than the background fades as quickly to nothing. */
export function windOverLand(maxMps: number): number {
  const { backgroundMps } = landDecay;
  // Within a tenth of the background it is a storm no more.
  const floor = maxMps > 1.1 * backgroundMps ? backgroundMps : 0;
  return floor + (maxMps - floor) * landKept;
}

const result = { maxMps: 0, moisture: 0 };

/** An hour later; one object, written by every call. */
export function overSea(
  maxMps: number,
  moisture: number,
  { potentialMps, efficiency, seaK, dryness, shearMps }: CycloneAir,
  pressurePa: number,
): typeof result {
  const fed = potentialMps > 0 ? (latentHeat * saturation(seaK, pressurePa)) / (gasConstant * seaK) : 0;
  const kappa = 0.5 * efficiency * exchangeRatio * fed;
  const beta = Math.max(0, 1 - efficiency - kappa);
  const gamma = efficiency + kappa;
  const m3 = moisture * moisture * moisture;
  const gain = beta * potentialMps * potentialMps * m3 - (1 - gamma * m3) * maxMps * maxMps;
  const wetter = (1 - moisture) * maxMps - ventilation * dryness * shearMps * moisture;
  result.maxMps = Math.max(0, maxMps + hourS * exchange * gain);
  result.moisture = Math.min(1, Math.max(0, moisture + hourS * exchange * wetter));
  return result;
}
