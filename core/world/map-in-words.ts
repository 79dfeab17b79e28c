import type { MapData, MapTile } from "../protocol/map.ts";
import type { Body } from "./model.ts";
import type { Scene } from "./scene.ts";
import { compass, compassOf, type CompassDirection } from "./space.ts";
import { biomeWords, listed } from "./words.ts";

const namedMax = 8;

/** The mini-map for ears: what lies which way, and what is on it. Nothing is in the drawing alone. */
export function mapInWords({ place }: Scene, viewer: Body, map: MapData): string {
  const half = (map.grid_size - 1) / 2;
  const here = map.tiles[(map.tiles.length - 1) / 2];
  const at = (column: number, row: number): MapTile | undefined =>
    map.tiles[(row + half) * map.grid_size + column + half];
  const change = (direction: CompassDirection): string | null => {
    const [east, north] = unit[direction];
    for (let i = 1; i <= half; i++) {
      const tile = at(east * i, north * i);
      if (!tile || tile.occluded) return null;
      if (tile.out_of_bounds) return `the ${place.spec.ground === "room" ? "wall" : "edge of the world"}`;
      if (tile.biome !== here?.biome) return biomeWords[tile.biome].name;
    }
    return null;
  };
  const ways = Map.groupBy(compass, change);
  ways.delete(null);
  const things = map.tiles
    .map((tile, index) => {
      const [column, row] = [(index % map.grid_size) - half, Math.floor(index / map.grid_size) - half];
      return { names: onTile(tile), column, row, squares: Math.hypot(column, row) };
    })
    .filter(({ names }) => names.length > 0)
    .toSorted((a, b) => a.squares - b.squares)
    .flatMap(({ names, column, row }) => names.map((name) => `${name} ${wayTo(column, row)}`));
  const more = things.length > namedMax ? [`${things.length - namedMax} more`] : [];
  return [
    `Map of ${Math.round(map.grid_size * map.scale)} metres across. ${viewer.isFlying ? "Below you" : "Here"} is ${biomeWords[here?.biome ?? "Default"].name}.`,
    ...[...ways].map(([what, directions]) => `To the ${listed(directions)}: ${what}.`),
    things.length === 0 ? "" : `On it: ${listed([...things.slice(0, namedMax), ...more])}.`,
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

const unit: Readonly<Record<CompassDirection, readonly [east: number, north: number]>> = {
  north: [0, 1],
  northeast: [1, 1],
  east: [1, 0],
  southeast: [1, -1],
  south: [0, -1],
  southwest: [-1, -1],
  west: [-1, 0],
  northwest: [-1, 1],
};

function onTile({ entities = [], portal }: MapTile): string[] {
  const names = entities.map(({ name }) => name);
  if (!portal) return names;
  return [...names, portal.active ? `a portal to ${portal.world_name}` : "a dark portal"];
}

const wayTo = (column: number, row: number): string =>
  column === 0 && row === 0 ? "right here" : `to the ${compassOf(column, row)}`;
