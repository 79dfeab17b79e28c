import type { Biome } from "../protocol/map.ts";

/** What one stands on, and how the same land looks from afar. */
export const biomeWords: Readonly<Record<Biome, { readonly here: string; readonly name: string }>> = {
  Ocean: { here: "You are out on open water.", name: "the sea" },
  Grassland: { here: "Grass moves around your knees.", name: "grassland" },
  Desert: { here: "Dry sand and stone lie all around you.", name: "desert" },
  Rainforest: { here: "Broad wet leaves close in on every side.", name: "rainforest" },
  "Deciduous Forest": { here: "You stand among oak and beech.", name: "broadleaf forest" },
  Taiga: { here: "Dark spruces stand around you, and needles soften the ground.", name: "spruce forest" },
  Tundra: { here: "Moss and low scrub cover the cold ground.", name: "tundra" },
  Alpine: { here: "You stand on bare rock and short alpine turf.", name: "alpine heights" },
  Default: { here: "The ground here is bare earth.", name: "bare ground" },
  Lobby: { here: "Pale flagstones fit together without a seam.", name: "the lobby" },
  Void: { here: "There is nothing here at all.", name: "nothingness" },
  River: { here: "Water runs around your feet over smooth stones.", name: "a river" },
  Lake: { here: "You are out on still water.", name: "a lake" },
  Wetland: { here: "Your feet sink into wet, reedy ground.", name: "wetland" },
  Mountain: { here: "Steep grey rock rises about you.", name: "mountain slopes" },
  Savanna: { here: "Dry gold grass stretches between lone trees.", name: "savanna" },
};

/** What one stands on where snow covers it. Water and trees are what they are. */
export function underSnow(biome: Biome): string {
  const { here, name } = biomeWords[biome];
  return snowCovered.has(biome) ? `Snow covers the ${name} all around you.` : here;
}

const snowCovered: ReadonlySet<Biome> = new Set<Biome>([
  "Grassland",
  "Desert",
  "Tundra",
  "Alpine",
  "Wetland",
  "Savanna",
]);

/** "a, b and c" */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function withArticle(noun: string): string {
  return `${/^[aeiou]/iu.test(noun) ? "an" : "a"} ${noun}`;
}

/** 1st, 2nd, 3rd, 4th, 11th … */
export function ordinal(n: number): string {
  const teen = n % 100 >= 11 && n % 100 <= 13;
  return `${n}${teen ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th")}`;
}

/** "1 metre", "12 metres": never none, of a way that was gone. */
export function metresGone(metres: number): string {
  const whole = Math.max(1, Math.round(metres));
  return whole === 1 ? "1 metre" : `${whole} metres`;
}

/** A length as a person would say it. */
export function aboutMetres(metres: number): string {
  if (metres < 1.5) return "within reach";
  if (metres < 20) return `${Math.round(metres)} metres away`;
  if (metres < 1000) return `about ${Math.round(metres / 10) * 10} metres away`;
  return `about ${(metres / 1000).toFixed(metres < 10_000 ? 1 : 0)} kilometres away`;
}
