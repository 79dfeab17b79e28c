import type { Biome } from "../../protocol/map.ts";

// Who lives wild, as data. Ids are in states and in the seeds of who is where: never renamed.

export type Wake = "day" | "night" | "twilight" | "always";

export type Species = {
  readonly id: string;
  readonly name: string;
  readonly plural: string;
  /** Where it is: on dry ground, over any, or in the water. */
  readonly element: "land" | "air" | "water";
  readonly eats: string;
  /** Ids: how many there are follows theirs, and where there are none of them it does not live. */
  readonly hunts?: readonly string[];
  readonly wake: Wake;
  /** How much of its land is such land to it, 0 … 1. */
  readonly livesIn: Readonly<Partial<Record<Biome, number>>>;
  /** Annual mean that it bears, °C, where the climate of a place is known. */
  readonly bearsC: readonly [coldest: number, warmest: number];
  /** Most on a square kilometre of the best land. */
  readonly perKm2Max: number;
  /** Together, on average. */
  readonly group: number;
  /** It keeps so far away from people. */
  readonly shyM: number;
  /** 1: made out as far as a person; more of what is large, loud or high up. */
  readonly conspicuity: number;
  readonly walkMps: number;
  readonly looks: string;
  /** What one of them lives at most, and when it may have young, in days of the world. */
  readonly lifeDays: number;
  readonly adultDays: number;
};

const woods = { "Deciduous Forest": 1, Taiga: 0.7, Wetland: 0.3, Mountain: 0.3 } as const;
const open = { Grassland: 1, Savanna: 0.7, Tundra: 0.3, "Deciduous Forest": 0.3, Alpine: 0.3 } as const;
const water = { Lake: 1, River: 1, Wetland: 0.4 } as const;
const everywhere = { Grassland: 0.8, "Deciduous Forest": 1, Taiga: 0.6, Savanna: 0.7, Rainforest: 1, Wetland: 1, Tundra: 0.3, Mountain: 0.4, Alpine: 0.2, Desert: 0.1 } as const; // prettier-ignore

const grazer = { element: "land", wake: "day", shyM: 20, conspicuity: 1.6, walkMps: 0.6, group: 3, lifeDays: 3600, adultDays: 500 } as const; // prettier-ignore
const small = { ...grazer, shyM: 8, conspicuity: 0.7, group: 1, lifeDays: 1500, adultDays: 150 } as const;
const hunter = { element: "land", wake: "twilight", shyM: 30, conspicuity: 1, walkMps: 0.9, group: 1, lifeDays: 3600, adultDays: 500 } as const; // prettier-ignore
const bird = { element: "air", wake: "day", shyM: 10, conspicuity: 1, walkMps: 2, group: 4, lifeDays: 1200, adultDays: 200 } as const; // prettier-ignore
const fish = { element: "water", wake: "always", shyM: 2, conspicuity: 0.25, walkMps: 0.5, group: 4, lifeDays: 2000, adultDays: 300 } as const; // prettier-ignore

export const allSpecies: readonly Species[] = [
  { ...grazer, id: "deer", name: "deer", plural: "deer", eats: "grass, leaves and young bark", wake: "twilight", livesIn: { ...woods, Grassland: 0.5 }, bearsC: [-4, 20], perKm2Max: 22, looks: "A slender animal with large dark eyes and ears that never rest." },
  { ...grazer, id: "boar", name: "wild boar", plural: "wild boar", eats: "roots, acorns and whatever it digs up", wake: "night", livesIn: { "Deciduous Forest": 1, Wetland: 0.6, Rainforest: 0.4 }, bearsC: [0, 26], perKm2Max: 12, group: 4, looks: "A bristly, heavy-shouldered animal with a long snout and small bright eyes." },
  { ...grazer, id: "elk", name: "elk", plural: "elk", eats: "twigs, bark and water plants", livesIn: { Taiga: 1, Wetland: 0.5, Tundra: 0.3 }, bearsC: [-14, 8], perKm2Max: 5, group: 1, shyM: 25, looks: "A tall, long-legged animal with a heavy muzzle." },
  { ...grazer, id: "reindeer", name: "reindeer", plural: "reindeer", eats: "lichen, moss and sedge", livesIn: { Tundra: 1, Taiga: 0.4, Alpine: 0.3 }, bearsC: [-25, 3], perKm2Max: 14, group: 6, looks: "A grey-brown animal with branching antlers and wide hooves that click as it walks." },
  { ...grazer, id: "chamois", name: "chamois", plural: "chamois", eats: "short turf and herbs", livesIn: { Alpine: 1, Mountain: 0.8 }, bearsC: [-12, 14], perKm2Max: 14, looks: "A sure-footed animal with a striped face and short hooked horns." },
  { ...grazer, id: "antelope", name: "antelope", plural: "antelope", eats: "dry grass and thorny leaves", livesIn: { Savanna: 1, Grassland: 0.6, Desert: 0.15 }, bearsC: [10, 34], perKm2Max: 25, group: 6, looks: "A fawn-coloured animal with ringed horns, ready to leap at any moment." },
  { ...grazer, id: "tapir", name: "tapir", plural: "tapirs", eats: "fruit and leaves", wake: "night", livesIn: { Rainforest: 1, Wetland: 0.3 }, bearsC: [18, 34], perKm2Max: 4, group: 1, looks: "A round, dark animal with a short soft trunk." },
  { ...small, id: "hare", name: "hare", plural: "hares", eats: "grass, herbs and bark in winter", wake: "twilight", livesIn: open, bearsC: [-18, 26], perKm2Max: 60, walkMps: 1, looks: "A long-eared animal that sits quite still until it runs." },
  { ...small, id: "squirrel", name: "squirrel", plural: "squirrels", eats: "nuts, seeds and buds", livesIn: woods, bearsC: [-8, 24], perKm2Max: 150, looks: "A quick, bushy-tailed animal, now on a branch, now on the ground." },
  { ...small, id: "mouse", name: "mouse", plural: "mice", eats: "seeds, crumbs and roots", wake: "night", livesIn: { ...everywhere, Lobby: 0.5 }, bearsC: [-15, 32], perKm2Max: 600, conspicuity: 0.15, shyM: 2, lifeDays: 500, adultDays: 40, looks: "A small brown animal with round ears and quick whiskers." },
  { ...small, id: "jerboa", name: "jerboa", plural: "jerboas", eats: "seeds and dry stalks", wake: "night", livesIn: { Desert: 1, Savanna: 0.2 }, bearsC: [8, 36], perKm2Max: 300, conspicuity: 0.3, looks: "A sand-coloured animal on two long hind legs, with a tufted tail." },
  { ...hunter, id: "fox", name: "fox", plural: "foxes", eats: "mice, hares and birds", hunts: ["mouse", "hare", "sparrow", "jerboa"], livesIn: { ...everywhere, Rainforest: 0, Desert: 0.4 }, bearsC: [-15, 30], perKm2Max: 3, shyM: 20, looks: "A narrow-faced animal with a thick brush, weighing you up before it goes its way." },
  { ...hunter, id: "wolf", name: "wolf", plural: "wolves", eats: "deer, elk, boar and reindeer", hunts: ["deer", "elk", "reindeer", "boar", "chamois"], livesIn: { ...woods, Taiga: 1, Tundra: 0.7, Grassland: 0.3 }, bearsC: [-25, 18], perKm2Max: 0.6, group: 4, shyM: 45, looks: "A long-legged grey hunter with yellow eyes, that looks back once and keeps its distance." },
  { ...hunter, id: "lynx", name: "lynx", plural: "lynxes", eats: "hares, deer and birds", hunts: ["hare", "deer", "grouse"], livesIn: { Taiga: 1, "Deciduous Forest": 0.6, Mountain: 0.6 }, bearsC: [-18, 14], perKm2Max: 0.5, shyM: 40, conspicuity: 0.6, looks: "A short-tailed cat with tufted ears and thick paws." },
  { ...hunter, id: "lion", name: "lion", plural: "lions", eats: "antelope", hunts: ["antelope"], wake: "night", livesIn: { Savanna: 1, Grassland: 0.3 }, bearsC: [14, 34], perKm2Max: 0.6, group: 3, shyM: 45, looks: "A tawny hunter, heavy and unhurried, that moves off as you come." },
  { ...hunter, id: "jaguar", name: "jaguar", plural: "jaguars", eats: "tapirs and whatever drinks at the water", hunts: ["tapir", "mouse"], wake: "night", livesIn: { Rainforest: 1 }, bearsC: [18, 34], perKm2Max: 0.3, shyM: 40, conspicuity: 0.5, looks: "A broad-headed spotted cat, gone between the leaves almost before you see it." },
  { ...bird, id: "sparrow", name: "sparrow", plural: "sparrows", eats: "seeds and insects", livesIn: everywhere, bearsC: [-10, 34], perKm2Max: 700, group: 5, shyM: 5, conspicuity: 0.8, looks: "A small streaked bird, chattering to its kind." },
  { ...bird, id: "grouse", name: "grouse", plural: "grouse", eats: "buds, berries and needles", livesIn: { Taiga: 1, Tundra: 0.5, Alpine: 0.6, Mountain: 0.4 }, bearsC: [-20, 8], perKm2Max: 25, group: 2, walkMps: 0.5, looks: "A plump mottled bird that trusts its feathers to hide it." },
  { ...bird, id: "duck", name: "duck", plural: "ducks", eats: "water plants, snails and grain", livesIn: { ...water, Wetland: 1, Ocean: 0.02 }, bearsC: [-8, 30], perKm2Max: 120, shyM: 8, walkMps: 0.5, looks: "A broad-billed bird, at home on the water." },
  { ...bird, id: "parrot", name: "parrot", plural: "parrots", eats: "fruit and nuts", livesIn: { Rainforest: 1, Savanna: 0.2 }, bearsC: [18, 36], perKm2Max: 80, looks: "A bright bird with a hooked bill, louder than it is large." },
  { ...bird, id: "owl", name: "owl", plural: "owls", eats: "mice", hunts: ["mouse", "jerboa"], wake: "night", livesIn: { ...everywhere, Tundra: 0.5 }, bearsC: [-18, 30], perKm2Max: 2, group: 1, shyM: 15, looks: "A round-faced bird without a sound to its wings." },
  { ...bird, id: "eagle", name: "eagle", plural: "eagles", eats: "hares, chamois kids and fish", hunts: ["hare", "chamois", "trout"], livesIn: { Mountain: 1, Alpine: 1, Taiga: 0.3, Tundra: 0.3, Lake: 0.3 }, bearsC: [-18, 22], perKm2Max: 0.5, group: 1, shyM: 40, conspicuity: 2.5, walkMps: 4, looks: "A great dark bird that turns on wide wings." },
  { ...fish, id: "trout", name: "trout", plural: "trout", eats: "insects and smaller fish", livesIn: { River: 1, Lake: 0.6 }, bearsC: [-12, 18], perKm2Max: 900, looks: "A speckled fish that stands in the current and is gone at a shadow." },
  { ...fish, id: "carp", name: "carp", plural: "carp", eats: "mud, weed and what falls in", livesIn: { Lake: 1, Wetland: 0.4, River: 0.4 }, bearsC: [4, 32], perKm2Max: 700, looks: "A heavy bronze fish with barbels at its mouth." },
  { ...fish, id: "herring", name: "herring", plural: "herring", eats: "plankton", livesIn: { Ocean: 1 }, bearsC: [-10, 34], perKm2Max: 2500, group: 8, looks: "A silver fish, one of many, all turning at once." },
  { ...fish, id: "pike", name: "pike", plural: "pike", eats: "other fish", hunts: ["trout", "carp"], livesIn: { Lake: 1, River: 0.5, Wetland: 0.2 }, bearsC: [-6, 22], perKm2Max: 40, group: 1, shyM: 3, looks: "A long, flat-snouted fish hanging still among the weed." },
  { ...fish, id: "seal", name: "seal", plural: "seals", eats: "herring", hunts: ["herring"], wake: "day", livesIn: { Ocean: 1 }, bearsC: [-20, 16], perKm2Max: 4, group: 3, shyM: 15, conspicuity: 0.7, looks: "A round wet head with dark eyes, watching you from the water." },
  { ...hunter, id: "cat", name: "cat", plural: "cats", eats: "mice, and what it is given", hunts: ["mouse"], wake: "always", livesIn: { Lobby: 1 }, bearsC: [-5, 34], perKm2Max: 0, shyM: 0.7, conspicuity: 1, walkMps: 0.5, looks: "A small cat that behaves as if all of this were hers." },
]; // prettier-ignore

export const speciesById: ReadonlyMap<string, Species> = new Map(allSpecies.map((species) => [species.id, species]));

/** By its name in one or in many; null for what does not live anywhere. */
export function speciesNamed(words: string): Species | null {
  const wanted = words.trim().toLowerCase();
  return allSpecies.find(({ id, name, plural }) => [id, name, plural].includes(wanted)) ?? null;
}
