import type { Difficulty } from "../../character/check.ts";
import type { SkillName } from "../../protocol/character.ts";
import type { Biome } from "../../protocol/map.ts";
import type { ResourceKind } from "../../sim/planet/resources.ts";
import type { KindId, Tool } from "./kinds.ts";

/** One thing that land gives, and where. */
export type Source = {
  /** In the keys of depleted places: never renamed. */
  readonly id: string;
  readonly gives: KindId;
  /** Comes along with it. */
  readonly besides?: readonly KindId[];
  /** Words that mean it, beside the name of what it gives. */
  readonly words?: readonly string[];
  readonly skill: Extract<SkillName, "Mining" | "Herbalism" | "Logging" | "Hunting" | "Fishing">;
  readonly difficulty: Difficulty;
  readonly tool?: Tool;
  /** Of the patches of that land, so many have any: 0 … 1. */
  readonly share: Readonly<Partial<Record<Biome, number>>>;
  /** Where the ground holds this, so many patches more, whatever grows on it. */
  readonly deposit?: { readonly kind: ResourceKind; readonly share: number };
  readonly isByWater?: true;
  /** In a patch that nobody has touched. */
  readonly mostPerPatch: number;
  /** Hours of the world's time in which one grows again. */
  readonly hoursEach: number;
  readonly stamina: number;
};

const woods = {
  "Deciduous Forest": 0.9,
  Rainforest: 0.9,
  Taiga: 0.9,
  Savanna: 0.3,
  Wetland: 0.2,
  Grassland: 0.12,
} as const;
const rocky = {
  Mountain: 0.9,
  Alpine: 0.8,
  Desert: 0.5,
  Tundra: 0.5,
  River: 0.8,
  Savanna: 0.3,
  Grassland: 0.3,
  "Deciduous Forest": 0.25,
  Taiga: 0.35,
  Default: 0.4,
} as const;
const heights = (share: number) => ({ Mountain: share, Alpine: share * 0.7 });
const anyWater = {
  River: 0.9,
  Lake: 0.9,
  Ocean: 0.9,
  Wetland: 0.6,
  Grassland: 0.8,
  "Deciduous Forest": 0.8,
  Rainforest: 0.8,
  Taiga: 0.8,
  Savanna: 0.8,
  Desert: 0.8,
  Tundra: 0.8,
  Mountain: 0.8,
  Alpine: 0.8,
  Default: 0.8,
} as const;

const plant = { skill: "Herbalism", mostPerPatch: 6, hoursEach: 8, stamina: 4 } as const;
const rock = { skill: "Mining", mostPerPatch: 8, hoursEach: 72, stamina: 10 } as const;
const ore = { ...rock, tool: "pick", difficulty: "fair", hoursEach: 240, stamina: 16 } as const;

export const sources: readonly Source[] = [
  { ...plant, id: "herbs", gives: "herb", difficulty: "easy", words: ["herbs", "plants"], share: { Grassland: 0.6, "Deciduous Forest": 0.5, Rainforest: 0.7, Taiga: 0.3, Savanna: 0.35, Alpine: 0.35, Wetland: 0.6, Tundra: 0.2, Mountain: 0.15, Default: 0.3 } },
  { ...plant, id: "berries", gives: "berry", difficulty: "easy", mostPerPatch: 20, hoursEach: 3, share: { "Deciduous Forest": 0.4, Taiga: 0.5, Tundra: 0.3, Grassland: 0.2, Wetland: 0.3, Alpine: 0.1 } },
  { ...plant, id: "mushrooms", gives: "mushroom", difficulty: "easy", share: { "Deciduous Forest": 0.5, Taiga: 0.5, Rainforest: 0.4, Wetland: 0.3 } },
  { ...plant, id: "fruit", gives: "fruit", difficulty: "easy", words: ["fruits"], share: { Rainforest: 0.6, Savanna: 0.15, "Deciduous Forest": 0.2 } },
  { ...plant, id: "roots", gives: "root", difficulty: "easy", share: { Grassland: 0.4, Savanna: 0.4, Desert: 0.1, Tundra: 0.2, Wetland: 0.4, Default: 0.2 } },
  { ...plant, id: "moss", gives: "moss", difficulty: "easy", share: { Taiga: 0.6, Tundra: 0.7, Wetland: 0.6, Rainforest: 0.5, "Deciduous Forest": 0.4, Alpine: 0.3 } },
  { ...plant, id: "fibre", gives: "fibre", difficulty: "easy", words: ["fibre", "fiber", "flax", "grass", "stalks"], mostPerPatch: 12, share: { Grassland: 0.8, Savanna: 0.7, Wetland: 0.7, Rainforest: 0.6, "Deciduous Forest": 0.4, Desert: 0.08, Default: 0.3 } },
  { ...plant, id: "reeds", gives: "reed", difficulty: "easy", mostPerPatch: 15, share: { Wetland: 0.9, River: 0.5, Lake: 0.4 } },
  { skill: "Logging", id: "branches", gives: "branch", difficulty: "easy", words: ["wood", "sticks", "stick"], mostPerPatch: 10, hoursEach: 12, stamina: 6, share: { ...woods, Tundra: 0.1 } },
  { skill: "Logging", id: "logs", gives: "log", difficulty: "fair", tool: "axe", words: ["wood", "tree", "trees", "timber"], mostPerPatch: 6, hoursEach: 120, stamina: 20, share: woods },
  { ...rock, id: "stones", gives: "stone", difficulty: "easy", words: ["rock", "rocks"], share: rocky },
  { ...rock, id: "flint", gives: "flint", difficulty: "easy", mostPerPatch: 4, words: ["flints"], share: { River: 0.4, Mountain: 0.25, Grassland: 0.15, Desert: 0.2, Savanna: 0.2, Tundra: 0.2, "Deciduous Forest": 0.12, Taiga: 0.15, Default: 0.2 }, deposit: { kind: "limestone", share: 0.4 } },
  { ...rock, id: "clay", gives: "clay", difficulty: "easy", share: { River: 0.6, Wetland: 0.6, Lake: 0.4, Grassland: 0.08, "Deciduous Forest": 0.08 }, deposit: { kind: "clay", share: 0.5 } },
  { ...rock, id: "sand", gives: "sand", difficulty: "easy", mostPerPatch: 20, share: { Desert: 0.9, Ocean: 0.4, River: 0.3, Lake: 0.3 } },
  { ...rock, id: "salt", gives: "salt", difficulty: "easy", share: { Desert: 0.1, Ocean: 0.1 }, deposit: { kind: "salt", share: 0.6 } },
  { ...ore, id: "coal", gives: "coal", difficulty: "easy", share: heights(0.12), deposit: { kind: "coal", share: 0.4 } },
  { ...ore, id: "copper", gives: "copperOre", words: ["ore", "copper"], share: heights(0.15), deposit: { kind: "copper", share: 0.4 } },
  { ...ore, id: "tin", gives: "tinOre", words: ["ore", "tin"], share: heights(0.1), deposit: { kind: "tin", share: 0.4 } },
  { ...ore, id: "iron", gives: "ironOre", words: ["ore", "iron"], share: heights(0.15), deposit: { kind: "iron", share: 0.4 } },
  { ...ore, id: "silver", gives: "silverOre", words: ["ore", "silver"], difficulty: "hard", mostPerPatch: 3, share: heights(0.04), deposit: { kind: "silver", share: 0.3 } },
  { ...ore, id: "gold", gives: "goldNugget", words: ["gold", "nugget"], difficulty: "hard", mostPerPatch: 2, share: { River: 0.03, ...heights(0.02) }, deposit: { kind: "placer gold", share: 0.2 } },
  { ...ore, id: "gems", gives: "gem", words: ["gems", "gem"], difficulty: "severe", mostPerPatch: 1, share: heights(0.02), deposit: { kind: "diamond", share: 0.1 } },
  { skill: "Fishing", id: "fish", gives: "fish", difficulty: "fair", tool: "rod", isByWater: true, mostPerPatch: 6, hoursEach: 6, stamina: 6, share: anyWater },
  { skill: "Fishing", id: "shells", gives: "shell", difficulty: "easy", words: ["shells"], isByWater: true, mostPerPatch: 8, hoursEach: 12, stamina: 3, share: { Ocean: 0.7, Lake: 0.3, River: 0.3 } },
  { skill: "Hunting", id: "game", gives: "meat", besides: ["hide", "bone"], difficulty: "hard", tool: "knife", words: ["game", "hare", "rabbit", "hide", "hides", "bone", "bones"], mostPerPatch: 2, hoursEach: 48, stamina: 18, share: { Grassland: 0.5, "Deciduous Forest": 0.5, Taiga: 0.5, Savanna: 0.6, Rainforest: 0.5, Tundra: 0.3, Wetland: 0.4, Desert: 0.15, Alpine: 0.2, Mountain: 0.25, Default: 0.2 } },
  { skill: "Hunting", id: "feathers", gives: "feather", difficulty: "easy", words: ["feathers"], mostPerPatch: 4, hoursEach: 24, stamina: 3, share: { Grassland: 0.2, Wetland: 0.4, Lake: 0.3, "Deciduous Forest": 0.2, Savanna: 0.15, Tundra: 0.15, Taiga: 0.2 } },
]; // prettier-ignore
