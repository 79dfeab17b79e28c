import { freeze, openSea } from "./ground.ts";
import type { Model } from "./model.ts";
import { iceDensity, meltingHeat, seaHeatPerM } from "./planet.ts";

// Heat that the sea carries, as a mixing between neighbouring cells of sea: what one loses the other gains, and under ice it melts.
// Then ice that slides from land when snow lies too deep: it melts in the sea everywhere.

export function mixSea({ ops, state, work, tuning, isLand_c }: Model, dtS: number): void {
  const { cellCount, edgeCount, from_e, to_e, gradient_e, edge_cn, divergence_cn } = ops;
  const { deepK_c, skinK_c, iceM_c } = state;
  const { flux_e } = work;
  for (let e = 0; e < edgeCount; e++) {
    const a = from_e[e]!;
    const b = to_e[e]!;
    flux_e[e] = (isLand_c[a]! | isLand_c[b]!) === 0 ? (deepK_c[b]! - deepK_c[a]!) * gradient_e[e]! : 0;
  }
  const heat = seaHeatPerM * tuning.seaDepthM;
  for (let c = 0, n = 0; c < cellCount; c++, n += 6) {
    if (isLand_c[c] === 1) continue;
    let warming = 0;
    for (let m = n; m < n + 6; m++) warming += divergence_cn[m]! * flux_e[edge_cn[m]!]!;
    warming *= dtS * tuning.seaMixing;
    if (iceM_c[c]! > 0) {
      iceM_c[c]! -= (warming * heat) / (iceDensity * meltingHeat);
      if (iceM_c[c]! <= 0) openSea(state, tuning, c);
    } else {
      deepK_c[c]! += warming;
      skinK_c[c] = deepK_c[c]!;
    }
    freeze(state, tuning, c);
  }
}

export function calveIce({ ops, state, tuning, isLand_c, oceanShare }: Model): void {
  if (oceanShare === 0) return;
  const { cellCount, share_c } = ops;
  const { snow_c, toSea_c, deepK_c, skinK_c, iceM_c } = state;
  let calved = 0;
  for (let c = 0; c < cellCount; c++) {
    if (isLand_c[c] === 0 || snow_c[c]! <= tuning.snowMax) continue;
    const over = snow_c[c]! - tuning.snowMax;
    snow_c[c] = tuning.snowMax;
    toSea_c[c]! += over;
    calved += over * share_c[c]!;
  }
  if (calved === 0) return;
  const each = calved / oceanShare;
  for (let c = 0; c < cellCount; c++) {
    if (isLand_c[c] === 1) continue;
    if (iceM_c[c]! > 0) {
      iceM_c[c]! += each / iceDensity;
    } else {
      deepK_c[c]! -= (each * meltingHeat) / (seaHeatPerM * tuning.seaDepthM);
      skinK_c[c] = deepK_c[c]!;
    }
  }
}
