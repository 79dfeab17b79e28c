import type { Difficulty } from "../../character/check.ts";
import type { SkillName } from "../../protocol/character.ts";
import type { KindId, Tool } from "./kinds.ts";

export type Recipe = {
  readonly makes: KindId;
  readonly count?: number;
  /** Used up. */
  readonly of: Readonly<Partial<Record<KindId, number>>>;
  /** Had, and worn by it. */
  readonly with?: readonly Tool[];
  readonly skill: Extract<SkillName, "Smithing" | "Alchemy" | "Carpentry" | "Tailoring" | "Cooking">;
  readonly difficulty: Difficulty;
};

/** What can be made. One way for each kind, so that its name says which. */
export const recipes: readonly Recipe[] = [
  // By hand, of what lies about: where everything begins.
  { makes: "cord", of: { fibre: 3 }, skill: "Tailoring", difficulty: "easy" },
  { makes: "flintKnife", of: { flint: 1, branch: 1, cord: 1 }, skill: "Carpentry", difficulty: "easy" },
  { makes: "stoneAxe", of: { stone: 1, branch: 1, cord: 1 }, skill: "Carpentry", difficulty: "easy" },
  { makes: "stonePick", of: { stone: 1, branch: 1, cord: 2 }, skill: "Carpentry", difficulty: "easy" },
  { makes: "stoneHammer", of: { stone: 1, branch: 1, cord: 1, fibre: 1 }, skill: "Carpentry", difficulty: "easy" },
  { makes: "club", of: { branch: 2 }, with: ["knife"], skill: "Carpentry", difficulty: "easy" },
  { makes: "torch", of: { branch: 1, moss: 2 }, skill: "Carpentry", difficulty: "easy" },
  { makes: "needle", of: { bone: 1 }, with: ["knife"], skill: "Carpentry", difficulty: "easy" },
  // Of wood.
  { makes: "staff", of: { branch: 3 }, with: ["knife"], skill: "Carpentry", difficulty: "easy" },
  { makes: "spear", of: { branch: 2, flint: 1, cord: 2 }, with: ["knife"], skill: "Carpentry", difficulty: "fair" },
  { makes: "fishingRod", of: { branch: 2, cord: 2, bone: 1 }, with: ["knife"], skill: "Carpentry", difficulty: "fair" },
  { makes: "plank", count: 2, of: { log: 1 }, with: ["axe"], skill: "Carpentry", difficulty: "easy" },
  { makes: "chest", of: { plank: 6, cord: 2 }, with: ["axe", "hammer"], skill: "Carpentry", difficulty: "hard" },
  { makes: "shield", of: { plank: 3, leather: 1 }, with: ["axe", "hammer"], skill: "Carpentry", difficulty: "hard" },
  { makes: "charcoal", count: 3, of: { log: 1 }, skill: "Carpentry", difficulty: "fair" },
  // Of cloth and hide.
  { makes: "rope", of: { cord: 6 }, skill: "Tailoring", difficulty: "easy" },
  { makes: "cloth", of: { cord: 4 }, skill: "Tailoring", difficulty: "fair" },
  { makes: "leather", of: { hide: 1, salt: 1 }, with: ["knife"], skill: "Tailoring", difficulty: "fair" },
  { makes: "bandage", count: 3, of: { cloth: 1 }, with: ["knife"], skill: "Tailoring", difficulty: "easy" },
  { makes: "hood", of: { cloth: 1, cord: 1 }, with: ["needle"], skill: "Tailoring", difficulty: "fair" },
  { makes: "tunic", of: { cloth: 2, cord: 1 }, with: ["needle"], skill: "Tailoring", difficulty: "fair" },
  { makes: "trousers", of: { cloth: 2, cord: 1 }, with: ["needle", "knife"], skill: "Tailoring", difficulty: "fair" },
  { makes: "sandals", of: { fibre: 4, cord: 1 }, skill: "Tailoring", difficulty: "easy" },
  { makes: "sack", of: { cloth: 2, cord: 1 }, with: ["needle", "knife"], skill: "Tailoring", difficulty: "easy" },
  { makes: "pouch", of: { leather: 1, cord: 1 }, with: ["needle"], skill: "Tailoring", difficulty: "easy" },
  { makes: "cap", of: { leather: 1, cord: 1 }, with: ["needle", "knife"], skill: "Tailoring", difficulty: "fair" },
  { makes: "boots", of: { leather: 2, cord: 2 }, with: ["needle", "knife"], skill: "Tailoring", difficulty: "hard" },
  { makes: "leggings", of: { leather: 2, cord: 2 }, with: ["needle"], skill: "Tailoring", difficulty: "hard" },
  { makes: "jerkin", of: { leather: 3, cord: 2 }, with: ["needle", "knife"], skill: "Tailoring", difficulty: "hard" },
  // Over a fire.
  { makes: "roast", of: { meat: 1, branch: 1 }, skill: "Cooking", difficulty: "easy" },
  { makes: "grilledFish", of: { fish: 1, branch: 1 }, skill: "Cooking", difficulty: "easy" },
  { makes: "stew", count: 2, of: { root: 2, herb: 1, meat: 1, branch: 1 }, with: ["pot"], skill: "Cooking", difficulty: "fair" },
  { makes: "bread", of: { root: 3, salt: 1, branch: 1 }, with: ["mortar", "pot"], skill: "Cooking", difficulty: "fair" },
  // Of herbs.
  { makes: "salve", of: { herb: 3, moss: 1 }, with: ["mortar"], skill: "Alchemy", difficulty: "fair" },
  { makes: "tonic", of: { herb: 2, mushroom: 1, berry: 3 }, with: ["mortar", "pot"], skill: "Alchemy", difficulty: "hard" },
  // Of clay, stone and metal.
  { makes: "pot", of: { clay: 2, branch: 2 }, skill: "Smithing", difficulty: "fair" },
  { makes: "brick", count: 2, of: { clay: 2, sand: 1, branch: 1 }, skill: "Smithing", difficulty: "easy" },
  { makes: "mortar", of: { stone: 2 }, with: ["hammer"], skill: "Smithing", difficulty: "fair" },
  { makes: "copperIngot", of: { copperOre: 2, charcoal: 2 }, skill: "Smithing", difficulty: "fair" },
  { makes: "bronzeIngot", count: 2, of: { copperIngot: 1, tinOre: 1, charcoal: 2 }, skill: "Smithing", difficulty: "fair" },
  { makes: "ironIngot", of: { ironOre: 2, coal: 2 }, skill: "Smithing", difficulty: "hard" },
  { makes: "coin", count: 12, of: { copperIngot: 1, charcoal: 1 }, with: ["hammer"], skill: "Smithing", difficulty: "hard" },
  { makes: "knife", of: { ironIngot: 1, branch: 1, charcoal: 1 }, with: ["hammer"], skill: "Smithing", difficulty: "fair" },
  { makes: "axe", of: { ironIngot: 2, branch: 1, charcoal: 2 }, with: ["hammer"], skill: "Smithing", difficulty: "hard" },
  { makes: "pick", of: { ironIngot: 2, branch: 1, charcoal: 2 }, with: ["hammer"], skill: "Smithing", difficulty: "hard" },
  { makes: "hammer", of: { ironIngot: 2, branch: 1, charcoal: 2 }, with: ["hammer"], skill: "Smithing", difficulty: "fair" },
  { makes: "bronzeSword", of: { bronzeIngot: 3, leather: 1, charcoal: 3 }, with: ["hammer"], skill: "Smithing", difficulty: "hard" },
  { makes: "sword", of: { ironIngot: 3, leather: 1, charcoal: 4 }, with: ["hammer"], skill: "Smithing", difficulty: "severe" },
  { makes: "helmet", of: { ironIngot: 3, leather: 1, charcoal: 3 }, with: ["hammer"], skill: "Smithing", difficulty: "hard" },
  { makes: "cuirass", of: { ironIngot: 8, leather: 2, charcoal: 8 }, with: ["hammer"], skill: "Smithing", difficulty: "severe" },
]; // prettier-ignore
