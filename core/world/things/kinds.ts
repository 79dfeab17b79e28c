import type { SkillName } from "../../protocol/character.ts";
import type { Slot } from "../../protocol/life.ts";

/** What every thing of a kind is. */
export type Kind = {
  readonly name: string;
  /** Where adding an s is not enough. */
  readonly plural?: string;
  readonly description: string;
  readonly weightKg: number;
  /** Where it can be worn or held, the usual one first. Anything else may be carried in a hand all the same. */
  readonly slots?: readonly Slot[];
  /** It takes the other hand, too. */
  readonly isTwoHanded?: true;
  /** Uses until it breaks. What has none does not wear. */
  readonly durability?: number;
  readonly weapon?: { readonly skill: Extract<SkillName, "Slashing" | "Piercing" | "Bludgeoning">; readonly damage: number };
  /** Points that a blow loses on it. */
  readonly armour?: number;
  /** What eating, drinking or applying it gives. */
  readonly restores?: { readonly health?: number; readonly stamina?: number; readonly verb: "eat" | "drink" | "apply" };
  /** What it is good for beside being struck with. */
  readonly tool?: Tool;
  /** Of a container: how much goes into it. */
  readonly holdsKg?: number;
  /** Hours of the world's time on the ground until nothing is left of it; a week where nothing is said. */
  readonly lastsHours?: number;
}; // prettier-ignore

export const tools = ["knife", "axe", "pick", "rod", "hammer", "pot", "mortar", "needle"] as const;
export type Tool = (typeof tools)[number];

const raw = (name: string, weightKg: number, description: string, more: Partial<Kind> = {}): Kind => ({
  name,
  weightKg,
  description,
  ...more,
});

const day = 24;

/** Every kind of thing there is. Keys are in logs and rows: they are never renamed and never used for something else. */
const table = {
  // What the land gives.
  branch: raw("branch", 0.8, "A dry branch as thick as a thumb.", { plural: "branches" }),
  log: raw("log", 6, "A length of trunk, bark still on."),
  reed: raw("reed", 0.1, "Long, hollow and tough.", { lastsHours: 3 * day }),
  fibre: raw("plant fibre", 0.1, "Fibre stripped from stalks, good for cord and cloth."),
  stone: raw("stone", 1.2, "A stone that fits a hand."),
  flint: raw("flint", 0.5, "It breaks with an edge."),
  clay: raw("lump of clay", 1.5, "Wet and smooth.", { plural: "lumps of clay" }),
  sand: raw("handful of sand", 0.4, "Dry and fine.", { plural: "handfuls of sand" }),
  salt: raw("lump of salt", 0.3, "Grey, bitter at the edges.", { plural: "lumps of salt" }),
  coal: raw("lump of coal", 0.8, "It blackens the fingers.", { plural: "lumps of coal" }),
  herb: raw("herb", 0.05, "Its leaves smell sharp when they are rubbed.", { lastsHours: 2 * day }),
  mushroom: raw("mushroom", 0.1, "Brown, with a pale foot.", { lastsHours: day, restores: { stamina: 15, verb: "eat" } }),
  berry: raw("berry", 0.02, "Dark, and sweet enough.", { plural: "berries", lastsHours: day, restores: { stamina: 8, health: 1, verb: "eat" } }),
  fruit: raw("fruit", 0.2, "Heavy and ripe.", { lastsHours: 2 * day, restores: { stamina: 25, health: 2, verb: "eat" } }),
  root: raw("root", 0.2, "Knobbly, to be cooked or not.", { lastsHours: 4 * day, restores: { stamina: 12, verb: "eat" } }),
  moss: raw("handful of moss", 0.05, "It soaks up what it touches.", { plural: "handfuls of moss", lastsHours: 3 * day }),
  feather: raw("feather", 0.01, "Grey, with a white tip."),
  hide: raw("hide", 1.5, "The skin of something small and quick."),
  bone: raw("bone", 0.3, "Clean and light."),
  meat: raw("piece of meat", 0.4, "Raw.", { plural: "pieces of meat", lastsHours: day, restores: { stamina: 10, verb: "eat" } }),
  fish: raw("fish", 0.6, "Silver, and still wet.", { plural: "fish", lastsHours: day, restores: { stamina: 10, verb: "eat" } }),
  shell: raw("shell", 0.05, "It keeps the sound of water."),
  copperOre: raw("copper ore", 2, "Green and brown in grey rock.", { plural: "pieces of copper ore" }),
  tinOre: raw("tin ore", 2, "Dark grains in pale rock.", { plural: "pieces of tin ore" }),
  ironOre: raw("iron ore", 2.5, "Heavy, and red where it is wet.", { plural: "pieces of iron ore" }),
  silverOre: raw("silver ore", 2, "Grey threads in white quartz.", { plural: "pieces of silver ore" }),
  goldNugget: raw("gold nugget", 0.05, "Small, bright and heavy for its size."),
  gem: raw("rough gem", 0.02, "It catches the light."),
  // What is made of it.
  cord: raw("cord", 0.1, "Twisted of plant fibre, stronger than it looks."),
  cloth: raw("length of cloth", 0.4, "Plain weave, the colour of straw.", { plural: "lengths of cloth" }),
  leather: raw("piece of leather", 0.9, "Scraped, dried and worked soft.", { plural: "pieces of leather" }),
  plank: raw("plank", 3, "Split and smoothed."),
  charcoal: raw("lump of charcoal", 0.3, "Light, black, and hotter than wood.", { plural: "lumps of charcoal" }),
  copperIngot: raw("copper ingot", 1.2, "A bar of red metal."),
  bronzeIngot: raw("bronze ingot", 1.2, "A bar of brown-gold metal."),
  ironIngot: raw("iron ingot", 1.4, "A bar of grey metal."),
  brick: raw("brick", 2.5, "Fired clay."),
  rope: raw("rope", 1.2, "Some ten metres of it."),
  torch: raw("torch", 0.8, "Moss and resin on a stick.", { plural: "torches", slots: ["offHand", "mainHand"], durability: 40 }),
  coin: raw("coin", 0.01, "Copper, worn smooth by many hands."),
  bread: raw("loaf of bread", 0.5, "Dark and dense.", { plural: "loaves of bread", lastsHours: 4 * day, restores: { stamina: 60, health: 5, verb: "eat" } }),
  roast: raw("roast", 0.3, "Brown and crisp at the edges.", { lastsHours: 2 * day, restores: { stamina: 70, health: 10, verb: "eat" } }),
  grilledFish: raw("grilled fish", 0.5, "It smells of smoke.", { plural: "grilled fish", lastsHours: 2 * day, restores: { stamina: 65, health: 10, verb: "eat" } }),
  stew: raw("bowl of stew", 0.6, "Roots and herbs, thick and hot.", { plural: "bowls of stew", lastsHours: day, restores: { stamina: 120, health: 20, verb: "eat" } }),
  salve: raw("salve", 0.1, "A green paste that stings and then does not.", { restores: { health: 60, verb: "apply" } }),
  tonic: raw("tonic", 0.3, "Bitter. It clears the head.", { restores: { stamina: 150, verb: "drink" } }),
  bandage: raw("bandage", 0.1, "A strip of clean cloth.", { restores: { health: 35, verb: "apply" } }),
  // Tools and weapons.
  knife: raw("knife", 0.4, "A hand's length of blade.", { plural: "knives", slots: ["mainHand", "offHand"], durability: 200, tool: "knife", weapon: { skill: "Piercing", damage: 14 } }),
  flintKnife: raw("flint knife", 0.4, "Flint, bound to a handle with cord.", { plural: "flint knives", slots: ["mainHand", "offHand"], durability: 60, tool: "knife", weapon: { skill: "Piercing", damage: 10 } }),
  club: raw("club", 1.5, "A branch with a knot at its end.", { slots: ["mainHand"], durability: 80, weapon: { skill: "Bludgeoning", damage: 14 } }),
  staff: raw("staff", 1.6, "Straight, and as tall as you are.", { plural: "staves", slots: ["mainHand"], isTwoHanded: true, durability: 150, weapon: { skill: "Bludgeoning", damage: 18 } }),
  spear: raw("spear", 2, "A long shaft with a flint point.", { slots: ["mainHand"], isTwoHanded: true, durability: 100, weapon: { skill: "Piercing", damage: 22 } }),
  stoneAxe: raw("stone axe", 1.6, "A ground stone in a split shaft.", { slots: ["mainHand"], durability: 100, tool: "axe", weapon: { skill: "Slashing", damage: 15 } }),
  axe: raw("axe", 1.8, "An iron head on an ash shaft.", { slots: ["mainHand"], durability: 300, tool: "axe", weapon: { skill: "Slashing", damage: 20 } }),
  stonePick: raw("stone pick", 2, "A pointed stone in a crooked shaft.", { slots: ["mainHand"], durability: 80, tool: "pick", weapon: { skill: "Piercing", damage: 13 } }),
  pick: raw("pick", 2.8, "Iron, with a point at either end.", { slots: ["mainHand"], isTwoHanded: true, durability: 300, tool: "pick", weapon: { skill: "Piercing", damage: 17 } }),
  hammer: raw("hammer", 1.8, "A square iron head.", { slots: ["mainHand"], durability: 400, tool: "hammer", weapon: { skill: "Bludgeoning", damage: 18 } }),
  stoneHammer: raw("stone hammer", 1.8, "A round stone lashed to a handle.", { slots: ["mainHand"], durability: 120, tool: "hammer", weapon: { skill: "Bludgeoning", damage: 14 } }),
  fishingRod: raw("fishing rod", 0.7, "A limber branch, a cord and a bone hook.", { slots: ["mainHand"], durability: 100, tool: "rod" }),
  needle: raw("bone needle", 0.01, "An eye at one end.", { durability: 100, tool: "needle" }),
  pot: raw("clay pot", 1.5, "It stands on three feet.", { durability: 200, tool: "pot" }),
  mortar: raw("mortar", 1.5, "A hollowed stone, and another to grind with.", { durability: 300, tool: "mortar" }),
  bronzeSword: raw("bronze sword", 1.4, "A leaf of brown-gold metal.", { slots: ["mainHand"], durability: 200, weapon: { skill: "Slashing", damage: 24 } }),
  sword: raw("iron sword", 1.5, "A straight blade, an arm's length of it.", { slots: ["mainHand"], durability: 350, weapon: { skill: "Slashing", damage: 30 } }),
  shield: raw("wooden shield", 3, "Planks, rimmed with leather.", { slots: ["offHand"], durability: 150, armour: 5 }),
  // What is worn.
  cap: raw("leather cap", 0.4, "It comes down over the ears.", { slots: ["head"], durability: 200, armour: 2 }),
  hood: raw("hood", 0.3, "Cloth, wide enough to hide a face.", { slots: ["head"], durability: 150 }),
  helmet: raw("iron helmet", 1.8, "Plain, with a nose guard.", { slots: ["head"], durability: 400, armour: 5 }),
  tunic: raw("tunic", 0.7, "Plain cloth, belted.", { slots: ["chest"], durability: 200 }),
  jerkin: raw("leather jerkin", 2.5, "Stiff, and laced at the sides.", { slots: ["chest"], durability: 300, armour: 5 }),
  cuirass: raw("iron cuirass", 8, "Two plates and four straps.", { slots: ["chest"], durability: 500, armour: 10 }),
  trousers: raw("pair of trousers", 0.6, "Patched at the knee.", { plural: "pairs of trousers", slots: ["legs"], durability: 200 }),
  leggings: raw("pair of leather leggings", 1.4, "They creak.", { plural: "pairs of leather leggings", slots: ["legs"], durability: 300, armour: 3 }),
  sandals: raw("pair of sandals", 0.4, "Soles and cord.", { plural: "pairs of sandals", slots: ["feet"], durability: 150 }),
  boots: raw("pair of boots", 1.2, "Well greased.", { plural: "pairs of boots", slots: ["feet"], durability: 300, armour: 2 }),
  // What holds other things.
  pouch: raw("pouch", 0.2, "Leather, with a drawstring.", { plural: "pouches", holdsKg: 3 }),
  sack: raw("sack", 0.5, "Coarse cloth, and large.", { holdsKg: 15 }),
  chest: raw("wooden chest", 9, "Planks and pegs, with a lid.", { holdsKg: 60, lastsHours: 60 * day }),
} as const satisfies Readonly<Record<string, Kind>>; // prettier-ignore

export type KindId = keyof typeof table;
export const kinds: Readonly<Record<KindId, Kind>> = table;

/** What there is to say of a thing whose kind this release does not know. */
const unknownKind: Kind = { name: "strange thing", description: "Nobody here could say what it is for.", weightKg: 1 };

export function kindOf(item: { readonly kind: string }): Kind {
  return Object.hasOwn(kinds, item.kind) ? kinds[item.kind as KindId] : unknownKind;
}
