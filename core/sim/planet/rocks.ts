import { type Crust, crustKind, orogenyKind } from "./crust.ts";

/** What the ground is made of, in the large. Numbers, for typed arrays and storage: never renumber. */
export const rockClass = {
  oceanBasalt: 0,
  shieldGneiss: 1,
  platformSediment: 2,
  foldBelt: 3,
  arcVolcanic: 4,
  floodBasalt: 5,
  stretchedMargin: 6,
} as const;
export type RockClass = (typeof rockClass)[keyof typeof rockClass];

/** Of a cell of the crust's own grid: what happened last names it, then its age. */
export function rockOf(crust: Crust, s: number): RockClass {
  if (crust.hotspotAgeMy_c[s]! < 60) return rockClass.floodBasalt;
  const kind = crust.orogeny_c[s]!;
  const age = crust.orogenyAgeMy_c[s]!;
  if (age < 120 && (kind === orogenyKind.arc || kind === orogenyKind.islandArc)) {
    if (crust.kind_c[s] === crustKind.continental || crust.thicknessKm_c[s]! > 10) return rockClass.arcVolcanic;
  }
  if (crust.kind_c[s] !== crustKind.continental) return rockClass.oceanBasalt;
  if (kind === orogenyKind.collision && age < 120) return rockClass.foldBelt;
  if (kind === orogenyKind.rift && age < 120) return rockClass.stretchedMargin;
  return crust.ageMy_c[s]! > 1800 ? rockClass.shieldGneiss : rockClass.platformSediment;
}
