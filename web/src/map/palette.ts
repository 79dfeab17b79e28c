import type { Biome } from "#core/protocol/map.ts";

export type Rgb = readonly [red: number, green: number, blue: number];

/** By daylight; what is between two kinds of land is mixed. */
export const biomeColours: Readonly<Record<Biome, Rgb>> = {
  Ocean: [58, 104, 132],
  Lake: [74, 122, 144],
  River: [84, 134, 154],
  Wetland: [108, 132, 98],
  Grassland: [146, 165, 92],
  Savanna: [188, 174, 100],
  Desert: [216, 190, 138],
  Rainforest: [58, 110, 66],
  "Deciduous Forest": [94, 134, 72],
  Taiga: [78, 110, 88],
  Tundra: [160, 162, 140],
  Alpine: [206, 206, 204],
  Mountain: [142, 132, 120],
  Default: [150, 150, 120],
  Lobby: [206, 198, 182],
  Void: [38, 36, 40],
};

/** How much a kind of land is speckled, 0 … 1. */
export const roughness: Readonly<Partial<Record<Biome, number>>> = {
  Rainforest: 1,
  "Deciduous Forest": 0.9,
  Taiga: 0.9,
  Mountain: 0.8,
  Savanna: 0.6,
  Wetland: 0.6,
  Grassland: 0.45,
  Lobby: 0.12,
  Void: 0.1,
};

export const isWater = (biome: Biome): boolean => biome === "Ocean" || biome === "Lake" || biome === "River";
