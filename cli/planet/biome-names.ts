import type { Biome } from "#core/protocol/map.ts";
import { biomeClass } from "#core/sim/biome.ts";

/** By `biomeClass`, as they are on the wire. */
export const biomeNames: Readonly<Record<number, Biome>> = {
  [biomeClass.ocean]: "Ocean",
  [biomeClass.lake]: "Lake",
  [biomeClass.river]: "River",
  [biomeClass.wetland]: "Wetland",
  [biomeClass.grassland]: "Grassland",
  [biomeClass.desert]: "Desert",
  [biomeClass.savanna]: "Savanna",
  [biomeClass.rainforest]: "Rainforest",
  [biomeClass.deciduousForest]: "Deciduous Forest",
  [biomeClass.taiga]: "Taiga",
  [biomeClass.tundra]: "Tundra",
  [biomeClass.alpine]: "Alpine",
  [biomeClass.mountain]: "Mountain",
};
