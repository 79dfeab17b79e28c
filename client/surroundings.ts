import type { MapData, MapEntity, MapTile } from "#core/protocol/map.ts";
import { compass, type Direction } from "./commands.ts";

/** Somebody or something on the mini-map. */
export type Neighbour = {
  readonly id: string;
  readonly kind: "person" | "thing" | "portal";
  readonly name: string;
  /** Metres to the east and to the north of the player. */
  readonly east: number;
  readonly north: number;
};

const people: ReadonlySet<string> = new Set(["player", "npc", "character", "inhabitant", "person"]);

/** Everybody and everything on the map but the player, nearest first. By the tiles: positions near a pole or a seam say nothing. */
export function neighboursOf(map: MapData): Neighbour[] {
  const found = map.tiles.flatMap((tile, index) => {
    const at = offsetOf(map, index);
    return [...(tile.entities ?? []).map((entity) => entityAs(entity, at)), ...portalOn(tile, index, at)];
  });
  return found.toSorted((a, b) => distanceOf(a) - distanceOf(b));
}

export const distanceOf = ({ east, north }: Pick<Neighbour, "east" | "north">): number => Math.hypot(east, north);

/** "3 m northeast" */
export function whereabouts(neighbour: Pick<Neighbour, "east" | "north">): string {
  const distance = distanceOf(neighbour);
  return distance < 0.5 ? "here" : `${Math.round(distance)} m ${directionTo(neighbour)}`;
}

/** The one of the eight that points there best. */
export function directionTo({ east, north }: Pick<Neighbour, "east" | "north">): Direction {
  const eighths = Math.round((Math.atan2(east, north) / Math.PI) * 4);
  return compass[(eighths + 8) % 8]!;
}

/** The map in words: what lies in each direction, for who cannot see it drawn. */
export function describeMap(map: MapData): string[] {
  const middle = (map.grid_size - 1) / 2;
  const at = (column: number, row: number) => map.tiles[row * map.grid_size + column]!;
  const here = at(middle, middle);
  const around = compass.map((direction, index) => {
    const angle = (index * Math.PI) / 4;
    const [east, north] = [Math.round(Math.sin(angle)), Math.round(Math.cos(angle))];
    return {
      direction,
      reach: Array.from({ length: middle }, (_, i) => at(middle + east * (i + 1), middle + north * (i + 1))),
    };
  });
  return [
    `You stand on ${landWords(here)}.`,
    ...around.map(({ direction, reach }) => `${capitalised(direction)}: ${reachWords(here, reach)}.`),
    ...neighboursOf(map).map((each) => `${each.name}: ${whereabouts(each)}.`),
  ];
}

function reachWords(here: MapTile, reach: readonly MapTile[]): string {
  const lands = reach.map(landWords).filter((land, index, all) => land !== all[index - 1]);
  const last = reach.findLast(({ out_of_bounds: isOutside }) => isOutside !== true);
  const rise = last === undefined ? 0 : last.elevation - here.elevation;
  return `${lands.join(", then ")}${rise > 1 ? ", rising" : rise < -1 ? ", falling" : ""}`;
}

function landWords({ biome, out_of_bounds: isOutside, occluded: isHidden }: MapTile): string {
  if (isOutside === true) return "the edge";
  if (isHidden === true) return "out of sight";
  return biome === "Lobby" ? "pale stone" : biome.toLowerCase();
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function offsetOf({ grid_size: size, scale }: MapData, index: number) {
  const middle = (size - 1) / 2;
  return { east: ((index % size) - middle) * scale, north: (Math.floor(index / size) - middle) * scale };
}

function entityAs({ id, name, type }: MapEntity, at: { east: number; north: number }): Neighbour {
  return { id, name, kind: people.has(type) ? "person" : "thing", ...at };
}

function portalOn({ portal }: MapTile, index: number, at: { east: number; north: number }): Neighbour[] {
  if (portal?.active !== true) return [];
  return [{ id: `portal-${index}`, kind: "portal", name: portal.world_name, ...at }];
}
