import type { Biome } from "../protocol/map.ts";
import { biomeClass, type BiomeClass } from "../sim/biome.ts";

/** As they are on the wire. */
export const biomeNames: Readonly<Record<BiomeClass, Biome>> = {
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
