import { biomeClass, type BiomeClass } from "../biome.ts";
import { exp } from "../elementary.ts";
import { koppenClasses } from "./koppen.ts";

// What grows where: the wire's biome from Köppen's class, height and water; density of plants from rain and warmth (Miami model, Lieth 1975).

const ofClass: Record<(typeof koppenClasses)[number], BiomeClass> = {
  Af: biomeClass.rainforest,
  Am: biomeClass.rainforest,
  Aw: biomeClass.savanna,
  BWh: biomeClass.desert,
  BWk: biomeClass.desert,
  BSh: biomeClass.savanna,
  BSk: biomeClass.grassland,
  Csa: biomeClass.grassland,
  Csb: biomeClass.deciduousForest,
  Csc: biomeClass.grassland,
  Cwa: biomeClass.deciduousForest,
  Cwb: biomeClass.grassland,
  Cwc: biomeClass.grassland,
  Cfa: biomeClass.deciduousForest,
  Cfb: biomeClass.deciduousForest,
  Cfc: biomeClass.taiga,
  Dsa: biomeClass.grassland,
  Dsb: biomeClass.deciduousForest,
  Dsc: biomeClass.taiga,
  Dsd: biomeClass.taiga,
  Dwa: biomeClass.deciduousForest,
  Dwb: biomeClass.deciduousForest,
  Dwc: biomeClass.taiga,
  Dwd: biomeClass.taiga,
  Dfa: biomeClass.deciduousForest,
  Dfb: biomeClass.deciduousForest,
  Dfc: biomeClass.taiga,
  Dfd: biomeClass.taiga,
  ET: biomeClass.tundra,
  EF: biomeClass.tundra,
};

export type BiomePlace = {
  readonly koppen: number;
  readonly elevationM: number;
  readonly isLake: boolean;
  /** Mean of the warmest month at the height of the sea, °C. */
  readonly warmestAtSeaC: number;
  /** Steepest way to a neighbour, metres of height between the cells. */
  readonly reliefM: number;
  /** Runoff, m a year. */
  readonly runoffM: number;
};

/** Between neighbouring cells: steeper ground counts as mountains. */
const mountainReliefM = 900;
const mountainFromM = 1200;

/** `elevationM` ≤ 0 is the sea. Cold by height is Alpine, cold by latitude Tundra; wet and flat is Wetland. */
export function biomeOf(place: BiomePlace): BiomeClass {
  if (place.isLake) return biomeClass.lake;
  if (place.elevationM <= 0) return biomeClass.ocean;
  const grown = ofClass[koppenClasses[place.koppen]!];
  if (grown === biomeClass.tundra) return place.warmestAtSeaC > 12 ? biomeClass.alpine : biomeClass.tundra;
  if (place.elevationM > mountainFromM && place.reliefM > mountainReliefM) return biomeClass.mountain;
  const isWet = place.runoffM > 0.55 && place.elevationM < 60 && place.reliefM < 25;
  return isWet ? biomeClass.wetland : grown;
}

/** Net growth of plants, 0 … 1 of the most there is (3,000 g/m² a year): the lesser of what warmth and rain allow (Lieth 1975). */
export function plantDensity(temperatureC: number, rainM: number): number {
  const byWarmth = 1 / (1 + exp(1.315 - 0.119 * temperatureC));
  const byRain = 1 - exp(-0.000664 * 1000 * rainM);
  return Math.min(byWarmth, byRain);
}
