import type { MapData, MapTile } from "#core/protocol/map.ts";
import { mix, smoothNoise, speck } from "./noise.ts";
import { biomeColours, isWater, roughness } from "./palette.ts";

// The land of a mini-map as pixels: biomes with frayed borders, relief lit from the north-west, water by its depth. Pixel rows go from the
// north to the south, tile rows from the south to the north.

/** Pixels along the side of a tile, fewer where there are many; the browser smooths when it enlarges them. */
const pixelsOf = (size: number): number => (size > 11 ? 7 : 14);
/** How far borders are frayed, in tiles. */
const fray = 0.42;
/** A step of one metre up over one metre is as bright as it gets. */
const gentleSlope = 0.06;

export type Pixels = { readonly side: number; readonly rgba: Uint8ClampedArray<ArrayBuffer> };

export function paintLand(map: MapData): Pixels {
  const size = map.grid_size;
  const pixelsPerTile = pixelsOf(size);
  const side = size * pixelsPerTile;
  const rgba = new Uint8ClampedArray(side * side * 4);
  const steepest = steepestOf(map);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const x = (column + 0.5) / pixelsPerTile - 0.5;
      const y = size - 0.5 - (row + 0.5) / pixelsPerTile;
      paintPixel(map, { x, y, steepest }, rgba.subarray((row * side + column) * 4));
    }
  }
  return { side, rgba };
}

type Spot = { readonly x: number; readonly y: number; readonly steepest: number };

/** `x`, `y` in tiles, 0 in the middle of the south-western one. */
function paintPixel(map: MapData, { x, y, steepest }: Spot, out: Uint8ClampedArray): void {
  // Noise sticks to the ground: by where the tile is in its world, not on the map.
  const [groundX, groundY] = groundOf(map, x, y);
  const room = tileNear(map, x, y);
  const isRoom = room.biome === "Lobby" || room.biome === "Void";
  const bendX = isRoom ? 0 : (smoothNoise(groundX * 1.9, groundY * 1.9) - 0.5) * 2 * fray;
  const bendY = isRoom ? 0 : (smoothNoise(groundX * 1.9 + 31, groundY * 1.9 - 17) - 0.5) * 2 * fray;
  const tile = isRoom ? room : tileNear(map, x + bendX, y + bendY);
  const [red, green, blue] = biomeColours[tile.biome];
  const grain = speck(Math.round(groundX * 14), Math.round(groundY * 14)) - 0.5;
  const patch = smoothNoise(groundX * 3.1, groundY * 3.1) - 0.5;
  const rough = roughness[tile.biome] ?? 0.3;
  let light = 1 + rough * (0.1 * grain + 0.16 * patch);
  if (isWater(tile.biome)) light = waterLight(tile, groundX, groundY);
  else if (!isRoom) light *= reliefLight(map, x, y, steepest);
  else light *= flagstone(groundX, groundY, tile);
  if (tile.occluded === true) light *= 0.45;
  out[0] = red * light;
  out[1] = green * light;
  out[2] = blue * light;
  out[3] = 255;
}

/** Where a place of the map, in tiles from the middle of its south-western one, is on the ground, in tiles. */
export function groundOf(map: MapData, x: number, y: number): readonly [number, number] {
  const middle = (map.grid_size - 1) / 2;
  return [map.player_x / map.scale + x - middle, map.player_y / map.scale + y - middle];
}

export function tileNear({ tiles, grid_size: size }: MapData, x: number, y: number): MapTile {
  const column = Math.min(size - 1, Math.max(0, Math.round(x)));
  const row = Math.min(size - 1, Math.max(0, Math.round(y)));
  return tiles[row * size + column]!;
}

/** Bilinear between the middles of tiles. */
function elevationAt(map: MapData, x: number, y: number): number {
  const [left, low] = [Math.floor(x), Math.floor(y)];
  const at = (column: number, row: number) => tileNear(map, column, row).elevation;
  const below = mix(at(left, low), at(left + 1, low), x - left);
  const above = mix(at(left, low + 1), at(left + 1, low + 1), x - left);
  return mix(below, above, y - low);
}

/** Light from the north-west: brighter where the ground turns to it. The steepest of the map sets the scale, so that hills show everywhere. */
function reliefLight(map: MapData, x: number, y: number, steepest: number): number {
  const reach = 0.6;
  const east = elevationAt(map, x + reach, y) - elevationAt(map, x - reach, y);
  const north = elevationAt(map, x, y + reach) - elevationAt(map, x, y - reach);
  const towards = (east - north) / (2 * reach * map.scale) / steepest;
  return 1 + 0.28 * Math.max(-1, Math.min(1, towards));
}

function steepestOf(map: MapData): number {
  const { tiles, grid_size: size, scale } = map;
  let steepest = gentleSlope;
  for (let index = 0; index < tiles.length; index++) {
    const right = index % size === size - 1 ? undefined : tiles[index + 1];
    if (right === undefined || right.out_of_bounds === true || tiles[index]!.out_of_bounds === true) continue;
    steepest = Math.max(steepest, Math.abs(right.elevation - tiles[index]!.elevation) / scale);
  }
  return steepest;
}

function waterLight({ elevation }: MapTile, x: number, y: number): number {
  const depth = Math.min(1, Math.max(0, -elevation) / 60);
  const swell = smoothNoise(x * 0.9 + smoothNoise(x, y) * 1.4, y * 5.2) - 0.5;
  return 1.08 - 0.35 * depth + 0.13 * swell;
}

/** Stone flags of one tile each, every one of a slightly other stone. */
function flagstone(x: number, y: number, { biome }: MapTile): number {
  if (biome === "Void") return 1;
  const [column, row] = [Math.round(x), Math.round(y)];
  const joint = Math.max(Math.abs(x - column), Math.abs(y - row));
  return (0.96 + 0.08 * speck(column, row)) * (joint > 0.46 ? 0.86 : 1);
}
