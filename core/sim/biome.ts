import type { ClimateAt } from "./climate.ts";

/** What grows, or stands, in a place. Numbers, for typed arrays; the wire's names are the world's business. */
export const biomeClass = {
  ocean: 0,
  lake: 1,
  river: 2,
  wetland: 3,
  grassland: 4,
  desert: 5,
  savanna: 6,
  rainforest: 7,
  deciduousForest: 8,
  taiga: 9,
  tundra: 10,
  alpine: 11,
  mountain: 12,
} as const;
export type BiomeClass = (typeof biomeClass)[keyof typeof biomeClass];

/**
 * Dry land, after Whittaker (1975: annual temperature and rain decide), with the dryness limits of Köppen's B climates for rain spread
 * over the year (Peel et al. 2007: steppe below 20 T + 140 mm, desert below half of it). Above the tree line, where height
 * and not latitude makes it cold, Alpine; rugged ground below it, Mountain. `patch`, −1 … 1, breaks the edges into groves and clearings.
 */
export function dryLandBiome(place: {
  readonly climate: ClimateAt;
  readonly elevationM: number;
  /** Elevation at which ranges count as mountains. */
  readonly mountainFromM: number;
  readonly mountain: number;
  readonly patch: number;
}): BiomeClass {
  const { climate, patch } = place;
  const { temperatureC, rainMmPerYear } = climate;
  if (temperatureC < -1 + patch && climate.seaLevelC - temperatureC > 5) return biomeClass.alpine;
  if (place.elevationM > place.mountainFromM && place.mountain + 0.2 * patch > 0.5) return biomeClass.mountain;
  if (temperatureC < -5 + 2 * patch) return biomeClass.tundra;

  const wetness = rainMmPerYear / Math.max(120, 20 * temperatureC + 140);
  if (wetness < 0.5 + 0.1 * patch) return biomeClass.desert;
  if (temperatureC >= 18.5 + patch) {
    if (wetness < 0.85 + 0.2 * patch) return biomeClass.grassland;
    return rainMmPerYear > 1250 + 250 * patch ? biomeClass.rainforest : biomeClass.savanna;
  }
  if (wetness < 1.7 + 1.7 * patch) return biomeClass.grassland;
  return temperatureC < 4 + patch ? biomeClass.taiga : biomeClass.deciduousForest;
}
