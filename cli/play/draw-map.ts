import { distanceOf, neighboursOf, whereabouts } from "#client/surroundings.ts";
import type { Biome, MapData, MapTile } from "#core/protocol/map.ts";
import type { WorldMap } from "#core/protocol/world-map.ts";
import type { Meaning, Paint } from "./style.ts";
import { harmless } from "./text.ts";

// Maps in characters that every terminal and every font has, north at the top. Each kind of land has a sign of its own, colour or not.

type Sign = { readonly sign: string; readonly meaning: Meaning; readonly name: string };

const land: Readonly<Record<Biome, Sign>> = {
  Ocean: { sign: "~", meaning: "water", name: "sea" },
  Lake: { sign: "o", meaning: "water", name: "lake" },
  River: { sign: "=", meaning: "water", name: "river" },
  Wetland: { sign: "w", meaning: "green", name: "wetland" },
  Grassland: { sign: '"', meaning: "green", name: "grassland" },
  Savanna: { sign: "'", meaning: "bare", name: "savanna" },
  Desert: { sign: ":", meaning: "bare", name: "desert" },
  Rainforest: { sign: "R", meaning: "green", name: "rainforest" },
  "Deciduous Forest": { sign: "f", meaning: "green", name: "forest" },
  Taiga: { sign: "t", meaning: "green", name: "taiga" },
  Tundra: { sign: "_", meaning: "bare", name: "tundra" },
  Alpine: { sign: "*", meaning: "info", name: "snow and rock" },
  Mountain: { sign: "^", meaning: "bare", name: "mountain" },
  Lobby: { sign: ".", meaning: "info", name: "stone floor" },
  Void: { sign: "#", meaning: "info", name: "the edge" },
  Default: { sign: "-", meaning: "info", name: "open land" },
};
const edge: Sign = land.Void;
const hidden: Sign = { sign: "?", meaning: "info", name: "out of sight" };
const unknown: Sign = { sign: "-", meaning: "info", name: "open land" };
const you: Sign = { sign: "@", meaning: "you", name: "you" };
const person: Sign = { sign: "P", meaning: "person", name: "somebody" };
const thing: Sign = { sign: "!", meaning: "person", name: "something" };
const portal: Sign = { sign: ">", meaning: "portal", name: "a portal" };

/** Named in the legend; the others are counted. */
const namedMax = 8;

/** The land around, with what the signs on it mean and who is where. */
export function drawMap(map: MapData, paint: Paint): string[] {
  const signs = map.tiles.map(signOf);
  const rows = rowsOf(signs, map.grid_size, paint);
  const near = neighboursOf(map).toSorted((a, b) => distanceOf(a) - distanceOf(b));
  const named = near.slice(0, namedMax).map((each) => `${harmless(each.name)}: ${whereabouts(each)}`);
  const more = near.length > namedMax ? [`and ${near.length - namedMax} more`] : [];
  return [...rows, legendOf(signs), ...[...named, ...more].map((line) => `  ${line}`)];
}

/** The whole of a world, as the command `world map` tells it. */
export function drawWorldMap(
  { tiles, grid_width: width }: Pick<WorldMap, "tiles" | "grid_width">,
  paint: Paint,
): string[] {
  const signs = tiles.map((tile) => (tile.is_player === true ? you : signOfLand(tile.biome)));
  return [...rowsOf(signs, width, paint), legendOf(signs)];
}

function rowsOf(signs: readonly Sign[], width: number, paint: Paint): string[] {
  const count = Math.floor(signs.length / Math.max(1, width));
  const rows = Array.from({ length: count }, (_, row) => signs.slice(row * width, (row + 1) * width));
  return rows
    .toReversed()
    .map((row) => `  ${row.map(({ sign, meaning }) => paint(meaning, sign)).join(" ")}`.trimEnd());
}

function legendOf(signs: readonly Sign[]): string {
  const seen = new Map(signs.map((each) => [each.sign, each]));
  const first = [you, person, thing, portal].filter(({ sign }) => seen.has(sign));
  const rest = [...seen.values()].filter((each) => !first.includes(each));
  return `  ${[...first, ...rest].map(({ sign, name }) => `${sign} ${name}`).join("   ")}`;
}

function signOf(tile: MapTile): Sign {
  if (tile.is_player === true) return you;
  const kind = tile.entities?.[0]?.type;
  if (kind !== undefined) return people.has(kind) ? person : thing;
  if (tile.portal?.active === true) return portal;
  if (tile.out_of_bounds === true) return edge;
  return tile.occluded === true ? hidden : signOfLand(tile.biome);
}

/** Of kinds that a later server may add. */
const signOfLand = (biome: string): Sign => (land as Readonly<Record<string, Sign>>)[biome] ?? unknown;

const people: ReadonlySet<string> = new Set(["player", "npc", "character", "inhabitant", "person"]);
