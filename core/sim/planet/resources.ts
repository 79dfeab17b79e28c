import { koppenClasses } from "./koppen.ts";
import { crustKind, type Crust, orogenyKind } from "./crust.ts";
import { exp } from "../elementary.ts";
import { rng, type Rng } from "../rng.ts";
import { rockClass } from "./rocks.ts";

// Ores, fuels and stone by how they come to be: each kind has a rule on the record of the crust, on climate or on rivers, which gives the
// chance of a deposit in a cell of 14,000 km² (level 6). Tonnage is log-normal, grade falls as tonnage rises (Singer 1993; Sinclair 2007 for the
// porphyries' setting; Cawood & Hawkesworth 2015 for ores of supercontinents). Each kind has its own stream: a change of one rule moves no other kind.

export const resourceKinds = [
  "copper", "gold", "silver", "zinc", "tin", "lithium", "chromium", "nickel", "platinum", "iron", "uranium", "diamond",
  "coal", "oil", "salt", "bauxite", "sulfur", "placer gold", "clay", "limestone", "marble",
] as const; // prettier-ignore
export type ResourceKind = (typeof resourceKinds)[number];

export type Deposit = {
  readonly cell: number;
  readonly kind: ResourceKind;
  /** Of ore or rock, millions of tonnes, 3 significant digits. */
  readonly megatonnes: number;
  /** 1 ordinary for its kind; richer above. */
  readonly grade: number;
};

/** One cell, as the rules see it. */
export type Ground = {
  readonly crust: Crust;
  readonly source: number;
  readonly rock: number;
  readonly elevationM: number;
  readonly sedimentM: number;
  readonly koppen: number;
  readonly rainM: number;
  /** Rain over evaporation of open water. */
  readonly wetness: number;
  readonly strahler: number;
  readonly isTerminalLake: boolean;
  readonly warmC: number;
  /** Whether a river brings gravel from a belt's rock. */
  readonly isBelowBelt: boolean;
};

type Rule = {
  readonly kind: ResourceKind;
  /** Median of the tonnage, Mt, and deviation of its logarithm (natural). */
  readonly medianMt: number;
  readonly spread: number;
  chance(ground: Ground): number;
};

/** At most so many on a planet, the largest first. */
export const depositsMax = 20_000;

const isWarm = (g: Ground) => g.warmC > 16;
const isLand = (g: Ground) => g.elevationM > 0;
const isShelf = (g: Ground) => g.elevationM <= 0 && g.elevationM > -400;
const orogenyAge = (g: Ground) => g.crust.orogenyAgeMy_c[g.source]!;
const isOrogeny = (g: Ground, kind: number) => g.crust.orogeny_c[g.source] === kind;
const isContinent = (g: Ground) => g.crust.kind_c[g.source] === crustKind.continental;
const isShield = (g: Ground) => g.rock === rockClass.shieldGneiss && isLand(g);
const isArc = (g: Ground) =>
  (isOrogeny(g, orogenyKind.arc) || isOrogeny(g, orogenyKind.islandArc)) && isLand(g) && orogenyAge(g) < 100;
const isActiveArc = (g: Ground) => isArc(g) && orogenyAge(g) < 5;
const isHotspot = (g: Ground) => g.crust.hotspotAgeMy_c[g.source]! < 60 && isLand(g);
const isCore = (g: Ground) =>
  isOrogeny(g, orogenyKind.collision) && isContinent(g) && isLand(g) && g.crust.thicknessKm_c[g.source]! > 44;

const rules: readonly Rule[] = [
  { kind: "copper", medianMt: 240, spread: 1.5, chance: (g) => (isArc(g) && orogenyAge(g) > 4 && isContinent(g) ? 0.1 : 0) },
  { kind: "gold", medianMt: 25, spread: 1.6, chance: (g) => (isArc(g) ? 0.08 : isShield(g) ? 0.015 : 0) },
  { kind: "silver", medianMt: 6, spread: 1.5, chance: (g) => (isActiveArc(g) ? 0.1 : isArc(g) ? 0.03 : 0) },
  { kind: "zinc", medianMt: 2, spread: 1.7, chance: (g) => (isOrogeny(g, orogenyKind.islandArc) && isLand(g) ? 0.12 : isCore(g) ? 0.02 : 0) },
  { kind: "tin", medianMt: 5, spread: 1.4, chance: (g) => (isCore(g) ? 0.06 : 0) },
  { kind: "lithium", medianMt: 12, spread: 1.3, chance: (g) => (isCore(g) ? 0.03 : g.isTerminalLake && g.wetness < 0.3 ? 0.3 : 0) },
  { kind: "chromium", medianMt: 8, spread: 2, chance: (g) => (isHotspot(g) && isContinent(g) ? 0.15 : isShield(g) ? 0.004 : 0) },
  { kind: "nickel", medianMt: 10, spread: 1.6, chance: (g) => (isHotspot(g) && isContinent(g) ? 0.15 : isShield(g) ? 0.006 : 0) },
  { kind: "platinum", medianMt: 4, spread: 1.8, chance: (g) => (isHotspot(g) && isContinent(g) ? 0.06 : 0) },
  { kind: "iron", medianMt: 500, spread: 1.6, chance: (g) => (isShield(g) ? 0.05 : 0) },
  { kind: "uranium", medianMt: 3, spread: 1.7, chance: (g) => (isShield(g) ? 0.03 : 0) },
  { kind: "diamond", medianMt: 20, spread: 1.2, chance: (g) => (isShield(g) && g.crust.thicknessKm_c[g.source]! > 36 ? 0.015 : 0) },
  { kind: "coal", medianMt: 900, spread: 1.4, chance: (g) => (g.rock === rockClass.platformSediment && isLand(g) && g.elevationM < 900 && g.rainM > 0.6 ? 0.07 : 0) },
  { kind: "oil", medianMt: 120, spread: 1.8, chance: (g) => oilChance(g) },
  { kind: "salt", medianMt: 400, spread: 1.2, chance: (g) => (g.isTerminalLake && g.wetness < 0.6 ? 0.8 : 0) },
  { kind: "bauxite", medianMt: 60, spread: 1.3, chance: (g) => (isLaterite(g) ? 0.1 : 0) },
  { kind: "sulfur", medianMt: 2, spread: 1.2, chance: (g) => (isActiveArc(g) || (isHotspot(g) && g.crust.hotspotAgeMy_c[g.source]! < 5) ? 0.25 : 0) },
  { kind: "placer gold", medianMt: 40, spread: 1.3, chance: (g) => (g.isBelowBelt && isLand(g) ? Math.min(0.2, 0.03 * g.strahler) : 0) },
  { kind: "clay", medianMt: 30, spread: 1, chance: (g) => (isLand(g) && g.elevationM < 300 && g.rainM > 0.3 ? 0.15 : 0) },
  { kind: "limestone", medianMt: 800, spread: 1, chance: (g) => limestoneChance(g) },
  { kind: "marble", medianMt: 60, spread: 1, chance: (g) => (g.rock === rockClass.foldBelt && isLand(g) ? 0.08 : 0) },
]; // prettier-ignore

/** Source rock under later sediment, on margins that were stretched, and on old platforms less often. */
function oilChance(g: Ground): number {
  if (!isContinent(g) || g.elevationM > 400 || g.elevationM < -400) return 0;
  if (g.rock === rockClass.stretchedMargin) return g.sedimentM > 100 ? 0.2 : 0.1;
  return g.rock === rockClass.platformSediment ? 0.04 : 0;
}

function limestoneChance(g: Ground): number {
  if (isShelf(g) && isWarm(g)) return 0.3;
  return g.rock === rockClass.platformSediment && isLand(g) ? 0.15 : 0;
}

/** Deep weathering of stable ground under rain and heat. */
function isLaterite(g: Ground): boolean {
  const name = koppenClasses[g.koppen];
  const isWet = name === "Af" || name === "Am" || name === "Aw";
  return isWet && isLand(g) && orogenyAge(g) > 120 && g.elevationM < 1200;
}

/** `cellShare`: area of a cell over that of level 6, so that a finer planet has as many deposits, not four times. */
export function findDeposits(
  groundOf: (cell: number) => Ground,
  cellCount: number,
  seed: number,
  cellShare: number,
): Deposit[] {
  const deposits: Deposit[] = [];
  for (const rule of rules) {
    const random = rng(seed, "deposits", rule.kind);
    for (let cell = 0; cell < cellCount; cell++) {
      const chance = rule.chance(groundOf(cell)) * cellShare;
      if (chance > 0 && random.float() < chance) deposits.push(deposit(rule, cell, random));
    }
  }
  const kept = deposits.length <= depositsMax ? deposits : deposits.toSorted(bySize).slice(0, depositsMax);
  return kept.toSorted((a, b) => a.cell - b.cell || (a.kind < b.kind ? -1 : 1));
}

const bySize = (a: Deposit, b: Deposit) => b.megatonnes - a.megatonnes || a.cell - b.cell;

/** A tonnage ten times the median has half its grade, on the average. */
function deposit(rule: Rule, cell: number, random: Rng): Deposit {
  const size = random.normal() * rule.spread;
  const megatonnes = significant(rule.medianMt * exp(size));
  const grade = significant(exp(-0.3 * size + 0.3 * random.normal()));
  return { cell, kind: rule.kind, megatonnes, grade };
}

function significant(value: number): number {
  return Math.fround(Number(value.toPrecision(3)));
}
